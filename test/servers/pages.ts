/** What the browser tests do on Clew's pages, in a person's words. */
import type { Locator, Page } from '@playwright/test'

import { expect, test as base } from '../e2e/clew.ts'
import { readFleet, type Fleet } from './fleet.ts'
import type { FedTrace } from './story/span.ts'
import { writeStory, type Story } from './story/story.ts'

/** Clew, connected to the servers with traces, logs and metrics by its command line. */
export const test = base.extend<{ servers: Fleet['servers']; story: Story }>({
  // The servers are started after Playwright has read the tests: nothing may ask for them earlier than a test does.
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  servers: async ({}, use) => use(readFleet().servers),
  // eslint-disable-next-line no-empty-pattern -- as above
  story: async ({}, use) => use(writeStory(readFleet().endMs)),
  clewArgs: async ({ servers }, use) => {
    const { jaeger, tempo, zipkin, loki, prometheus } = servers
    const connected = [jaeger, tempo, zipkin, loki, prometheus]
    await use(['--no-open', ...connected.flatMap(({ kind, url }) => ['--connect', `${kind}=${url}`])])
  },
})

/** The rows of the waterfall. */
export function spanGrid(page: Page): Locator {
  return page.getByRole('treegrid', { name: 'Spans' })
}

/** The value beside a word in the header of a trace: `spans`, `errors`, `from`. */
export function fact(page: Page, word: string): Locator {
  return page
    .getByRole('main')
    .locator('dt', { hasText: new RegExp(`^${word}$`) })
    .first()
    .locator('xpath=following-sibling::dd[1]')
}

/** Fills in the service, and runs the search. */
export async function searchService(page: Page, service: string): Promise<void> {
  await page.getByRole('link', { name: 'Traces' }).click()
  const field = page.getByRole('combobox', { name: 'Service' })
  await field.fill(service)
  await field.press('Enter')
  await page.getByRole('button', { name: 'Run' }).click()
}

/** Writes a query in place of what stands in the TraceQL editor, once that is there. */
export async function writeTraceql(page: Page, query: string): Promise<void> {
  await page.getByRole('link', { name: 'Traces' }).click()
  await page.locator('.monaco-editor').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.keyboard.type(query)
}

/** Opens a trace by its id, pasted where anything can be typed. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: /^Paste a trace id/ }).click()
  await page.getByRole('combobox', { name: 'Search or command' }).fill(text)
  await expect(page.getByRole('option', { name: /^Open trace/ })).toBeVisible()
  await page.keyboard.press('Enter')
}

export interface Row {
  readonly level: number
  readonly name: string
}

/** Rows as they are drawn, from the first that is. */
export async function drawnRows(page: Page): Promise<Row[]> {
  const rows = spanGrid(page).getByRole('row')
  return rows.evaluateAll((elements) =>
    elements
      .filter((element) => element.hasAttribute('aria-level'))
      .toSorted(
        (one, other) =>
          Number(one.getAttribute('aria-rowindex')) - Number(other.getAttribute('aria-rowindex')),
      )
      .map((element) => ({
        level: Number(element.getAttribute('aria-level')),
        name: (element.querySelector('[role=gridcell]')?.textContent ?? '').trim(),
      })),
  )
}

/** The rows a fed trace must give: parents first, siblings by start; the service only where it changes. */
export function expectedRows(trace: FedTrace): Row[] {
  const children = Map.groupBy(trace.spans, (span) => span.parentSpanId)
  const rows: Row[] = []
  const walk = (parentId: string | undefined, parentService: string, level: number): void => {
    const siblings = (children.get(parentId) ?? []).toSorted((one, other) =>
      Number(one.startNs - other.startNs),
    )
    for (const span of siblings) {
      rows.push({ level, name: (span.service === parentService ? '' : `${span.service} `) + span.name })
      walk(span.spanId, span.service, level + 1)
    }
  }
  walk(undefined, '', 1)
  return rows
}

export { expect }
