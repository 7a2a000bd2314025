/** Builds what is stale: `node build/bundle.ts` (all of dist). Used by start, test, bench and dist. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import electronConfig from './vite.electron.ts'
import rendererConfig from './vite.renderer.ts'

const root = new URL('..', import.meta.url).pathname
const stamp = join(root, 'dist/stamp')

/** Files a bundle is made from: everything under the three source folders and the build's own configuration. */
function sources(): string[] {
  const folders = ['electron', 'renderer', 'shared', 'build']
  const inside = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  return [...inside, join(root, 'package.json'), join(root, 'package-lock.json')].toSorted()
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of sources()) {
    const { mtimeMs, size } = statSync(file)
    hash.update(`${file}\0${mtimeMs}\0${size}\n`)
  }
  return hash.digest('hex')
}

/** Builds page and shells when any source changed since the last time. Returns whether it built. */
export async function bundle(): Promise<boolean> {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false
  await build({ ...rendererConfig, configFile: false, logLevel: 'warn' })
  for (const entry of ['main', 'browser', 'preload'] as const) await build(electronConfig(entry))
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, wanted)
  return true
}

if (import.meta.main) console.log((await bundle()) ? 'Built dist.' : 'dist is up to date.')
