import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Runs `work` while no other process does so under the same lock. The lock is a folder (making one is atomic everywhere) that names its
 * holder; a holder that is gone has crashed, and its lock is taken over.
 */
export async function withFolderLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const holder = join(folder, 'pid')
  for (;;) {
    try {
      mkdirSync(folder)
      writeFileSync(holder, String(process.pid))
      break
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
    }
    if (isGone(holder)) rmSync(folder, { recursive: true, force: true })
    else await wait(100)
  }
  try {
    return await work()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether the process named in the file has ended. An unreadable file means that its writer is just about to write it. */
function isGone(holder: string): boolean {
  let pid: number
  try {
    pid = Number(readFileSync(holder, 'utf8'))
  } catch {
    return false
  }
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'ESRCH'
  }
}
