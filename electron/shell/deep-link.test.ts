import { expect, test } from 'vitest'
import { hrefOfLink } from './deep-link.ts'

const id = '4bf92f3577b34da6a3ce929d0e0e4736'

test.each([
  [`clew://trace/${id}`, `/trace?id=${id}`],
  [`CLEW://trace/${id.toUpperCase()}/`, `/trace?id=${id}`],
  ['clew://trace/92f3577b34da6a3c', '/trace?id=000000000000000092f3577b34da6a3c'],
  ['clew://trace/0xabc', '/trace?id=00000000000000000000000000000abc'],
  [
    `clew://trace/${id}?start=1700000000000&end=1700000060000&source=shop&source=a%20b`,
    `/trace?source=shop&source=a+b&id=${id}&start=1700000000000&end=1700000060000`,
  ],
  [`clew://trace/${id}?span=00F067AA0BA902B7`, `/trace?id=${id}&span=00f067aa0ba902b7`],
  [`clew://trace/${id}?start=yesterday&end=-1&source=`, `/trace?id=${id}`],
  [`clew:trace/${id}`, `/trace?id=${id}`],
  ['clew://open', '/'],
])('%s leads to %s', (link, href) => {
  expect(hrefOfLink(link)).toBe(href)
})

test.each([
  'clew://',
  'clew://trace',
  'clew://trace/',
  'clew://trace/00000000000000000000000000000000',
  'clew://trace/not-an-id',
  `clew://trace/${id}0`,
  `clew://trace/${id}/../../api/app`,
  `clew://settings/${id}`,
  `https://trace/${id}`,
  'javascript:alert(1)',
  'trace',
  '',
])('%s leads nowhere', (link) => {
  expect(hrefOfLink(link)).toBeUndefined()
})

test('a link cannot name another host or a route of the API', () => {
  const href = hrefOfLink(`clew://trace/${id}?source=//evil.example/%26id%3Dx`)
  expect(new URL(href ?? '', 'app://clew').host).toBe('clew')
  expect(href).toMatch(/^\/trace\?/)
})
