/** The investigation as a file: saved with what its steps showed, and opened elsewhere with nothing running. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { zipOf } from '../builders/zip.ts'
import { expect, expectAxeClean, test } from './clew.ts'
import { chooseByKey } from './open-files.ts'
import {
  chips,
  json,
  manifest,
  named,
  openElsewhere,
  step,
  trace,
  traceId,
  stepTexts,
} from './saved-investigation.ts'

const charges = 'http_server_request_duration_seconds_bucket{job="payment-service"}'
const p99 = `histogram_quantile(0.99, sum by (le) (rate(${charges}[5m])))`
const exhausted = '{service_name="payment-service"} |= "pool exhausted"'

const services = (page: Page) => page.getByRole('table', { name: 'Services' }).getByRole('row')
const moved = (page: Page) => page.getByRole('region', { name: 'What moved first' })

const linesOfTrace = (page: Page) => page.getByRole('button', { name: /^\d+ log lines$/ })

/** By service, the colour of its row in the overview. */
const colors = (page: Page): Promise<Record<string, string>> =>
  services(page).evaluateAll((rows) =>
    Object.fromEntries(
      rows.flatMap((row) => {
        const swatch = row.querySelector('.sw')
        return swatch
          ? [[swatch.parentElement?.textContent ?? '', getComputedStyle(swatch).backgroundColor]]
          : []
      }),
    ),
  )

interface Saved {
  readonly chips: readonly string[]
  readonly colors: Readonly<Record<string, string>>
  /** The rows of the overview, with what moved first. */
  readonly services: readonly string[]
  readonly moved: string
  /** What the chart says of its values, which is all of them. */
  readonly chart: string
  /** How many log lines the trace has, as its button says. */
  readonly traceLines: string
}

/** From the overview, on which it opens: a chart, a search, log lines, a trace, the map; then the file of it. */
async function save(page: Page, url: string, to: string): Promise<Saved> {
  await expect(chips(page)).toHaveText([/Overview\d+ services/])
  await expect(services(page).getByRole('link', { name: 'payments-db pool 20 / 20' })).toBeVisible()
  await expect(moved(page)).toContainText('payments-db')
  const shown = {
    services: await services(page).allInnerTexts(),
    moved: await moved(page).innerText(),
    colors: await colors(page),
  }
  expect(Object.keys(shown.colors)).toHaveLength(12)
  await page.goto(`${url}/metrics?${new URLSearchParams({ p: `lines::${p99}` })}`)
  await expect(chips(page).nth(1)).toHaveText(/p99 of payment-service\d/)
  // Its exemplars come a moment after its line.
  await expect(page.getByRole('button', { name: /^Exemplar \d+ of \d+/ })).toBeVisible()
  const chart = await page.getByRole('figure').innerText()
  const search = { service: 'payment-service', min: '4000000000', from: 'now-1h', to: 'now' }
  await page.goto(`${url}/traces?${new URLSearchParams(search)}`)
  await expect(chips(page).nth(2)).toHaveText(/traces$/)
  await page.goto(`${url}/logs?${new URLSearchParams({ query: exhausted, from: 'now-1h', to: 'now' })}`)
  await expect(chips(page).nth(3)).toHaveText(/Lines of payment-service[\d,]+ lines/)
  await page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row').nth(1).click()
  await page.keyboard.press('t')
  await expect(chips(page).nth(4)).toHaveText(/ s$/)
  const traceLines = await linesOfTrace(page).innerText()
  await page.keyboard.press('Shift+N')
  await page.keyboard.type('It waits for a connection.')
  await page.keyboard.press('Control+Enter')

  await page.goto(`${url}/map`)
  await expect(chips(page).nth(5)).toHaveText(/Who calls whom\d+ calls/)

  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'Save investigation' })
  await expect(dialog).toContainText(/Traces\d+ traces/, { timeout: 150_000 })
  await expectAxeClean(page)
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as file' }).click()
  await (await download).saveAs(to)
  return { ...shown, chips: await stepTexts(page), chart, traceLines }
}

test.describe('with the demo shop', () => {
  test.use({ clewArgs: ['--demo', 'pool-exhaustion'] })
  test.slow()

  test('it is saved, opens elsewhere with nothing running, every step shows the same, and is asked anew', async ({
    page,
    url,
    browser,
    profile,
  }) => {
    const file = join(profile, 'checkout.clew')
    const saved = await save(page, url, file)

    const { page: other, clew } = await openElsewhere(browser, file, join(profile, 'elsewhere'))
    await expect(other).toHaveURL(/\/investigation\?file=/)
    const steps = other.getByRole('region', { name: 'Steps' }).getByRole('listitem')
    await expect(steps).toHaveCount(6)
    await expect(steps.nth(4)).toContainText('It waits for a connection.')
    await expect(chips(other)).toHaveText([...saved.chips])

    // As slides: what is known, then each step over the whole window, by keys.
    await other.getByRole('button', { name: 'Present' }).click()
    const slides = other.getByRole('dialog', { name: 'Presentation' })
    await expect(slides).toContainText('1 of 7')
    await other.keyboard.press('ArrowRight')
    await other.keyboard.press('PageDown')
    await expect(slides.getByRole('heading')).toContainText('p99 of payment-service')
    await expect(slides.getByRole('img')).toHaveAttribute('src', /svg.*%3Cpath/)
    await expectAxeClean(other)
    await other.keyboard.press('ArrowLeft')
    await other.keyboard.press('End')
    await expect(slides).toContainText('7 of 7')
    await other.keyboard.press('PageUp')
    await expect(slides).toContainText('It waits for a connection.')
    await other.keyboard.press('Escape')
    await expect(slides).toHaveCount(0)

    // What each showed stands below it, asked of the file.
    for (const at of [1, 4])
      await expect(steps.nth(at).getByRole('img')).toHaveAttribute('src', /svg.*%3Cpath|svg.*%3Crect/)
    await expect(steps.nth(3)).toContainText(/ERROR\s*connection pool exhausted/)
    await expectAxeClean(other)

    // Each step again: what it showed is counted anew from the file.
    const main = other.getByRole('main')
    const shown = [
      async () => {
        await expect(services(other)).toHaveText([...saved.services], { useInnerText: true })
        await expect(moved(other)).toHaveText(saved.moved, { useInnerText: true })
        expect(await colors(other)).toEqual(saved.colors)
      },
      () => expect(other.getByRole('figure')).toHaveText(saved.chart, { useInnerText: true }),
      () => expect(other.getByRole('contentinfo')).toContainText(/100 traces from 1 of 1 source/),
      () => expect(main).toContainText('90 lines from'),
      async () => {
        await expect(main).toContainText('pool.acquire')
        await expect(linesOfTrace(other)).toHaveText(saved.traceLines, { useInnerText: true })
      },
      // Of more traces than are in the file.
      () => expect(other.getByRole('contentinfo')).toContainText(/services, \d+ calls from .*\.clew/),
    ]
    for (const [at, isThere] of shown.entries()) {
      await chips(other).nth(at).getByRole('link').click()
      await isThere()
      await expect.poll(() => stepTexts(other)).toEqual(saved.chips)
    }
    await chips(other).nth(4).getByRole('link').click()
    await expect(other.getByRole('treegrid', { name: 'Spans' })).toContainText('payments-db')

    // Other questions, and ways between the signals.
    await other.keyboard.press('l')
    await expect(other).toHaveURL(/\/logs\?/)
    await expect(other.getByRole('treegrid', { name: 'Log lines' })).toContainText('pool exhausted')
    const source = new URL(other.url()).searchParams.get('source') ?? ''
    const p50 = p99.replace('0.99', '0.5')
    await other.goto(
      `${clew.url}/metrics?${new URLSearchParams({ p: `lines:${encodeURIComponent(source)}:${p50}` })}`,
    )
    await expect(chips(other).last()).toHaveText(/p50 of payment-service\d/)
    await other.reload()
    await expect(other.getByRole('figure')).toContainText('1 line')

    // The page of a service is made of what its row was.
    await chips(other).first().getByRole('link').click()
    await services(other).filter({ hasText: 'payments-db pool' }).getByRole('link', { name: /^Open/ }).click()
    await expect(other.getByRole('region', { name: 'payments-db' })).toContainText('20 at most')
    await clew.stop()
  })
})

test.describe('beside a run of the demo shop that is called as the one it was saved from', () => {
  test.use({ clewArgs: ['--demo', 'healthy:7'] })

  test('its steps are asked of the file alone: while it is read, while another one fails, and on the map', async ({
    page,
    profile,
  }) => {
    const query = 'sum(rate(http_server_request_duration_seconds_count[421s]))'
    // What the demo shop was asked of that stands in the steps.
    const asked: string[] = []
    page.on('request', (request) => {
      const text = decodeURIComponent(`${request.url()} ${request.postData() ?? ''}`)
      if (/sources\/demo.*(\[421s\]|\/traces\/5b8efff|\/dependencies)/.test(text)) asked.push(text)
    })
    const demo = { sources: ['Demo shop'], window: { startMs: 1_793_000_000_000, endMs: 1_793_000_060_000 } }
    const panel = new URLSearchParams({ p: `lines:${encodeURIComponent('demo:healthy:7')}:${query}` })
    const steps = [
      { ...step, ...demo, id: 'a', place: `/metrics?${panel}`, signal: 'metric', title: 'requests' },
      { ...step, ...demo, id: 'b', place: `/trace?source=demo%3Ahealthy%3A7&id=${traceId}`, parent: 'a' },
      { ...step, ...demo, id: 'c', place: '/map', signal: 'map', title: 'Who calls whom', parent: 'b' },
      ...[
        '/overview',
        '/service?service=payment-service',
        '/logs?query={service_name="payment-service"}',
      ].map((place, at) => ({
        ...step,
        ...demo,
        id: `d${at}`,
        place,
        title: place,
        parent: at === 0 ? 'c' : `d${at - 1}`,
      })),
    ]
    const whole = join(profile, 'whole.clew')
    await writeFile(
      whole,
      zipOf([
        {
          path: 'manifest.json',
          content: json({ ...manifest, thread: { ...manifest.thread, steps, tip: 'd2' } }),
        },
        { path: `traces/${traceId}.json`, content: json(trace) },
      ]),
    )
    const broken = join(profile, 'broken.clew')
    await writeFile(broken, (await readFile(whole)).subarray(0, 60))

    // Both stay on their way to be a source for now.
    const held = Promise.withResolvers<undefined>()
    await page.route('**/api/opened**', async (route) => {
      await held.promise
      // One that was given up meanwhile.
      await route.continue().catch(() => undefined)
    })
    await chooseByKey(page, whole)
    const list = page.getByRole('region', { name: 'Steps' }).getByRole('listitem')
    await expect(list).toHaveCount(6)
    await expect(list.nth(0)).toContainText('Shown once the file has been read.')
    await chooseByKey(page, broken)
    await expect(page.getByText(/broken\.clew/).first()).toBeVisible()
    for (const at of [0, 1])
      await expect(list.nth(at)).toContainText('The file it was asked of has not been read')
    held.resolve(undefined)
    const notOpened = page.getByRole('alert', { name: 'Not opened' })
    await expect(notOpened).toContainText('broken.clew')
    await notOpened.getByRole('button', { name: /^Close/ }).click()

    // What gave way goes on by itself.
    await expect(page.getByRole('button', { name: 'answering whole.clew' })).toBeVisible()
    await expect(list.nth(1).getByRole('img')).toHaveAttribute('src', /svg.*%3Crect/)
    expect(asked).toEqual([])
    for (const [at, what] of ['metrics', 'metrics', 'log lines'].entries()) {
      await chips(page)
        .nth(3 + at)
        .getByRole('link')
        .click()
      await expect(page.getByText(`whole.clew holds no ${what}.`)).toBeVisible()
      await expect(page.getByRole('button', { name: 'Show what it holds' })).toBeVisible()
    }
    await chips(page).nth(2).getByRole('link').click()
    await expect(page.getByRole('button', { name: 'Of whole.clew: ask all sources' })).toBeVisible()
    await expectAxeClean(page)
    expect(asked).toEqual([])
    await page.getByRole('button', { name: 'Of whole.clew: ask all sources' }).click()
    await expect.poll(() => asked.length).toBeGreaterThan(0)
  })
})

test('the thread that an opened one takes the place of is kept, and can be gone back to', async ({
  browser,
  profile,
}) => {
  const [one, other] = ['one', 'other'].map((name) => join(profile, `${name}.clew`))
  await writeFile(one, zipOf([{ path: 'manifest.json', content: json(named('First')) }]))
  await writeFile(other, zipOf([{ path: 'manifest.json', content: json(named('Second')) }]))
  const first = await openElsewhere(browser, one, profile)
  await expect(first.page.getByLabel('Name of the investigation')).toHaveValue('First')
  await first.clew.stop()
  const { page, clew } = await openElsewhere(browser, other, profile)
  await expect(page.getByLabel('Name of the investigation')).toHaveValue('Second')
  await page.getByRole('button', { name: 'Earlier' }).click()
  await page.getByRole('menuitem', { name: /^First/ }).click()
  await expect(page.getByLabel('Name of the investigation')).toHaveValue('First')
  await clew.stop()
})
