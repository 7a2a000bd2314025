/** What a person did, as the page itself sees it. */
import type { Page } from '@playwright/test'

interface Deeds {
  readonly clicks: number
  readonly keys: number
}

/** Counts from the next address that is gone to. */
export async function countDeeds(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const deeds = { clicks: 0, keys: 0 }
    addEventListener('pointerdown', () => deeds.clicks++, true)
    addEventListener('keydown', () => deeds.keys++, true)
    Object.assign(globalThis, { deeds })
  })
}

/** What was done since. */
export const deedsOf = (page: Page): Promise<Deeds> =>
  page.evaluate(() => (globalThis as unknown as { deeds: Deeds }).deeds)
