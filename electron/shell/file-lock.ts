import { open, rm, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

/** What is done under a lock takes milliseconds: whoever has held one for so long was killed, and will not give it back. */
const abandonedAfterMs = 5_000
const askAgainAfterMs = 20

/** Runs `work` while no other process does so under the same lock, which is a file: making one is atomic everywhere. */
export async function withFileLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  // oxlint-disable-next-line no-await-in-loop -- waits for its turn
  while (!(await isTaken(path))) await wait(askAgainAfterMs)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

/** Takes the lock; false where another has it. */
async function isTaken(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close()
    return true
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
  }
  // Given back in the meantime: it can be taken.
  const found = await stat(path).catch(() => undefined)
  if (found !== undefined && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(path, { force: true })
  return false
}
