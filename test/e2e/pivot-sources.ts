/** A Tempo of one trace and a Loki of given lines, and what tests of the ways between them share. */
import type { Page } from '@playwright/test'
import { expect, test as base } from './clew.ts'
import { startServer, text } from './fake-servers.ts'
import { type HeldLine, lokiWith } from './fake-loki.ts'
import { type HeldTrace, tempoWith } from './search-servers.ts'
import { tracePage } from './trace-page.ts'

export const startMs = Date.now() - 600_000
export const trace: HeldTrace = {
  id: '00c1f0c2a7d94c1e8b03d5c6f2119a7e',
  startMs,
  durationMs: 4_800,
  service: 'order-service',
  name: 'POST /orders',
  failed: true,
}
/** Of its root, as the fake Tempo numbers spans. */
export const rootSpan = 'd5c6f2119a7e0001'
export const words = 'connection pool exhausted, waited 4500ms for available connection'

export const line = (change: Partial<HeldLine> = {}, afterMs = 4_790): HeldLine => ({
  ns: BigInt(startMs + afterMs) * 1_000_000n,
  labels: { service_name: 'order-service' },
  text: words,
  ...change,
})

export interface Options {
  /** What the Loki holds; undefined for one that is down. In an object, for Playwright reads a list as something else. */
  loki: { readonly lines: readonly HeldLine[] | undefined }
  /** Whether its Loki answers what facts are learned from, the newest lines, with an error. */
  isSampleRefused: boolean
}

export const test = base.extend<Options>({
  loki: [{ lines: [] }, { option: true }],
  isSampleRefused: [false, { option: true }],
  clewArgs: async ({ loki: { lines }, isSampleRefused }, use) => {
    const answer = lines ? lokiWith(lines) : text('no upstream', 503)
    const loki = await startServer((request, response) => {
      const isSample = isSampleRefused && request.url?.includes('direction=backward') === true
      ;(isSample ? text('too many outstanding requests', 429) : answer)(request, response)
    })
    const tempo = await startServer(tempoWith([trace]))
    await use(['--connect', `loki=${loki.url}`, '--connect', `tempo=${tempo.url}`])
    await tempo.stop()
    await loki.stop()
  },
})

export const path = `/trace?id=${trace.id}`
export const withSpan = `${path}&span=${rootSpan}`

/** Opens the trace at its root span, and presses the key that leads to its lines. */
export async function followLogs(page: Page, url: string): Promise<void> {
  await page.goto(url + withSpan)
  await expect(tracePage(page).details.getByRole('button', { name: /^Logs of this span/ })).toBeVisible()
  await page.keyboard.press('l')
}
