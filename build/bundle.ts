/** Builds what is stale: `node build/bundle.ts` (all of dist). Used by start, test, bench and dist. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.ts'
import { withFolderLock } from './folder-lock.ts'
import { projectFolder } from './project.ts'

/** A piece of dist that is built by itself. */
interface Part {
  readonly name: 'page' | 'main' | 'browser' | 'preload' | 'demo-worker' | 'opened-worker'
  /** What it is made from. */
  readonly from: readonly string[]
  /** What it leaves in dist: a file, or a folder that is replaced whole. */
  readonly output: string
}

const shell = ['electron', 'shared', 'build/vite.electron.ts', 'package-lock.json']
const parts: readonly Part[] = [
  {
    name: 'page',
    from: ['renderer', 'shared', 'build/vite.renderer.ts', 'package-lock.json'],
    output: 'renderer',
  },
  { name: 'main', from: shell, output: 'electron/main.js' },
  { name: 'browser', from: shell, output: 'electron/browser.js' },
  { name: 'preload', from: shell, output: 'electron/preload.cjs' },
  { name: 'demo-worker', from: shell, output: 'electron/demo-worker.cjs' },
  { name: 'opened-worker', from: shell, output: 'electron/opened-worker.cjs' },
]

const dist = join(projectFolder, 'dist')
/** Which content each part was built from. Not packed. */
const stampFile = join(dist, '.built.json')

/** Builds each part whose sources changed since it was built. Returns whether there was one. */
export async function bundle(): Promise<boolean> {
  if (staleParts().length === 0) return false
  mkdirSync(dist, { recursive: true })
  return withFolderLock(join(dist, '.lock'), async () => {
    // Whoever held the lock may have built the same.
    const stale = staleParts()
    for (const { part, wanted } of stale) {
      await buildPart(part)
      writeFileSync(stampFile, JSON.stringify({ ...stamps(), [part.name]: wanted }))
    }
    return stale.length > 0
  })
}

function staleParts(): { readonly part: Part; readonly wanted: string }[] {
  const built = stamps()
  const seen = new Map<readonly string[], string>()
  return parts
    .map((part) => {
      const wanted = seen.get(part.from) ?? fingerprint(projectFolder, part.from)
      seen.set(part.from, wanted)
      return { part, wanted }
    })
    .filter(({ part, wanted }) => built[part.name] !== wanted || !existsSync(join(dist, part.output)))
}

function stamps(): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8')) as Record<string, string>
  } catch {
    return {} // None, or half of one: everything is built again.
  }
}

/** Builds beside dist and moves the result in, so that a Clew that is running never sees half a page. */
async function buildPart({ name, output }: Part): Promise<void> {
  const { build } = await import('vite')
  const beside = join(dist, `.${name}`)
  rmSync(beside, { recursive: true, force: true })
  if (name === 'page') {
    const { default: config } = await import('./vite.renderer.ts')
    const to = { ...config.build, outDir: beside, emptyOutDir: true }
    await build({ ...config, configFile: false, logLevel: 'warn', build: to })
  } else {
    const { default: electronConfig } = await import('./vite.electron.ts')
    const config = electronConfig(name)
    await build({ ...config, build: { ...config.build, outDir: beside } })
  }
  const target = join(dist, output)
  mkdirSync(join(dist, 'electron'), { recursive: true })
  const built = name === 'page' ? beside : join(beside, output.replace('electron/', ''))
  rmSync(target, { recursive: true, force: true })
  renameSync(built, target)
  rmSync(beside, { recursive: true, force: true })
}

if (import.meta.main) console.log((await bundle()) ? 'Built dist.' : 'dist is up to date.')
