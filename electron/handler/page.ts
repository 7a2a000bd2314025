/** The page itself: its files, with the headers that keep it in its box. */
import type { HandlerOptions } from './options.ts'

/** Style attributes and elements come from react-aria and Monaco, `data:` images from Monaco; nothing needs more. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

const everywhere: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/** For answers of the API: data that no browser may show, run or keep. */
export const dataHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cache-control': 'no-store',
}

/** For files of the page. Isolation (COOP, COEP) is what gives page and worker one memory. */
const pageHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  'content-security-policy': pagePolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

/** A file of the page, `index.html` for the page's own paths, or 404. */
export async function pageFile(assets: HandlerOptions['assets'], pathname: string): Promise<Response> {
  const path = decodePath(pathname)
  // The page's own places (/trace, /search) have no dot in their last part; files all have one.
  const isPlace = path !== undefined && !/\.[^/]*$/.test(path)
  const found = path === undefined ? undefined : await assets(isPlace ? '/index.html' : path)
  const response =
    found ??
    new Response('There is no such file.', { status: 404, headers: { 'content-type': 'text/plain' } })
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(pageHeaders)) headers.set(name, value)
  // Names of built files hold a hash of what is in them; index.html names the current ones.
  const isHashed = found !== undefined && /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(path ?? '')
  headers.set('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
  return new Response(response.body, { status: response.status, headers })
}

/** Undefined for a path that tries to leave the folder. */
function decodePath(pathname: string): string | undefined {
  try {
    const path = decodeURIComponent(pathname)
    return /(^|[/\\])\.\.([/\\]|$)|\0|\\/.test(path) ? undefined : path
  } catch {
    // A broken escape names no file.
    return undefined
  }
}
