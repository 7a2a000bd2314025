/** The page's messages to main. Each is taken only from our own page's top frame. */
import { isAbsolute } from 'node:path'
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import { channels } from './channels.ts'
import type { ElectronModule } from './electron-module.ts'
import type { OpenableFiles } from './opened-files.ts'
import { appOrigin } from './scheme.ts'

/** What the messages reach. */
export interface IpcTargets {
  readonly files: OpenableFiles
  /** Shows the open dialog; absolute paths of what was chosen. */
  readonly choosePaths: () => Promise<readonly string[]>
  /** The page hears commands now. */
  readonly pageListens: () => void
}

/** Listens to the three messages a page may send. */
export function listenToPage(
  ipcMain: Pick<ElectronModule['ipcMain'], 'handle' | 'on'>,
  targets: IpcTargets,
): void {
  ipcMain.handle(channels.keepFiles, (event, paths: unknown) => {
    refuseStrangers(event)
    if (!Array.isArray(paths) || paths.length > 1000) throw new Error('keep-files takes a list of paths')
    return targets.files.add(
      paths.map((path: unknown) => {
        if (typeof path !== 'string' || !isAbsolute(path)) throw new Error('keep-files takes absolute paths')
        return path
      }),
    )
  })
  ipcMain.handle(channels.chooseFiles, async (event) => {
    refuseStrangers(event)
    return targets.files.add(await targets.choosePaths())
  })
  ipcMain.on(channels.listening, (event) => {
    refuseStrangers(event)
    targets.pageListens()
  })
}

/** Throws unless the message comes from the top frame of our own origin. */
function refuseStrangers(event: IpcMainEvent | IpcMainInvokeEvent): void {
  const frame = event.senderFrame
  if (!frame || frame !== event.sender.mainFrame || frame.origin !== appOrigin)
    throw new Error('only Clew’s own page may send this')
}
