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
    return targets.files.addAll(await targets.choosePaths())
  })
  ipcMain.on(channels.listening, (event) => {
    // Nobody waits for an answer here, and a throw would end up in the main process.
    if (isOwnPage(event)) targets.pageListens()
  })
}

/** Whether the message comes from the top frame of our own origin. */
function isOwnPage({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.origin === appOrigin
}

function refuseStrangers(event: IpcMainInvokeEvent): void {
  if (!isOwnPage(event)) throw new Error('only Clew’s own page may send this')
}
