/**
 * Who may talk to the browser shell. Any program and any web page on this machine can reach a loopback port, so every request must
 * show this run's cookie, and come from our own page. Pure, but for the random keys.
 *
 *   printed address /?key=K ──> cookie, and a redirect to / ──> page ──fetch with cookie──> handler
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { ApiError } from '#shared/api/contract'

/** Lets requests of this run through and answers the others. */
export interface LoopbackGuard {
  /** The only origin that is served. */
  readonly origin: string
  /** The address to print: its key is good for the whole run. */
  readonly address: string
  /**
   * An address whose key is good once. For a browser's command line, which other users of the machine can read.
   */
  addressForOneUse(): string
  /** The answer for a request that must not reach the handler; undefined when it may pass. */
  check(request: Request): Response | undefined
}

/** The guard of a run that listens on 127.0.0.1:`port`. */
export function createLoopbackGuard(port: number): LoopbackGuard {
  const host = `127.0.0.1:${port}`
  const origin = `http://${host}`
  // Cookies do not know ports: two Clews on one machine would otherwise sign each other out.
  const cookieName = `clew-${port}`
  const runKey = randomKey()
  const session = randomKey()
  const singleKeys = new Set<string>()

  function acceptKey(key: string): boolean {
    if (sameText(key, runKey)) return true
    for (const single of singleKeys) if (sameText(key, single)) return singleKeys.delete(single)
    return false
  }

  function signIn(request: Request, url: URL, key: string): Response {
    if (!acceptKey(key)) return notLetIn(url)
    url.searchParams.delete('key')
    const target = url.pathname + url.search
    const cookie = `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`
    // After a click on another site, even in a redirect, the strict cookie would not be sent: the page itself must go on.
    return isFromElsewhere(request) ? goOnFromHere(target, cookie) : redirect(target, cookie)
  }

  return {
    origin,
    address: `${origin}/?key=${runKey}`,
    addressForOneUse() {
      const key = randomKey()
      singleKeys.add(key)
      return `${origin}/?key=${key}`
    },
    check(request) {
      const url = new URL(request.url)
      // A name that an attacker's DNS points at 127.0.0.1 arrives here with that name as Host.
      if (request.headers.get('host') !== host)
        return refused(url, 'Clew answers only under its own address.', `Open ${origin}/ instead.`, 421)
      const asker = request.headers.get('origin')
      const changes = request.method !== 'GET' && request.method !== 'HEAD'
      if (asker === null ? changes : asker !== origin)
        return refused(url, 'This request did not come from Clew’s own page.', 'Open Clew’s own address.')
      if (isFromElsewhere(request) && !isVisit(request, url))
        return refused(
          url,
          'Another site may link to Clew, but not load from it.',
          'Open Clew’s own address.',
        )

      const key = isApi(url) ? null : url.searchParams.get('key')
      if (key !== null && request.method === 'GET') return signIn(request, url, key)
      if (sameText(cookieOf(request, cookieName), session)) return undefined
      // Signed in or not, a click elsewhere comes without the strict cookie: asked again from here, it is there if ever.
      if (isFromElsewhere(request)) return goOnFromHere(url.pathname + url.search, undefined)
      return notLetIn(url)
    },
  }
}

function isApi(url: URL): boolean {
  return url.pathname.startsWith('/api/')
}

/** `same-site` is elsewhere too: another server on 127.0.0.1 has another port but the same site. */
function isFromElsewhere(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  return site !== null && site !== 'same-origin' && site !== 'none'
}

/** A person following a link to a page of ours in a tab of its own. */
function isVisit(request: Request, url: URL): boolean {
  return (
    request.method === 'GET' &&
    request.headers.get('sec-fetch-mode') === 'navigate' &&
    request.headers.get('sec-fetch-dest') === 'document' &&
    !isApi(url)
  )
}

function cookieOf(request: Request, name: string): string {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const equals = pair.indexOf('=')
    if (pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim()
  }
  return ''
}

function randomKey(): string {
  return randomBytes(24).toString('base64url')
}

/** Compares in a time that tells nothing about where the texts differ, nor their lengths. */
function sameText(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

const guardHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

function redirect(target: string, cookie: string): Response {
  return new Response(null, {
    status: 303,
    headers: { ...guardHeaders, location: sameOriginPath(target), 'set-cookie': cookie },
  })
}

function goOnFromHere(target: string, cookie: string | undefined): Response {
  const refresh = `<meta http-equiv="refresh" content="0;url=${escapeHtml(sameOriginPath(target))}">`
  const headers = new Headers({ ...guardHeaders, 'content-type': 'text/html; charset=utf-8' })
  if (cookie !== undefined) headers.set('set-cookie', cookie)
  return new Response(`<!doctype html><title>Clew</title>${refresh}`, { headers })
}

/** `//host/…` would be read as another host. */
function sameOriginPath(target: string): string {
  return target.replace(/^[/\\]+/, '/')
}

function notLetIn(url: URL): Response {
  return isApi(url)
    ? refused(
        url,
        'Clew was started again since this page was opened.',
        'Open the address Clew printed when it started.',
      )
    : refused(
        url,
        'Clew is running, but does not know this browser yet.',
        'Open the address Clew printed when it started: it ends with this run’s key.',
      )
}

function refused(url: URL, message: string, advice: string, status = 403): Response {
  if (isApi(url)) {
    const error: ApiError = { kind: 'forbidden', message, detail: undefined, advice, status: undefined }
    return Response.json(error, { status, headers: guardHeaders })
  }
  const style = 'body{font:16px/1.5 system-ui;max-width:36em;margin:20vh auto;padding:0 1em}'
  return new Response(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">` +
      `<title>Clew</title><style>${style}</style><h1>Clew</h1><p>${escapeHtml(message)}</p><p>${escapeHtml(advice)}</p></html>`,
    { status, headers: { ...guardHeaders, 'content-type': 'text/html; charset=utf-8' } },
  )
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
