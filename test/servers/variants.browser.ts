/**
 * The incident in all the ways in which it may have been written down, from the overview to the line that says why and back: clicks are
 * counted, nothing is typed, and nothing is configured but the addresses. Where the line cannot be had, what a person is told instead.
 */
import { createServer, type AddressInfo } from 'node:net'
import type { Locator, Page } from '@playwright/test'
import type { Source, SourceInput } from '#shared/api/contract'
import { keptPreferences } from '../e2e/clew.ts'
import { countDeeds, deedsOf } from '../e2e/deeds.ts'
import { type Backend, startBackend } from './backends.ts'
import { readFleet } from './fleet.ts'
import { expect, spanGrid, test as base } from './pages.ts'
import { feedTracesAndLines, feedVariants, slowRequest } from './variants/feed.ts'
import { type Variant, words } from './variants/variant.ts'
import {
  allVariants,
  behindTwice,
  orderId,
  unnamed,
  unsampled,
  unsampledBehind,
  variants,
  withOrderId,
  withoutLogs,
} from './variants/variants.ts'

interface Options {
  /** The Loki one is connected to. */
  loki: 'there' | 'down' | 'of others'
  /** The Tempo one is connected to; the Jaeger beside it is there, and does not hold what that holds. */
  tempo: 'there' | 'down' | 'hanging up' | 'of others'
}

const endMs = Math.floor(Date.now() / 60_000) * 60_000
let prometheus: Backend
/** Takes every connection and closes it, as a balancer does whose servers are gone. */
const hangingUp = createServer((socket) => socket.destroy())

const test = base.extend<Options>({
  loki: ['there', { option: true }],
  tempo: ['there', { option: true }],
  clewArgs: async ({ servers, loki, tempo }, use) => {
    const down = 'http://127.0.0.1:9'
    const logs = { there: servers.loki.url, down, 'of others': servers.lokiTenants.url }
    const traces = {
      there: servers.tempo.url,
      down,
      'hanging up': `http://127.0.0.1:${(hangingUp.address() as AddressInfo).port}`,
      'of others': servers.tempoTenants.url,
    }
    const addresses = [prometheus.url, traces[tempo], servers.jaeger.url, logs[loki]]
    const kinds = ['prometheus', 'tempo', 'jaeger', 'loki']
    await use(['--no-open', ...addresses.flatMap((url, at) => ['--connect', `${kinds[at]}=${url}`])])
  },
})

test.beforeAll(async () => {
  await new Promise<void>((resolve) => void hangingUp.listen(0, '127.0.0.1', resolve))
  prometheus = await startBackend('prometheus')
  await feedVariants(prometheus, readFleet().servers, allVariants, endMs)
})
test.afterAll(async () => {
  hangingUp.close()
  await prometheus?.stop()
})

const logLines = (page: Page): Locator => page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')
const told = (page: Page, said: RegExp): Locator => page.getByRole('status').filter({ hasText: said })
const logsOfSpan = (page: Page): Locator => page.getByRole('button', { name: /^Logs of this span/ })

const sourceInput = (kind: 'tempo' | 'loki', url: string): SourceInput => ({
  kind,
  name: kind === 'tempo' ? 'Tempo' : 'Loki',
  url,
  auth: { kind: 'none' },
  headers: [],
  tenant: '',
  tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
  timeoutMs: 10_000,
})

/** Begins at the overview of the hour. */
async function openOverview(page: Page, url: string): Promise<void> {
  await countDeeds(page)
  await page.goto(`${url}/overview?from=${endMs - 3_600_000}&to=${endMs}`)
}

/** From the overview to the chart of a service, and from the request that waited to what is known of its trace: two clicks. */
async function followExemplar(page: Page, { listed }: Variant): Promise<void> {
  const services = page.getByRole('table', { name: 'Services' })
  await services.getByRole('button', { name: listed, exact: true }).click()
  const dot = page.getByRole('button', { name: /^Exemplar 1 of 1: / })
  // The chart below takes the clicks; a dot is where its button is.
  const { x, y, width, height } = await placeOf(dot)
  await page.mouse.click(x + width / 2, y + height / 2)
}

/** Where an element stays once the page has been laid out. */
async function placeOf(element: Locator) {
  let before = ''
  await expect
    .poll(async () => {
      const last = before
      before = JSON.stringify(await element.boundingBox())
      return before === last
    })
    .toBe(true)
  return JSON.parse(before) as { x: number; y: number; width: number; height: number }
}

for (const variant of variants)
  test(`from the overview to the line and back: ${variant.name}`, async ({ page, url }) => {
    const slow = slowRequest(variant, endMs)
    await openOverview(page, url)
    await followExemplar(page, variant)
    const span = spanGrid(page).getByRole('row', { selected: true })
    await expect(span).toContainText('POST /pay')
    expect(new URL(page.url()).searchParams.get('id')).toBe(slow.traceId)
    // Looked for when the trace is opened: from where they lie is learned how the clocks differ.
    await expect(page.getByRole('button', { name: '1 log lines' })).toBeVisible()
    await logsOfSpan(page).click()
    await expect(logLines(page)).toHaveCount(1)
    await expect(logLines(page)).toContainText(words)
    await expect(told(page, variant.said)).toBeVisible()
    const { clicks, keys } = await deedsOf(page)
    expect(clicks).toBeLessThanOrEqual(4)
    expect(keys).toBe(0)

    await logLines(page).click()
    await page.getByRole('button', { name: /^Its trace/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveAccessibleName(`${variant.service} POST /pay`)
    expect(new URL(page.url()).searchParams.get('id')).toBe(slow.traceId)
    while (new URL(page.url()).pathname !== '/logs') await page.goBack()
    await page.goBack()
    await expect(span).toContainText('POST /pay')
    while (new URL(page.url()).pathname !== '/overview') await page.goBack()
    await expect(page.getByRole('table', { name: 'Services' })).toBeVisible()
  })

test('a trace that was not sampled: said so, and its line is one click further', async ({ page, url }) => {
  await openOverview(page, url)
  await followExemplar(page, unsampled)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('not found')
  await expect(page.getByText('Most likely not sampled.')).toBeVisible()
  await page.getByRole('button', { name: 'Read the lines that name it' }).click()
  await expect(logLines(page)).toContainText(words)
  expect(await deedsOf(page)).toEqual({ clicks: 3, keys: 0 })
})

test('a trace that was not sampled, with a line by another clock: that too is said', async ({
  page,
  url,
}) => {
  await openOverview(page, url)
  await followExemplar(page, unsampledBehind)
  await expect(page.getByText('Most likely not sampled.')).toBeVisible()
  await expect(page.getByText('They come 2 min before it began: by a clock that is behind.')).toBeVisible()
  await page.getByRole('button', { name: 'Read the lines that name it' }).click()
  await expect(logLines(page)).toContainText(words)
  expect(await deedsOf(page)).toEqual({ clicks: 3, keys: 0 })
})

for (const { tempo, said } of [
  { tempo: 'down', said: /refused/ },
  { tempo: 'hanging up', said: 'Tempo closed the connection before it answered.' },
  { tempo: 'of others', said: 'Tempo keeps the data of several tenants and needs to know which.' },
] as const)
  test.describe(`a Tempo that is ${tempo}`, () => {
    test.use({ tempo })
    test('why the trace is not there is said, how each source was asked, and its line is one click further', async ({
      page,
      url,
    }) => {
      const { traceId } = slowRequest(withoutLogs, endMs)
      await openOverview(page, url)
      await followExemplar(page, withoutLogs)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(
        'The trace was not found where it could be looked for.',
      )
      const answers = page.getByRole('list', { name: 'Answers' })
      await expect(answers).toContainText(said)
      await expect(answers.getByRole('list', { name: 'How Jaeger was asked' })).toContainText(traceId)
      await expect(page.getByText('It may be in Tempo, which could not be asked.')).toBeVisible()
      const near = page.getByRole('region', { name: 'Traces near it' })
      await expect(near.getByRole('listitem').filter({ hasText: 'Jaeger' })).toHaveCount(4)
      await page.getByRole('button', { name: 'Read the lines that name it' }).click()
      await expect(logLines(page)).toContainText(words)
      expect(await deedsOf(page)).toEqual({ clicks: 3, keys: 0 })
    })

    test('from the line that names it, too', async ({ page, url }) => {
      const query = `{service_name="${withoutLogs.service}"}`
      await page.goto(
        `${url}/logs?${new URLSearchParams({ query, from: String(endMs - 3_600_000), to: String(endMs) })}`,
      )
      await logLines(page).first().click()
      await page.getByRole('button', { name: /^Its trace/ }).click()
      await expect(page.getByRole('list', { name: 'Answers' })).toContainText(said)
      await expect(page.getByText('It may be in Tempo, which could not be asked.')).toBeVisible()
    })
  })

test.describe('a Tempo that shows another tenant', () => {
  test.use({ tempo: 'of others' })
  test('whose the trace most likely is, is said', async ({ page, url, servers }) => {
    const sources = (await (await page.request.get(`${url}/api/sources`)).json()) as Source[]
    const tempo = sources.find(({ kind }) => kind === 'tempo')
    const headers = { origin: url }
    await page.request.delete(`${url}/api/sources/${tempo?.id}`, { headers })
    const data = { ...sourceInput('tempo', servers.tempoTenants.url), tenant: 'team-blue' }
    const added = await page.request.post(`${url}/api/sources`, { headers, data })
    expect(added.ok()).toBe(true)
    await openOverview(page, url)
    await followExemplar(page, withoutLogs)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The trace was not found.')
    await expect(page.getByRole('list', { name: 'How Tempo was asked' })).toContainText(
      slowRequest(withoutLogs, endMs).traceId,
    )
    await expect(page.getByText('Most likely of another tenant.')).toBeVisible()
    await expect(page.getByText(/Tempo \(“team-blue”\) has no trace of till-mute/)).toBeVisible()
    expect(await deedsOf(page)).toEqual({ clicks: 2, keys: 0 })
  })
})

test('a line that names no trace: said so, with every query, and it is one click further', async ({
  page,
  url,
}) => {
  await openOverview(page, url)
  await followExemplar(page, unnamed)
  await logsOfSpan(page).click()
  const tried = page.getByRole('region', { name: 'Logs of this span', exact: true })
  await expect(tried).toContainText('till-plain wrote 1 line at that time, but the id was not found in it')
  await expect(tried.getByRole('listitem').first()).toContainText(slowRequest(unnamed, endMs).traceId)
  await tried.getByRole('button', { name: 'Read the 1 line ± 30 s' }).click()
  await expect(logLines(page)).toContainText(words)
  expect(await deedsOf(page)).toEqual({ clicks: 4, keys: 0 })
})

for (const { loki, said } of [
  { loki: 'down', said: /Whether this span has log lines could not be asked\..*refused/ },
  { loki: 'of others', said: /Whether this span has log lines could not be asked\..*tenant/ },
] as const)
  test.describe(`a Loki that is ${loki}`, () => {
    test.use({ loki })
    test('the trace is there, and why its lines are not is said', async ({ page, url }) => {
      await openOverview(page, url)
      await followExemplar(page, withoutLogs)
      await expect(spanGrid(page).getByRole('row', { selected: true })).toContainText('POST /pay')
      await logsOfSpan(page).click()
      await expect(page.getByRole('region', { name: 'Logs of this span', exact: true })).toContainText(said)
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
    })
  })

/** Says on the page of connections where lines name their trace. */
async function sayTracePlace(page: Page, place: string, name: string): Promise<void> {
  const fact = page.getByRole('row').filter({ hasText: 'Trace id in logs' })
  await fact.getByRole('button', { name: /^Change/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: place }).click()
  await dialog.getByRole('combobox', { name: 'Name' }).fill(name)
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await expect(fact).toContainText('you said so')
}

test('an order id that looks like a trace id leads astray until that is put right, and never again', async ({
  page,
  url,
}) => {
  const { traceId } = slowRequest(withOrderId, endMs)
  await openOverview(page, url)
  await followExemplar(page, withOrderId)
  await logsOfSpan(page).click()
  await expect(logLines(page)).toContainText(words)
  const lines = page.url()
  await logLines(page).click()
  await page.getByRole('button', { name: /^Its trace/ }).click()
  await expect(page).toHaveURL(new RegExp(orderId))

  await page.getByRole('link', { name: 'Connections' }).click()
  await sayTracePlace(page, 'Field', 'request')
  await expect
    .poll(async () => Object.values((await keptPreferences(page)).facts ?? {}))
    .toEqual([{ trace: { in: 'field', name: 'request' } }])
  await page.goto(lines)
  await logLines(page).click()
  await page.getByRole('button', { name: /^Its trace/ }).click()
  await expect(page).toHaveURL(new RegExp(traceId))
})

for (const { variant, place, name, said } of [
  {
    variant: variants[0],
    place: 'Field',
    name: 'request',
    said: /^1 line: the id in metadata of any usual name, however spelled, ± 1 min\. The id stood in metadata trace_id\./,
  },
  {
    variant: variants[1],
    place: 'Metadata or label',
    name: 'trace_id',
    said: /^1 line: the id in the line, ± 1 min\. The id stood in the field traceID\./,
  },
])
  test(`a fact that was put wrong, to ${place}: the lines are found, and it can be put right at once`, async ({
    page,
    url,
  }) => {
    await page.goto(`${url}/connections`)
    const fact = page.getByRole('row').filter({ hasText: 'Trace id in logs' })
    await sayTracePlace(page, place, name)
    await openOverview(page, url)
    await followExemplar(page, variant)
    await logsOfSpan(page).click()
    await expect(logLines(page)).toContainText(words)
    await expect(told(page, said)).toBeVisible()
    expect((await deedsOf(page)).keys).toBe(0)
    await page.getByRole('button', { name: 'Remember that' }).click()
    await logLines(page).click()
    await page.getByRole('button', { name: /^Its trace/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveAccessibleName(`${variant.service} POST /pay`)
    await page.getByRole('link', { name: 'Connections' }).click()
    await expect(fact).toContainText(place === 'Field' ? 'metadata trace_id' : 'field traceID')
  })

test.describe('lines by a clock that is two minutes behind, on connecting', () => {
  let tempo: Backend
  let loki: Backend
  test.beforeAll(async () => {
    ;[tempo, loki] = await Promise.all([startBackend('tempo'), startBackend('loki')])
    await feedTracesAndLines([tempo], loki, behindTwice, endMs)
  })
  test.afterAll(() => Promise.all([tempo?.stop(), loki?.stop()]))

  test('whose clock it is, by how much, and why is among the facts before anything is opened', async ({
    page,
    url,
  }) => {
    const headers = { origin: url }
    const before = (await (await page.request.get(`${url}/api/sources`)).json()) as Source[]
    for (const { id } of before) await page.request.delete(`${url}/api/sources/${id}`, { headers })
    for (const { kind, url: address } of [tempo, loki]) {
      const data = sourceInput(kind as 'tempo' | 'loki', address)
      expect((await page.request.post(`${url}/api/sources`, { headers, data })).ok()).toBe(true)
    }
    await page.goto(`${url}/connections`)
    const clock = page
      .getByRole('table', { name: 'Learned facts' })
      .getByRole('row', { name: /^Clock till-behind/ })
    await expect(clock).toContainText('till-behind in Loki: 2 min behind')
    await expect(clock).toContainText('2 of 2 lines beside its spans')
  })
})
