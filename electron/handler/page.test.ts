import { afterEach, describe, expect, it } from 'vitest'
import { closeHandlers, get, handlerOver } from './handler-over'

afterEach(closeHandlers)

const assets = (path: string): Promise<Response | undefined> =>
  Promise.resolve(
    ['/index.html', '/assets/main-Ab3_x-9Z.js', '/icon.svg'].includes(path)
      ? new Response(path, { headers: { 'content-type': 'text/html', 'x-frame-options': 'x' } })
      : undefined,
  )

describe('the page', () => {
  it.each([
    ['/', 200, '/index.html', 'no-cache'],
    ['/trace?source=a&id=b.c', 200, '/index.html', 'no-cache'],
    ['/assets/main-Ab3_x-9Z.js', 200, '/assets/main-Ab3_x-9Z.js', 'public, max-age=31536000, immutable'],
    ['/icon.svg', 200, '/icon.svg', 'no-cache'],
    ['/assets/gone-Ab3_x-9Z.js', 404, 'There is no such file.', 'no-cache'],
    ['/..%2f..%2fetc/passwd.txt', 404, 'There is no such file.', 'no-cache'],
    ['/%2e%2e%5csecret.txt', 404, 'There is no such file.', 'no-cache'],
    ['/%zz.js', 404, 'There is no such file.', 'no-cache'],
  ])('%s answers %d', async (path, status, body, caching) => {
    const { handler } = handlerOver({}, { assets })
    const response = await get(handler, path)
    expect([response.status, await response.text(), response.headers.get('cache-control')]).toEqual([
      status,
      body,
      caching,
    ])
  })

  it('is kept in its box', async () => {
    const { handler } = handlerOver({}, { assets })
    const { headers } = await get(handler, '/')
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
        "font-src 'self'; worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'; object-src 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
  })

  it('takes no other method', async () => {
    const { handler } = handlerOver({}, { assets })
    expect((await get(handler, '/trace', { method: 'POST', body: 'x' })).status).toBe(404)
  })
})
