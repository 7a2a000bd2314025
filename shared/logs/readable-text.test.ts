import { expect, test } from 'vitest'
import { readableOf } from '#shared/logs/readable-text'

test('JSON is broken into lines, and so are the line breaks in its texts; what is no JSON stays', () => {
  expect(readableOf(String.raw`{"a":"b\n\tc"}`)).toBe('{\n  "a": "b\n      c"\n}')
  expect(readableOf('{not json}')).toBe('{not json}')
  expect(readableOf('level=warn msg=a')).toBe('level=warn msg=a')
})
