import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { findElectron } from './find-electron.ts'
import { projectFolder } from './project.ts'
import { thisSystem } from './system.ts'

/** The download may be slow, but a place that does not answer must not keep a person waiting. */
const limitMs = 120_000

/** Electron's binary, fetched by the package's own script where it is not there yet; undefined where it cannot be fetched. */
export function fetchElectron(): string | undefined {
  const found = findElectron(thisSystem, projectFolder)
  if (found !== undefined) return found
  console.error("Fetching Electron's binary (once, about 120 MB)…")
  spawnSync(process.execPath, [join(projectFolder, 'node_modules/electron/install.js')], {
    cwd: projectFolder,
    stdio: 'ignore',
    timeout: limitMs,
  })
  return findElectron(thisSystem, projectFolder)
}
