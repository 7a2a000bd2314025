import { expect, test } from 'vitest'
import { readAddress } from './address'

const read = (text: string) => {
  const address = readAddress(text)
  return 'error' in address ? address.error : `${address.kind ?? '?'} ${address.url}`
}

test.each([
  ['http://localhost:16686', 'jaeger http://localhost:16686'],
  ['localhost:3200', 'tempo http://localhost:3200'],
  ['127.0.0.1:9411/', 'zipkin http://127.0.0.1:9411'],
  ['[::1]:3100', 'loki http://[::1]:3100'],
  ['prometheus:9090', 'prometheus http://prometheus:9090'],
  ['tempo.example.com', 'tempo https://tempo.example.com'],
  ['https://example.com/jaeger/', 'jaeger https://example.com/jaeger'],
  ['https://mimir.example.com/prometheus', 'prometheus https://mimir.example.com/prometheus'],
  [
    'https://prometheus-prod-01.grafana.net/api/prom',
    'prometheus https://prometheus-prod-01.grafana.net/api/prom',
  ],
  ['https://observe.example.com', '? https://observe.example.com'],
  ['  HTTPS://Example.COM:8443/a/b/  ', '? https://example.com:8443/a/b'],
])('%s is understood as %s', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test.each([
  ['http://localhost:16686/search?service=a&limit=20', 'jaeger http://localhost:16686'],
  ['https://example.com/jaeger/trace/4be1f0c2a9d84e7fb6c3d1e2f3a49a7e', 'jaeger https://example.com/jaeger'],
  ['http://localhost:16686/api/services', 'jaeger http://localhost:16686'],
  ['http://localhost:3200/api/v2/search/tags', 'tempo http://localhost:3200'],
  ['http://localhost:3100/loki/api/v1/labels', 'loki http://localhost:3100'],
  ['http://localhost:9090/graph?g0.expr=up#x', 'prometheus http://localhost:9090'],
])('a page or call of the server, %s, leads to its address', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test('user and password are taken out of the address', () => {
  expect(readAddress('https://me:p%40ss@tempo.example.com/x')).toEqual({
    url: 'https://tempo.example.com/x',
    kind: 'tempo',
    user: 'me',
    password: 'p@ss',
    note: undefined,
  })
})

test('a port that only takes telemetry in is pointed out', () => {
  expect(readAddress('localhost:4318')).toMatchObject({ note: expect.stringContaining('4318') })
})

test('what is no address says so, and how one looks', () => {
  expect(read('')).toMatch(/^Enter the address/)
  expect(read('http://')).toMatch(/is not an address/)
  expect(read('ftp://example.com')).toMatch(/not ftp/)
})
