/** An investigation of real servers as a file: opened where none of them is, every step shows the same, and can be asked anew. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startClew } from '../e2e/clew.ts'
import { expect, spanGrid, test } from './pages.ts'

const chips = (page: Page) => page.getByRole('navigation', { name: 'Thread' }).getByRole('listitem')
/** Steps that were gone back from say so. */
const stepTexts = async (page: Page): Promise<string[]> =>
  (await chips(page).allTextContents()).map((text) => text.replace(', ahead', ''))

const bucket = 'http_server_request_duration_seconds_bucket{job="payment-service"}'
const quantile = (q: number): string => `histogram_quantile(${q}, sum by (le) (rate(${bucket}[5m])))`
const waits = '{service_name="payment-service"} |= "pool exhausted"'
const counted = `sum(count_over_time(${waits}[5m]))`

test('saved from Prometheus, Loki, Tempo and Jaeger, and opened without them', async ({
  page,
  url,
  servers,
  story,
  browser,
  profile,
}) => {
  test.slow()
  const list = (await (await page.request.get(`${url}/api/sources`)).json()) as {
    readonly id: string
    readonly url?: string
  }[]
  const idOf = (server: { readonly url: string }): string =>
    encodeURIComponent(list.find((one) => one.url === server.url)?.id ?? '')
  const when: [string, string][] = [
    ['from', String(story.startMs)],
    ['to', String(story.endMs)],
  ]
  const places = [
    `/metrics?${new URLSearchParams([['p', `lines:${idOf(servers.prometheus)}:${quantile(0.99)}`], ...when])}`,
    // A chart of a Loki does not have to say that it asks in LogQL.
    `/metrics?${new URLSearchParams([['p', `lines:${idOf(servers.loki)}:${counted}`], ...when])}`,
    `/logs?${new URLSearchParams([['query', waits], ...when])}`,
    `/traces?${new URLSearchParams([['service', 'payment-service'], ...when])}`,
    `/trace?${new URLSearchParams({ source: idOf(servers.tempo), id: story.tempo.incident.traceId })}`,
    `/map?${new URLSearchParams(when)}`,
  ]
  // What was found is said once all have answered.
  const found = [/payment-service\d.* m?s$/, /\)\d+$/, /\d lines$/, /\d traces$/, /\d m?s$/, /\d calls$/]
  const figures: string[] = []
  for (const [at, place] of places.entries()) {
    await page.goto(url + place)
    await expect(chips(page)).toHaveCount(at + 1)
    await expect(chips(page).nth(at)).toHaveText(found[at])
    // Of a trace that is still being read less is said.
    if (place.startsWith('/trace?')) await expect(spanGrid(page)).toContainText('pool.acquire')
    await expect(page.getByRole('progressbar')).toHaveCount(0)
    if (place.startsWith('/metrics')) figures.push(await page.getByRole('figure').innerText())
  }
  const shown = await stepTexts(page)

  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'Save investigation' })
  await expect(dialog).toContainText(/Traces\d+ traces/, { timeout: 120_000 })
  await expect(dialog.getByText('Not in the file')).toHaveCount(0)
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as file' }).click()
  const file = join(profile, 'incident.clew')
  await (await download).saveAs(file)

  // Nothing is connected here, and nothing but this Clew can be reached.
  const clew = await startClew([file], join(profile, 'elsewhere'))
  const context = await browser.newContext()
  const reached: string[] = []
  await context.route(
    (to) => !to.href.startsWith(new URL(clew.url).origin),
    (route) => {
      reached.push(route.request().url())
      return route.abort()
    },
  )
  const other = await context.newPage()
  await other.goto(clew.address)
  await expect(chips(other)).toHaveText(shown)
  for (const at of places.keys()) {
    await chips(other).nth(at).getByRole('link').click()
    await expect(other.getByRole('progressbar')).toHaveCount(0)
    if (at < figures.length)
      await expect(other.getByRole('figure')).toHaveText(figures[at], { useInnerText: true })
    // The numbers of each step are told again by what the file answers.
    await expect.poll(() => stepTexts(other)).toEqual(shown)
  }

  await chips(other).nth(4).getByRole('link').click()
  await expect(spanGrid(other)).toContainText('pool.acquire')
  await other.keyboard.press('l')
  await expect(other.getByRole('treegrid', { name: 'Log lines' })).toContainText('pool exhausted')
  const source = new URL(other.url()).searchParams.get('source') ?? ''
  const anew = `lines:${encodeURIComponent(source)}:${quantile(0.5)}`
  await other.goto(`${clew.url}/metrics?${new URLSearchParams([['p', anew], ...when])}`)
  await expect(chips(other).last()).toHaveText(/p50 of payment-service\d/)
  expect(reached).toEqual([])
  await clew.stop()
})
