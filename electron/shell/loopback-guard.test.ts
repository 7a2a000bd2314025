import { expect, test } from 'vitest'
import { createLoopbackGuard } from './loopback-guard.ts'

const origin = 'http://127.0.0.1:7420'

/** What a browser sends when a person opens the address itself. */
const typed = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
/** … clicks a link on another site. */
const clicked = { ...typed, 'sec-fetch-site': 'cross-site' }
/** … and what our own page sends with fetch. */
const fetched = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }

function request(path: string, headers: Record<string, string> = {}, method = 'GET'): Request {
  return new Request(origin + path, { method, headers: { host: '127.0.0.1:7420', ...headers } })
}

/** A guard, and the cookie of a browser that has opened its address. */
function signedIn() {
  const guard = createLoopbackGuard(7420)
  const answer = guard.check(request(guard.address.slice(origin.length), typed))
  const cookie = answer?.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { guard, answer, cookie }
}

test('the printed address gives the cookie and drops the key', () => {
  const { answer } = signedIn()
  expect(answer?.status).toBe(303)
  expect(answer?.headers.get('location')).toBe('/')
  expect(answer?.headers.get('set-cookie')).toMatch(
    /^clew-7420=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/,
  )
})

test('the key may stand on any page of ours, whose other parameters stay', () => {
  const { guard } = signedIn()
  const key = new URL(guard.address).searchParams.get('key')
  const answer = guard.check(request(`/trace?id=1&key=${key}&find=a%20b`, typed))
  expect(answer?.headers.get('location')).toBe('/trace?id=1&find=a+b')
})

test('the redirect never leads to another host', () => {
  const { guard } = signedIn()
  const key = new URL(guard.address).searchParams.get('key')
  expect(guard.check(request(`//evil.example/?key=${key}`, typed))?.headers.get('location')).toBe(
    '/evil.example/',
  )
})

test('with the cookie everything of our own page passes', () => {
  const { guard, cookie } = signedIn()
  expect(guard.check(request('/', { ...typed, cookie }))).toBeUndefined()
  expect(guard.check(request('/api/app', { ...fetched, cookie: `a=b; ${cookie}` }))).toBeUndefined()
  expect(guard.check(request('/api/sources', { ...fetched, cookie, origin }, 'POST'))).toBeUndefined()
  expect(guard.check(request('/api/app', { cookie }))).toBeUndefined()
})

test('the key is not the cookie', () => {
  const { guard, cookie } = signedIn()
  expect(guard.address).not.toContain(cookie.split('=')[1])
})

test.each([
  ['no cookie', ''],
  ['an empty cookie', 'clew-7420='],
  ['a wrong cookie', 'clew-7420=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['the cookie of another port', 'clew-7421=x'],
])('with %s a page is told which address to open, and fetch gets an ApiError', async (_what, cookie) => {
  const { guard } = signedIn()
  const page = guard.check(request('/', { ...typed, cookie }))
  expect(page?.status).toBe(403)
  expect(await page?.text()).toContain('Open the address Clew printed when it started')
  const fetch = guard.check(request('/api/app', { ...fetched, cookie }))
  expect(fetch?.status).toBe(403)
  expect(await fetch?.json()).toMatchObject({
    kind: 'forbidden',
    message: expect.stringContaining('started again'),
  })
})

test('a wrong key signs nobody in', () => {
  const answer = createLoopbackGuard(7420).check(request('/?key=guess', typed))
  expect([answer?.status, answer?.headers.get('set-cookie')]).toEqual([403, null])
})

test('a key for one use is good once', () => {
  const guard = createLoopbackGuard(7420)
  const path = guard.addressForOneUse().slice(origin.length)
  expect(guard.check(request(path, typed))?.status).toBe(303)
  expect(guard.check(request(path, typed))?.status).toBe(403)
})

test.each<[what: string, headers: Record<string, string>, method: string, path: string]>([
  ['another host name (DNS rebinding)', { host: 'evil.example:7420' }, 'GET', '/'],
  ['localhost, where the cookie would not go', { host: 'localhost:7420' }, 'GET', '/'],
  ['another origin', { origin: 'https://evil.example' }, 'POST', '/api/sources'],
  ['another port', { origin: 'http://127.0.0.1:3000' }, 'POST', '/api/sources'],
  ['a sandboxed frame', { origin: 'null' }, 'GET', '/api/app'],
  ['a change without an origin', {}, 'DELETE', '/api/sources/x'],
  [
    'an image of another site',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    'GET',
    '/api/found',
  ],
  ['fetch from another port', { ...fetched, 'sec-fetch-site': 'same-site' }, 'GET', '/api/app'],
  ['a frame on another site', { ...clicked, 'sec-fetch-dest': 'iframe' }, 'GET', '/'],
  ['a link to the API on another site', clicked, 'GET', '/api/found'],
  ['a form of another site', { ...clicked, origin: 'https://evil.example' }, 'POST', '/'],
])('%s is refused, cookie or not', (_what, headers, method, path) => {
  const { guard, cookie } = signedIn()
  const answer = guard.check(request(path, { cookie, ...headers }, method))
  expect([403, 421]).toContain(answer?.status)
  expect(answer?.headers.get('set-cookie')).toBeNull()
})

test('a link on another site is opened by our own page, which then has the cookie', async () => {
  const { guard, cookie } = signedIn()
  const first = guard.check(request('/trace?id=1&find="x"', clicked))
  expect(first?.status).toBe(200)
  expect(await first?.text()).toContain('content="0;url=/trace?id=1&#38;find=%22x%22"')
  const again = { ...typed, 'sec-fetch-site': 'same-origin' }
  expect(guard.check(request('/trace?id=1', { ...again, cookie }))).toBeUndefined()
  expect(guard.check(request('/trace?id=1', again))?.status).toBe(403)
})

test('the printed address works as a link on another site too', () => {
  const guard = createLoopbackGuard(7420)
  const answer = guard.check(request(guard.address.slice(origin.length), clicked))
  expect(answer?.status).toBe(200)
  expect(answer?.headers.get('set-cookie')).toMatch(/^clew-7420=/)
})
