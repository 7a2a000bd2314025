import { readFileSync } from 'node:fs'
import { platform } from 'node:os'
import type { Page } from '@playwright/test'

/**
 * Memory of the page's process that is its own, as Chromium's task manager counts it, with what it shares with its workers and
 * others; bytes. Undefined where the system does not tell.
 */
export async function pageMemory(page: Page): Promise<number | undefined> {
  if (platform() !== 'linux') return undefined
  const browser = page.context().browser()
  const devtools = await browser?.newBrowserCDPSession()
  const { processInfo = [] } = (await devtools?.send('SystemInfo.getProcessInfo')) ?? {}
  await devtools?.detach()
  // Chromium holds an empty process ready for the next page.
  return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => ownMemory(id)))
}

function ownMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0)
  return (kilobytes('RssAnon') + kilobytes('RssShmem') + kilobytes('VmSwap')) * 1024
}
