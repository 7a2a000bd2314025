/** What tests of saved investigations share: a file of one step, and a Clew of its own that opens such a file. */
import type { Browser, Page } from '@playwright/test'
import { startClew } from './clew.ts'

const trail = (page: Page) => page.getByRole('navigation', { name: 'Thread' })
export const chips = (page: Page) => trail(page).getByRole('listitem')

/** Steps that were gone back from say so. */
export const stepTexts = async (page: Page): Promise<string[]> =>
  (await chips(page).allTextContents()).map((text) => text.replace(', ahead', ''))

/** A Clew of its own with the file, and nothing else. */
export async function openElsewhere(browser: Browser, file: string, profile: string) {
  const clew = await startClew([file], profile)
  const page = await (await browser.newContext()).newPage()
  await page.goto(clew.address)
  return { page, clew }
}

export const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
export const traceId = '5b8efff798038103d269b633813fc60c'
export const trace = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'checkout' } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId,
              spanId: 'eee19b7ec3c1b174',
              name: 'POST /pay',
              startTimeUnixNano: '1793000000000000000',
              endTimeUnixNano: '1793000000250000000',
              attributes: [{ key: 'user.email', value: { stringValue: 'ada@example.com' } }],
            },
          ],
        },
      ],
    },
  ],
}
export const step = {
  id: 'a',
  parent: '',
  place: `/trace?source=jaeger&id=${traceId}`,
  signal: 'trace',
  title: 'POST /pay',
  sources: ['Jaeger'],
  query: '',
  count: '250 ms',
  atMs: 1_793_000_000_000,
  name: '',
  note: 'a note',
  isPinned: false,
}
export const manifest = {
  kind: 'clew-investigation',
  version: 1,
  thread: { id: 't', name: 'Payment', summary: '- It fails: step 1', steps: [step], current: 'a', tip: 'a' },
}

export const named = (name: string) => ({ ...manifest, thread: { ...manifest.thread, id: name, name } })
