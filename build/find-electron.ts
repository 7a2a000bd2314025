import { join } from 'node:path'
import type { System } from './system.ts'

/** Where Electron's binary lies inside its folder. */
export function electronBinaryName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/**
 * Electron's binary, if it is there. The package is not imported for this: importing it fetches the binary, which takes minutes or fails.
 */
export function findElectron(system: System, projectFolder: string): string | undefined {
  const name = electronBinaryName(system.platform)
  const overridden = system.env['ELECTRON_OVERRIDE_DIST_PATH']
  const folder = overridden || join(projectFolder, 'node_modules/electron/dist')
  const binary = join(folder, name)
  return system.exists(binary) ? binary : undefined
}

/** Why Electron's window cannot be shown although its binary may be there; undefined when it can. */
export function windowObstacle(system: System): string | undefined {
  if (!hasDisplay(system)) return 'there is no display'
  if (system.isRoot) return 'Electron does not run as root'
  return undefined
}

/** Whether windows can be shown at all. */
export function hasDisplay({ platform, env }: System): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}
