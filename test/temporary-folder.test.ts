import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import { expect, test } from 'vitest'

test('the temporary folder of unit tests is one of their own, which goes when they end', () => {
  expect(basename(tmpdir())).toMatch(/^clew-unit-/)
})
