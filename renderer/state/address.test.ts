import { expect, test } from 'vitest'
import { readAddress } from './address'

const read = (text: string) => {
  const address = readAddress(text)
  return 'error' in address ? address.error : `${address.kind ?? '?'} ${address.url}`
}

test.each([
  ['localhost:3200', 'tempo http://localhost:3200'],
  ['http://localhost:16686/search?service=a', 'jaeger http://localhost:16686'],
  ['tempo.example.com', 'tempo https://tempo.example.com'],
  ['https://example.com/jaeger/', 'jaeger https://example.com/jaeger'],
  ['https://mimir.example.com/prometheus', 'prometheus https://mimir.example.com/prometheus'],
  ['https://logs-prod-006.grafana.net', 'loki https://logs-prod-006.grafana.net'],
  ['https://promotions.example.com', '? https://promotions.example.com'],
])('%s is understood as %s', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test('user and password are taken out of the address', () => {
  expect(readAddress('https://me:p%40ss@tempo.example.com/x')).toEqual({
    url: 'https://tempo.example.com/x',
    kind: 'tempo',
    user: 'me',
    password: 'p@ss',
  })
})

test('what is no address says so in one or two sentences', () => {
  expect(read(' ')).toBe('Enter the address of the server, such as http://localhost:16686.')
  expect(read('ftp://example.com')).toMatch(/^An address that starts with ftp.* Enter an address/)
})
