import { expect, test } from 'vitest'
import { defaultName, plainSource } from './new-source'

test('the name is the kind, then kind and host, then a number', () => {
  expect(defaultName('tempo', 'http://a:3200', [])).toBe('Tempo')
  expect(defaultName('tempo', 'http://a:3200', ['Tempo'])).toBe('Tempo a:3200')
  expect(defaultName('tempo', 'http://a:3200', ['Tempo', 'Tempo a:3200'])).toBe('Tempo a:3200 2')
})

test('a server found on this machine is connected with nothing but its address', () => {
  expect(plainSource('jaeger', 'http://localhost:16686', ['Jaeger'])).toEqual({
    kind: 'jaeger',
    name: 'Jaeger localhost:16686',
    url: 'http://localhost:16686',
    auth: { kind: 'none' },
    headers: [],
    tenant: '',
    tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
    timeoutMs: 30_000,
  })
})
