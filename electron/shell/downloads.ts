/** Files that the page gives: where they go is asked, and there they stand whole or not at all. */
import { mkdtempSync } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SaveDialogOptions, Session } from 'electron'
import { writeWhole } from './write-whole.ts'

/** What is needed of the system; `folder` is where what is not complete lies. */
export interface DownloadPlace {
  readonly folder: string
  /** Where the file is to go; undefined where nobody wants it any more. */
  readonly ask: (options: SaveDialogOptions) => Promise<string | undefined>
  readonly fail: (sentence: string) => void
}

/** Electron writes a download to the very file that was chosen, bit by bit: over what was there, and half of it where it is stopped. */
export function keepDownloadsWhole(session: Pick<Session, 'on'>, place: DownloadPlace): void {
  session.on('will-download', (_event, item) => {
    const folder = mkdtempSync(join(place.folder, 'clew-download-'))
    // Before this returns, or Electron asks for a place itself.
    item.setSavePath(join(folder, 'file'))
    const name = item.getFilename()
    item.once('done', (_done, state) => void finish(folder, name, state, place))
  })
}

type DoneState = 'completed' | 'cancelled' | 'interrupted'

/** Gives what came its place, and leaves nothing else; never rejects. */
async function finish(
  folder: string,
  name: string,
  state: DoneState,
  { ask, fail }: DownloadPlace,
): Promise<void> {
  try {
    if (state === 'interrupted') throw new Error('it did not come to its end')
    const path = state === 'completed' ? await ask({ defaultPath: name }) : undefined
    if (path !== undefined) await writeWhole(path, (temporary) => copyFile(join(folder, 'file'), temporary))
  } catch (cause) {
    fail(`${name} could not be saved (${messageOf(cause)}).`)
  }
  await rm(folder, { recursive: true, force: true }).catch((cause: unknown) =>
    console.error(`${folder} could not be removed.`, cause),
  )
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
