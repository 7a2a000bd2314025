import { expect, test } from 'vitest'
import { readAnswer } from './read-lines'
import { tellingLines } from './telling-lines'

const batchOf = (...levels: readonly string[]) => {
  const values = levels.map((level, at) => [`${at + 1}000000`, `level=${level} msg=x`])
  return readAnswer({ data: { resultType: 'streams', result: [{ stream: {}, values }] } }, 'oldest').batch
}

test('where there is room for a few lines, errors come first, then warnings, then what came first', () => {
  const batch = batchOf('debug', 'info', 'warn', 'info', 'error', 'fatal')
  expect(tellingLines(batch, 2)).toEqual([4, 5])
  expect(tellingLines(batch, 3)).toEqual([2, 4, 5])
  expect(tellingLines(batch, 4)).toEqual([0, 2, 4, 5])
  expect(tellingLines(batch, 9)).toEqual([0, 1, 2, 3, 4, 5])
})
