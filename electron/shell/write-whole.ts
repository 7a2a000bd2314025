import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { platform } from 'node:os'
import { basename, dirname, join } from 'node:path'

/**
 * Replaces a file whole: after a crash there is either what it was or what it is to be, never half of one. `fill` makes the file under the
 * name it is given, beside the other. Rejects with what the file system says, and then leaves nothing behind.
 */
export async function writeWhole(path: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  try {
    await fill(temporary)
    await synced(temporary, 'r+')
    await rename(temporary, path)
    // Without this the rename itself may be lost in a power cut. Windows cannot open a folder and does not need it.
    if (platform() !== 'win32') await synced(folder, 'r')
  } catch (cause) {
    await rm(temporary, { force: true })
    throw cause
  }
}

async function synced(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
