import { expect, test } from 'vitest'
import { parseTags } from './typed-tags'

test.each([
  ['http.route=/orders', [{ key: 'http.route', value: '/orders' }]],
  [
    'key=value key2="v 2"',
    [
      { key: 'key', value: 'value' },
      { key: 'key2', value: 'v 2' },
    ],
  ],
  [
    `a='x y',b=1\nc = "say \\"hi\\""`,
    [
      { key: 'a', value: 'x y' },
      { key: 'b', value: '1' },
      { key: 'c', value: 'say "hi"' },
    ],
  ],
  [
    '.http.route = "/x" && span.n=2',
    [
      { key: 'http.route', value: '/x' },
      { key: 'span.n', value: '2' },
    ],
  ],
  ['url=http://a/b?c=d', [{ key: 'url', value: 'http://a/b?c=d' }]],
  ['just words', []],
  ['=x', []],
])('%s', (text, tags) => {
  expect(parseTags(text)).toEqual(tags)
})
