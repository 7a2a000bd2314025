/** What fetch cannot do, as `window.clew` (shared/api/preload.ts). Runs sandboxed, before the page's own scripts, in a world apart. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { ClewPreload, ShellCommand } from '#shared/api/preload'
import { channels } from './shell/channels.ts'

const listeners = new Set<(command: ShellCommand) => void>()
let early: ShellCommand[] = []

ipcRenderer.on(channels.command, (_event, command: ShellCommand) => {
  if (listeners.size === 0) early.push(command)
  for (const listener of listeners) listener(command)
})

const clew: ClewPreload<File> = {
  async keepFiles(files) {
    // A File made by a script has no path: only what a person dropped or chose can be kept.
    const paths = files.map((file) => webUtils.getPathForFile(file))
    const ids = (await ipcRenderer.invoke(
      channels.keepFiles,
      paths.filter((path) => path !== ''),
    )) as string[]
    let next = 0
    return paths.map((path) => (path === '' ? undefined : ids[next++]))
  },
  chooseFiles: async () => (await ipcRenderer.invoke(channels.chooseFiles)) as string[],
  onCommand(listener) {
    listeners.add(listener)
    for (const command of early) listener(command)
    early = []
    ipcRenderer.send(channels.listening)
    return () => void listeners.delete(listener)
  },
}

contextBridge.exposeInMainWorld('clew', clew)
