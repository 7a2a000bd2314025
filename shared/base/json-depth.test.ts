import { expect, test } from 'vitest'
import { isNestedDeeper } from './json-depth'

test.each([
  ['[[[1]]]', false],
  ['[[[[1]]]]', true],
  ['[1],[2],[3],[4],[5]', false],
  ['{"a":{"b":[{', true],
  ['["[[[[[[","\\"[[[[[", "{{{{{{{{"]', false],
])('%s is nested deeper than three brackets: %s', (text, is) => {
  expect(isNestedDeeper(text, 3)).toBe(is)
})
