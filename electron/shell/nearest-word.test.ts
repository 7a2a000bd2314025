import { expect, test } from 'vitest'
import { nearestWord } from './nearest-word.ts'

test.each([
  ['--prot', '--port'],
  ['--por', '--port'],
  ['--conect', '--connect'],
  ['--brwoser', '--browser'],
  ['--conn', '--connect'],
  ['--zzz', undefined],
  ['-x', undefined],
])('%s is nearest to %s', (typed, nearest) => {
  expect(nearestWord(typed, ['--port', '--connect', '--browser'])).toBe(nearest)
})
