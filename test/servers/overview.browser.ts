/** The overview, a service and its cardinality on a real Prometheus, the newest and Debian's: every number against the requests that were sent. */
import { existsSync } from 'node:fs'
import type { Locator } from '@playwright/test'
import { formatShortTime } from '#shared/derive/clock-times'
import { formatCount } from '#shared/derive/quantities'
import { expect, test as base } from '../e2e/clew.ts'
import { type Backend, startBackend } from './backends.ts'
import { waitUntil } from './feed.ts'
import { remoteWrite } from './promql/remote-write.ts'
import { figureCells } from './requests/figures.ts'
import { incidentMs, type SentRequest, writeRequests } from './requests/requests.ts'
import { boundsSeconds, seriesOf, tracedOf } from './requests/series.ts'
import { debianPrometheusFile } from './versions.ts'

/** So long before the end of the window the counters were read for the last time. */
const lateMs = 7_000
const endMs = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
const window = { startMs: endMs - 3_600_000, endMs }
const requests = writeRequests(endMs)
const time = `from=${window.startMs}&to=${window.endMs}`

/** The texts of a row's cells, without those that hold a drawing or buttons. */
const textsOf = async (row: Locator): Promise<readonly string[]> => {
  const texts = await row.getByRole('cell').allTextContents()
  return [0, 2, 3, 5, 6, 7, 8, 10, 11].map((at) => texts[at])
}

const of = (wanted: Partial<SentRequest>): readonly SentRequest[] =>
  requests.filter((request) =>
    Object.entries(wanted).every(([name, value]) => request[name as keyof SentRequest] === value),
  )

for (const { name, isDebian } of [
  { name: 'the newest Prometheus', isDebian: false },
  { name: "Debian's Prometheus", isDebian: true },
])
  base.describe(name, () => {
    let prometheus: Backend
    const test = base.extend({
      // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
      clewArgs: async ({}, use) => use(['--no-open', '--connect', `prometheus=${prometheus.url}`]),
    })
    test.skip(
      isDebian && !existsSync(debianPrometheusFile),
      'Its package cannot be had here; the build said why.',
    )
    test.beforeAll(async () => {
      prometheus = await startBackend('prometheus', { debian: isDebian })
      await remoteWrite(prometheus.url, seriesOf(requests, endMs, lateMs))
      await waitUntil('Prometheus to hold the last reading', async () => {
        const query = `sum(http_server_request_duration_seconds_count)&time=${endMs / 1_000}`
        const answer = await fetch(`${prometheus.url}/api/v1/query?query=${query}`)
        const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } }
        const read = requests.filter((request) => request.endMs <= endMs - lateMs).length
        return Number(data.result.at(0)?.value[1]) === read
      })
    })
    test.afterAll(() => prometheus?.stop())

    test('the overview says of each service what its requests say, what got worse first', async ({
      page,
      url,
    }) => {
      await page.goto(`${url}/overview?${time}`)
      const table = page.getByRole('table', { name: 'Services' })
      const rows = table.getByRole('row')
      await expect(rows).toHaveCount(4)
      await expect(rows.nth(1)).toContainText('order')
      for (const service of ['order', 'payment', 'cart']) {
        const row = rows.filter({ has: page.getByRole('button', { name: service, exact: true }) })
        expect(await textsOf(row)).toEqual(figureCells(service, of({ service }), window, lateMs))
      }
      // What is counted at fifteen seconds is the rate of requests as they came, but for what lies at the edges.
      const came = of({ service: 'order' }).filter((one) => one.endMs > endMs - 300_000).length / 300
      const told = Number.parseFloat((await textsOf(rows.nth(1)))[1])
      expect(Math.abs(told - came) / came).toBeLessThan(0.06)
    })

    test('its exemplars are those of the requests of the window', async ({ page, url }) => {
      await page.goto(`${url}/overview?${time}&service=payment`)
      const kept = tracedOf(requests).filter(
        (one) => one.service === 'payment' && one.endMs >= window.startMs && one.endMs <= endMs,
      )
      await expect(page.getByRole('region', { name: 'payment latency' })).toContainText(
        `${formatCount(kept.length)} exemplars`,
      )
    })

    test('a service says of each operation and instance what its requests say', async ({ page, url }) => {
      await page.goto(`${url}/service?service=order&${time}`)
      const operations = page.getByRole('table', { name: 'Operations' }).getByRole('row')
      await expect(operations).toHaveCount(4)
      expect(await textsOf(operations.nth(1))).toEqual(
        figureCells('All requests', of({ service: 'order' }), window, lateMs),
      )
      for (const [at, method, route] of [
        [2, 'POST', '/orders'],
        [3, 'GET', '/orders/{id}'],
      ] as const)
        expect(await textsOf(operations.nth(at))).toEqual(
          figureCells(`${method} ${route}`, of({ service: 'order', route }), window, lateMs),
        )
      const instances = page.getByRole('table', { name: 'Instances' }).getByRole('row')
      await expect(instances).toHaveCount(3)
      for (const instance of ['order-a', 'order-b'])
        expect(await textsOf(instances.filter({ hasText: instance }))).toEqual(
          figureCells(instance, of({ instance }), window, lateMs),
        )
    })

    test('what moved first is the service that slowed down, at the minute it did', async ({ page, url }) => {
      await page.goto(`${url}/overview?${time}`)
      const moves = page.getByRole('region', { name: 'What moved first' }).getByRole('listitem')
      await expect(moves).toHaveCount(2)
      await expect(moves.filter({ hasText: 'p99' })).toContainText('order')
      await expect(moves.filter({ hasText: 'failing requests' })).toContainText('order 0 %')
      // A p99 of five minutes rises with the first slow requests, failures when there are enough of them.
      const minutes = [0, 1, 2, 3].map((late) => formatShortTime(endMs - incidentMs + late * 60_000, 'local'))
      for (const at of [0, 1]) await expect(moves.nth(at)).toContainText(new RegExp(minutes.join('|')))
    })

    test('cardinality counts the series that were written', async ({ page, url }) => {
      const ways = new Set(
        requests.map(({ instance, route, isFailed }) => JSON.stringify([instance, route, isFailed])),
      ).size
      const instances = new Set(requests.map(({ route, isFailed }) => JSON.stringify([route, isFailed]))).size
      await page.goto(`${url}/cardinality`)
      const metrics = page.getByRole('table', { name: 'Metrics' })
      const buckets = metrics.getByRole('row', { name: /_bucket/ }).getByRole('cell')
      const held = formatCount(ways * boundsSeconds.length)
      await expect(buckets.nth(1)).toHaveText(held)
      await expect(buckets.nth(2)).toHaveText(held)
      const labels = page.getByRole('table', { name: /^Labels of .*_bucket$/ })
      const row = labels.getByRole('row', { name: /^instance/ }).getByRole('cell')
      await expect(row.nth(3)).toHaveText(formatCount(instances * boundsSeconds.length))
    })
  })
