/** The Electron shell's entry. Nothing is awaited here: Electron is ready only after this module has finished. */
import electron from 'electron'
import { runElectronShell } from './shell/electron-shell.ts'

runElectronShell(electron, {
  argv: process.argv,
  defaultApp: process.defaultApp ?? false,
  env: process.env,
  cwd: process.cwd(),
  platform: process.platform,
})
