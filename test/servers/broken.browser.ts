/** Servers that die and come back, seen in a browser: a sentence where the answer would be, and everything else stays. */
import { startBackend, type Backend } from './backends.ts'
import { sendSpans, waitForTraces } from './feed.ts'
import {
  drawnRows,
  expect,
  expectedRows,
  fact,
  paste,
  searchService,
  spanGrid,
  test as base,
} from './pages.ts'
import { startProxy } from './proxy.ts'
import type { Story } from './story/story.ts'

const test = base.extend<{ mortal: Backend }>({
  // A Jaeger of its own for each test, which may die.
  mortal: async ({ story }, use) => {
    const jaeger = await startBackend('jaeger')
    await feed(jaeger, story)
    await use(jaeger)
    await jaeger.stop()
  },
  clewArgs: async ({ mortal, servers }, use) => {
    await use(['--no-open', '--connect', `jaeger=${mortal.url}`, '--connect', `tempo=${servers.tempo.url}`])
  },
})

async function feed(jaeger: Backend, { jaeger: { incident, large } }: Story): Promise<void> {
  await sendSpans(jaeger, [...incident.spans, ...large.spans])
  await waitForTraces(jaeger, [incident, large])
}

test('a server that is killed says so beside its name, the other one answers, and old results stay', async ({
  page,
  mortal,
  story,
}) => {
  await searchService(page, 'payment-service')
  const progress = page.getByRole('list', { name: 'Progress by source' }).getByRole('listitem')
  await expect(progress.filter({ hasText: 'Jaeger' })).toContainText('1 trace in')
  await expect(page.getByText(/ from 2 of 2 sources/).first()).toBeVisible()
  const rows = page.getByRole('grid', { name: 'Traces' }).getByRole('row')
  await expect(rows.filter({ hasText: 'Jaeger' })).toHaveCount(1)

  await mortal.kill()
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(
    page.getByText(`refused the connection: nothing listens at ${new URL(mortal.url).host}`).first(),
  ).toBeVisible()
  await expect(rows.filter({ hasText: 'Tempo' }).first()).toBeVisible()

  await mortal.start()
  await feed(mortal, story)
  await page.getByRole('button', { name: 'Retry' }).first().click()
  await expect(progress.filter({ hasText: 'Jaeger' })).toContainText('1 trace in')
  await expect(rows.filter({ hasText: 'Jaeger' })).toHaveCount(1)
})

test('a trace that is open stays open when its server dies', async ({ page, mortal, story }) => {
  await paste(page, story.jaeger.incident.traceId)
  await expect(fact(page, 'spans')).toHaveText('247')
  await mortal.kill()
  await page.getByRole('button', { name: /4\.50 s of 4\.87 s is one wait/ }).click()
  await expect(page.getByText('PoolTimeoutError').first()).toBeVisible()
  await expect(spanGrid(page).getByRole('row', { selected: true })).toContainText('payments-db pool.acquire')
})

test('a server killed in the middle of an answer leaves the rows that came, and the retry brings the rest', async ({
  page,
  mortal,
  story,
}) => {
  const { large } = story.jaeger
  let slow = true
  const proxy = await startProxy(mortal.url, {
    // Half a minute for all of it: a busy machine must not have it whole before the server is killed.
    body: () => (slow ? { kind: 'slow', pauseMs: 100 } : undefined),
  })
  try {
    await page.getByRole('link', { name: 'Connections' }).click()
    await page.getByRole('button', { name: 'Add a connection' }).first().click()
    await page.getByLabel('Address').fill(proxy.url)
    await page.getByRole('radio', { name: 'Jaeger' }).click()
    await page.getByLabel('Name').fill('slow road')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(page.getByText('Added slow road.')).toBeVisible()

    await page.goto(`${new URL(page.url()).origin}/trace?source=slow-road&id=${large.traceId}`)
    // The first rows are there while the rest is on its way.
    await expect(spanGrid(page).getByText('reindex catalog')).toBeVisible()
    expect(proxy.underWay()).toBe(1)
    await mortal.kill()
    await expect(page.getByText(/^slow road stopped in the middle, after /)).toBeVisible()
    await expect(spanGrid(page).getByText('reindex catalog')).toBeVisible()
    const held = Number((await fact(page, 'spans').innerText()).replaceAll(/\D/g, ''))
    expect(held).toBeGreaterThan(0)
    expect(held).toBeLessThan(large.spans.length)

    slow = false
    await mortal.start()
    await feed(mortal, story)
    await page.getByRole('button', { name: 'Retry' }).first().click()
    await expect(fact(page, 'spans')).toHaveText(/^20\D?000$/)
    // Its chunks are repeated siblings: one row, until that is switched off.
    await page.getByRole('button', { name: 'Fold repeats' }).click()
    await expect(spanGrid(page).getByRole('row', { name: /× 200/ })).toHaveCount(0)
    const top = await drawnRows(page)
    expect(top).toEqual(expectedRows(large).slice(0, top.length))
  } finally {
    await proxy.close()
  }
})

test('a server that is down when a trace is asked for can be retried when it is back', async ({
  page,
  mortal,
  story,
}) => {
  const { incident } = story.jaeger
  await mortal.kill()
  await paste(page, incident.traceId)
  await expect(page.getByText(/refused the connection/).first()).toBeVisible()
  await mortal.start()
  await feed(mortal, story)
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(fact(page, 'spans')).toHaveText('247')
})
