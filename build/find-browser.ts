import { delimiter, join } from 'node:path'
import type { System } from './system.ts'

/** Names on the PATH, in the order in which they are tried. */
const commands = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
]

const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `Applications/${name}.app/Contents/MacOS/${name}`,
)

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

/** An installed Chrome, Chromium or Edge: all know `--app=URL`. Undefined when there is none. */
export function findBrowser(system: System): string | undefined {
  return candidates(system).find((path) => system.exists(path))
}

function candidates({ platform, env }: System): string[] {
  if (platform === 'darwin')
    return ['/', `${env['HOME'] ?? ''}/`].flatMap((root) => macApps.map((app) => root + app))
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    return roots.flatMap((root) => (root ? windowsPrograms.map((program) => `${root}\\${program}`) : []))
  }
  return onPath(env, commands)
}

/** The first of these commands that is on the PATH, as a path; undefined when none is. */
export function findOnPath(system: System, names: readonly string[]): string | undefined {
  return onPath(system.env, names).find((path) => system.exists(path))
}

function onPath(env: System['env'], names: readonly string[]): string[] {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}
