import { expect, test } from 'vitest'
import { holdsLinesOf, linesPath } from '#shared/investigation/lines-path'

test('lines of opened files are found by the sets that hold them, others are of none', () => {
  const paths = [linesPath([], 1), linesPath([1], 1), linesPath([1, 12], 3)]
  expect(paths).toEqual(['logs/lines.json', 'logs/files-1.json', 'logs/files-1+12.3.json'])
  const held = [1, 2, 3, 12].map((set) => paths.map((path) => holdsLinesOf(`shop.clew › ${path}`, set)))
  expect(held).toEqual([
    [false, true, true],
    [false, false, false],
    [false, false, false],
    [false, false, true],
  ])
})
