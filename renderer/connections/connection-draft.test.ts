import { expect, test } from 'vitest'
import type { Source } from '#shared/api/contract'
import { capabilitiesOf } from '#shared/api/capabilities'
import { draftOf, errorsOf, forgetKept, inputOf, newDraft, staysSafe } from './connection-draft'

const source: Source = {
  id: 'tempo',
  kind: 'tempo',
  name: 'Tempo',
  url: 'https://tempo.example.com/prefix',
  auth: { kind: 'basic', user: 'me', password: { kind: 'kept' } },
  headers: [{ name: 'X-Api-Key', value: { kind: 'kept' } }],
  tenant: 'shop',
  tls: { ca: '-----BEGIN CERTIFICATE-----', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
  timeoutMs: 20_000,
  lasts: 'kept',
  capabilities: capabilitiesOf('tempo'),
}

test('a connection that nobody changed goes back as it came', () => {
  const { id: _id, lasts: _lasts, capabilities: _capabilities, ...input } = source
  expect(inputOf(draftOf(source), [])).toEqual(input)
})

test('a typed secret replaces the kept one, a removed one is none', () => {
  const draft = draftOf(source)
  const typed = inputOf({ ...draft, password: { isKept: true, text: 'new' } }, [])
  expect(typed.auth).toEqual({ kind: 'basic', user: 'me', password: { kind: 'new', value: 'new' } })
  const removed = inputOf({ ...draft, password: { isKept: false, text: '' } }, [])
  expect(removed.auth).toEqual({ kind: 'basic', user: 'me', password: { kind: 'none' } })
})

test('user and password in the address become the sign-in', () => {
  const input = inputOf(newDraft('jaeger', 'http://me:secret@localhost:16686/'), [])
  expect(input.url).toBe('http://localhost:16686')
  expect(input.auth).toEqual({ kind: 'basic', user: 'me', password: { kind: 'new', value: 'secret' } })
})

test('header rows left empty are not sent', () => {
  const headers = [
    { key: 0, name: '', value: { isKept: false, text: '' } },
    { key: 1, name: ' X-Key ', value: { isKept: false, text: 'v' } },
  ]
  const draft = { ...newDraft('loki', 'localhost:3100'), headers }
  expect(errorsOf(draft)).toEqual({})
  expect(inputOf(draft, []).headers).toEqual([{ name: 'X-Key', value: { kind: 'new', value: 'v' } }])
})

test('every mistake is said at its field', () => {
  const draft = {
    ...newDraft('jaeger', 'not an address'),
    authKind: 'bearer' as const,
    headers: [{ key: 7, name: 'bad name', value: { isKept: false, text: 'x' } }],
    ca: 'secret',
    clientCert: '-----BEGIN CERTIFICATE-----',
    timeoutS: '0',
  }
  expect(Object.keys(errorsOf(draft)).toSorted()).toEqual([
    'ca',
    'clientKey',
    'header-7',
    'timeout',
    'token',
    'url',
  ])
})

test('a header that every request has of its own is a mistake', () => {
  const headers = [{ key: 3, name: ' Host ', value: { isKept: false, text: 'x' } }]
  expect(errorsOf({ ...newDraft('jaeger', 'localhost:16686'), headers })).toEqual({
    'header-3': 'Host cannot be set: every request says it by itself.',
  })
})

test('kept secrets stay with their host, and never go down to plain http', () => {
  expect(staysSafe('https://a.example.com', 'https://a.example.com/prefix')).toBe(true)
  expect(staysSafe('https://a.example.com', 'https://b.example.com')).toBe(false)
  expect(staysSafe('https://a.example.com', 'http://a.example.com')).toBe(false)
  const forgotten = forgetKept(draftOf(source))
  expect([forgotten.password.isKept, forgotten.headers[0].value.isKept]).toEqual([false, false])
})
