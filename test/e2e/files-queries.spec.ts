/** Opened files asked like a server: by TraceQL, LogQL and PromQL, and from one signal to the other. */
import type { Page } from '@playwright/test'
import { simulate } from '#shared/simulate/run'
import { logsDocument } from '#shared/simulate/otlp/logs'
import { tracesDocument } from '#shared/simulate/otlp/traces'
import { expect, expectAxeClean, test } from './clew.ts'
import { tracePage } from './trace-page.ts'

/** An incident of the demo shop, long past: what a colleague saved of it. */
const run = simulate({
  scenario: 'pool-exhaustion',
  seed: 1,
  endNs: 1_793_000_000_000_000_000n,
  lengthMinutes: 4,
})
const files: Readonly<Record<string, string>> = {
  'spans.json': tracesDocument(
    run,
    run.traces.flatMap(({ spans }) => spans),
  ),
  'lines.json': logsDocument(run, run.lines),
}

async function open(page: Page): Promise<void> {
  await expect(page.getByRole('main')).toBeVisible()
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Control+o')
  await (
    await chooser
  ).setFiles(
    Object.entries(files).map(([name, text]) => ({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    })),
  )
}

const ask = (page: Page) => page.getByRole('group', { name: 'Ask these files' })

const lines = (page: Page) => page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')

/** The same place with another query. */
async function query(page: Page, name: 'q' | 'query', text: string): Promise<void> {
  const place = new URL(page.url())
  place.searchParams.set(name, text)
  await page.goto(place.href)
}

test('opened files are searched by TraceQL, a span leads to its lines, and a reload keeps all that', async ({
  page,
  url,
}) => {
  await page.goto(url)
  await open(page)
  await ask(page)
    .getByRole('button', { name: /^Search/ })
    .click()
  await query(
    page,
    'q',
    '{ resource.service.name = "order-service" && status = error } >> { name =~ ".*pool.acquire" }',
  )
  const results = page.getByRole('grid', { name: 'Traces' })
  const first = results.getByRole('row').filter({ hasText: 'pool.acquire' }).first()
  await expect(first).toContainText('Opened files')
  await first.dblclick()
  const failed = tracePage(page).spans.getByRole('row').filter({ hasText: 'order-service' }).first()
  await failed.click()
  await page.keyboard.press('l')
  await expect(lines(page).first()).toContainText(/pool|order/)
  await page.reload()
  await expect(lines(page).first()).toContainText(/pool|order/)
})

test('a query that is none is refused at its place', async ({ page, url }) => {
  await page.goto(url)
  await open(page)
  await ask(page)
    .getByRole('button', { name: /^Query/ })
    .click()
  await query(page, 'query', '{service_name="order-service"} |= "exhausted" | levle = ')
  await expect(page.getByRole('main').getByRole('alert')).toContainText('line 1, col 57')
  await expectAxeClean(page)
})
