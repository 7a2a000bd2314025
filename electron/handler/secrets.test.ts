import { describe, expect, it } from 'vitest'
import type { Secret, SourceInput } from '#shared/api/contract'
import { InputError, withoutSecrets, withSecrets } from './secrets'

const fresh = (value: string): Secret => ({ kind: 'new', value })
const kept: Secret = { kind: 'kept' }
const none: Secret = { kind: 'none' }

const input: SourceInput = {
  name: 'shop',
  kind: 'tempo',
  url: 'https://tempo.test',
  auth: { kind: 'basic', user: 'anna', password: fresh('sesame') },
  headers: [{ name: 'X-Key', value: fresh('key-1') }],
  tenant: 'red',
  tls: { ca: 'CA', clientCert: 'CERT', clientKey: fresh('KEY'), skipVerify: false },
  timeoutMs: 1000,
}
const stored = { ...withSecrets(input, 'shop', undefined), lasts: 'kept' } as const
const again: SourceInput = {
  ...input,
  auth: { kind: 'basic', user: 'anna', password: kept },
  headers: [{ name: 'x-key', value: kept }],
  tls: { ...input.tls, clientKey: kept },
}

describe('secrets', () => {
  it('go in and do not come out', () => {
    const seen = withoutSecrets(stored)
    expect(seen).toMatchObject({
      auth: { kind: 'basic', user: 'anna', password: kept },
      headers: [{ name: 'X-Key', value: kept }],
      tls: { clientKey: kept },
    })
    expect(JSON.stringify(seen)).not.toMatch(/sesame|key-1|KEY/)
  })

  it('that are kept are those that were stored', () => {
    expect(withSecrets(again, 'shop', stored)).toMatchObject({
      auth: { password: 'sesame' },
      headers: [{ value: 'key-1' }],
      tls: { clientKey: 'KEY' },
    })
  })

  it('can be taken away', () => {
    const without = withSecrets(
      { ...again, auth: { kind: 'basic', user: 'anna', password: none } },
      'shop',
      stored,
    )
    expect(without.auth).toEqual({ kind: 'basic', user: 'anna', password: '' })
    expect(withoutSecrets({ ...without, lasts: 'kept' }).auth).toEqual({
      kind: 'basic',
      user: 'anna',
      password: none,
    })
  })

  it('that are kept but not there must be entered', () => {
    expect(() => withSecrets(again, 'shop', undefined)).toThrow(
      'There is no password kept for this connection.',
    )
    const bearer: SourceInput = { ...again, auth: { kind: 'bearer', token: kept } }
    expect(() => withSecrets(bearer, 'shop', stored)).toThrow('There is no token kept for this connection.')
  })

  it.each([
    ['another host', 'https://evil.test'],
    ['another port', 'https://tempo.test:3200'],
    ['the same host without encryption', 'http://tempo.test'],
  ])('are not sent to %s', (_, url) => {
    expect(() => withSecrets({ ...again, url }, 'shop', stored)).toThrow(InputError)
  })

  it('stay when only the path changes', () => {
    const moved = withSecrets({ ...again, url: `${new URL(stored.url).origin}/tempo` }, 'shop', stored)
    expect(moved.auth).toMatchObject({ password: 'sesame' })
  })
})
