import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
}

/**
 * The built page's files by URL path (`/index.html`, `/assets/x-hash.js`). Undefined for what is not in the folder, and for files of a
 * type the page has no use for.
 */
export function pageFiles(folder: string): (path: string) => Promise<Response | undefined> {
  return async (path) => {
    const type = types[extname(path)]
    const file = inside(folder, path)
    if (type === undefined || file === undefined) return undefined
    try {
      const bytes = await readFile(file)
      // Names under /assets/ carry a hash of their content; index.html names them, so it is asked for again each time.
      const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
      return new Response(bytes, {
        headers: { 'content-type': type, 'content-length': String(bytes.length), 'cache-control': cache },
      })
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'EISDIR'))
        return undefined
      throw cause
    }
  }
}

/** The file a URL path names, unless it leads out of the folder. */
function inside(folder: string, path: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return undefined // A stray % names no file of ours.
  }
  if (decoded.includes('\0')) return undefined
  const file = join(folder, decoded)
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? file : undefined
}
