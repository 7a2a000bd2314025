import { describe, expect, it } from 'vitest'
import { withoutSecretsOf } from './blot'
import { fakeTarget } from './fake-server'
import { createSourceClient } from './http'
import { probeSource } from './probe'
import type { SourceTarget } from './target'

const secret = `Pä"ss<w&r>d\\+/=: '1`
const bearer = fakeTarget('tempo', { auth: { kind: 'bearer', token: secret } })
const basic = fakeTarget('tempo', { auth: { kind: 'basic', user: 'anna', password: secret } })
const json = (text: string): string => JSON.stringify(text).slice(1, -1)
const each = (text: string, write: (code: number) => string): string =>
  Array.from(text)
    .map((character) => write(character.charCodeAt(0)))
    .join('')
const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const page = (title: string): string => `<!doctype html><title>${title}</title>`
const base64 = (text: string): string => Buffer.from(text).toString('base64')

const spellings: readonly (readonly [string, string])[] = [
  ['as it is', secret],
  ['for JSON', json(secret)],
  ['for JSON within JSON', json(json(secret))],
  [
    'for JSON as Go does',
    json(secret).replaceAll('<', '\\u003c').replaceAll('>', '\\u003E').replaceAll('&', '\\u0026'),
  ],
  ['for JSON, every letter', each(secret, (code) => `\\u${code.toString(16).padStart(4, '0')}`)],
  ['for JSON with its slashes', json(secret).replaceAll('/', '\\/')],
  ['for a web page', html(secret)],
  ['for a web page twice', html(html(secret))],
  ['for a web page, every letter', each(secret, (code) => `&#${code};`)],
  ['for a web page, every letter in hex', each(secret, (code) => `&#x${code.toString(16).toUpperCase()};`)],
  ['for a web page within JSON', json(html(secret))],
  ['percent-encoded', encodeURIComponent(secret)],
  [
    'percent-encoded in lower case',
    encodeURIComponent(secret).replaceAll(/%../g, (code) => code.toLowerCase()),
  ],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(secret))],
  ['as a form', new URLSearchParams({ a: secret }).toString().slice(2)],
  ['in base64', base64(secret)],
  ['in base64 for URLs', Buffer.from(secret).toString('base64url')],
  ['in hex', Buffer.from(secret).toString('hex')],
  ['in hex, in capitals', Buffer.from(secret).toString('hex').toUpperCase()],
  [
    'in hex, byte by byte',
    [...Buffer.from(secret)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
  ],
  [
    'in hex, as a list',
    [...Buffer.from(secret)]
      .map((byte) => `0x${byte.toString(16)}`)
      .join(', ')
      .slice(2),
  ],
  ['for a shell', [...Buffer.from(secret)].map((byte) => `\\x${byte.toString(16)}`).join('')],
  ['in percent-encoded base64', encodeURIComponent(base64(secret))],
]

describe('a secret that a server repeats', () => {
  it.each(spellings)('%s is blotted out', (_, text) => {
    expect(withoutSecretsOf(bearer, `before (${text}) after`)).toBe('before (•••) after')
  })

  it.each(['', 'x', 'xy', 'a: b; authorization='])('is found in base64 that begins with “%s”', (before) => {
    const packed = base64(`${before}${secret} and more`)
    const rest = withoutSecretsOf(bearer, packed)
    expect(rest).toContain('•••')
    expect(Buffer.from(rest.split('•••')[0], 'base64').toString()).not.toContain('P')
    expect(rest.length).toBeLessThan(packed.length - base64(secret).length + 8)
  })

  it('as basic sign-in is blotted out whole, the user with it', () => {
    expect(withoutSecretsOf(basic, `got "Basic ${base64(`anna:${secret}`)}"`)).toBe('got "Basic •••"')
    expect(withoutSecretsOf(basic, `no password ${html(secret)} for anna`)).toBe('no password ••• for anna')
  })

  it.each<[name: string, value: string, said: string, expected: string]>([
    ['Authorization', 'Token abcdefgh', 'bad abcdefgh', 'bad •••'],
    ['Authorization', `Basic ${base64('anna:sesame')}`, 'bad anna:sesame, sesame', 'bad •••, •••'],
    ['Cookie', 'session=abcdefgh; lang=en', 'no session abcdefgh in en', 'no session ••• in en'],
    ['X-Key', 'two words', 'x-key: two+words', 'x-key: •••'],
  ])('of the header %s: %s', (name, value, said, expected) => {
    expect(withoutSecretsOf(fakeTarget('tempo', { headers: [{ name, value }] }), said)).toBe(expected)
  })

  it('is blotted out where only the beginning of a long one is shown', () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJl'
    const target = fakeTarget('tempo', { auth: { kind: 'bearer', token } })
    expect(withoutSecretsOf(target, `bad token ${token.slice(0, 24)}…`)).toBe('bad token •••')
  })

  it('of three letters stays, and so does all that is no secret', () => {
    const target = fakeTarget('tempo', { auth: { kind: 'basic', user: 'anna', password: 'abc' } })
    expect(withoutSecretsOf(target, 'the alphabet begins with abc')).toBe('the alphabet begins with abc')
    expect(withoutSecretsOf(bearer, 'Password <wrong> & 1 more')).toBe('Password <wrong> & 1 more')
  })
})

describe('whatever a server answers', () => {
  const token = 'hunter2hunter2'
  it.each<[string, () => Response]>([
    ['an error', () => new Response(`no: ${token}`, { status: 500 })],
    ['an error page', () => new Response(page(`${'x '.repeat(53)}${token}`), { status: 403 })],
    ['a page', () => new Response(page(token))],
    ['a redirect', () => Response.redirect(`http://elsewhere.test/${token}/x`)],
    [
      'a redirect to nowhere',
      () => new Response('', { status: 302, headers: { location: `http://[${token}` } }),
    ],
    ['a type', () => new Response('oops', { headers: { 'content-type': `text/${token}` } })],
    [
      'broken JSON',
      () => new Response(`{"a": ${token}}`, { headers: { 'content-type': 'application/json' } }),
    ],
    ['words at their limit', () => new Response(`${'x'.repeat(494)}${token}`)],
    ['another shape', () => Response.json({ [token]: 1, status: token, services: token, tagValues: token })],
    [
      'a warning',
      () => Response.json({ status: 'success', data: ['up'], warnings: [token], version: token }),
    ],
    [
      'what it is',
      () =>
        Response.json({ status: 'success', data: { version: token, application: token, resultType: 'x' } }),
    ],
  ])('as %s, a test of a connection shows no part of the secret', async (_, answer) => {
    for (const kind of ['jaeger', 'tempo', 'zipkin', 'loki', 'prometheus'] as const) {
      const target: SourceTarget = fakeTarget(kind, { auth: { kind: 'bearer', token } })
      const client = createSourceClient(target, { fetch: () => Promise.resolve(answer()) })
      const report = await probeSource(client, new AbortController().signal)
      expect(JSON.stringify(report)).not.toMatch(/hunter/)
    }
  })
})
