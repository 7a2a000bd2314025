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
 * The built page's files by decoded path (`/index.html`, `/assets/x-hash.js`); what may be cached is the handler's to say. Undefined for what is not in the folder, and for files of a
 * type the page has no use for.
 */
export function pageFiles(folder: string): (path: string) => Promise<Response | undefined> {
  return async (path) => {
    const type = types[extname(path)]
    const file = inside(folder, path)
    if (type === undefined || file === undefined) return undefined
    try {
      const bytes = await readFile(file)
      return new Response(bytes, {
        headers: { 'content-type': type, 'content-length': String(bytes.length) },
      })
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'EISDIR'))
        return undefined
      throw cause
    }
  }
}

/** The file a path names, unless it leads out of the folder. */
function inside(folder: string, path: string): string | undefined {
  if (path.includes('\0')) return undefined
  const file = join(folder, path)
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? file : undefined
}
