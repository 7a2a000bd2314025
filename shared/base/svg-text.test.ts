import { expect, test } from 'vitest'
import { svgText } from '#shared/base/svg-text'

test.each([
  ['a < b & "c"', Infinity, 'a &#60; b &#38; &#34;c&#34;'],
  ['abcdef', 4, 'abc…'],
  ['a\ud83d', Infinity, 'a '],
])('%j', (text, most, expected) => {
  expect(svgText(text, most)).toBe(expected)
})
