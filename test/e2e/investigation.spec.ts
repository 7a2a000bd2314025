/** The investigation as a file: saved with what its steps showed, and opened elsewhere with nothing running. */
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { zipOf } from '../builders/zip.ts'
import { expect, expectAxeClean, startClew, test } from './clew.ts'
import { chooseByKey, openFiles } from './open-files.ts'

const trail = (page: Page) => page.getByRole('navigation', { name: 'Thread' })
const chips = (page: Page) => trail(page).getByRole('listitem')

const charges = 'http_server_request_duration_seconds_bucket{job="payment-service"}'
const p99 = `histogram_quantile(0.99, sum by (le) (rate(${charges}[5m])))`
const exhausted = '{service_name="payment-service"} |= "pool exhausted"'

/** Steps that were gone back from say so. */
const stepTexts = async (page: Page): Promise<string[]> =>
  (await chips(page).allTextContents()).map((text) => text.replace(', ahead', ''))

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

/** A Clew of its own with the file, and nothing else. */
async function openElsewhere(browser: Browser, file: string, profile: string) {
  const clew = await startClew([file], profile)
  const page = await (await browser.newContext()).newPage()
  await page.goto(clew.address)
  return { page, clew }
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

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const traceId = '5b8efff798038103d269b633813fc60c'
const trace = {
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
const step = {
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
const manifest = {
  kind: 'clew-investigation',
  version: 1,
  thread: { id: 't', name: 'Payment', summary: '- It fails: step 1', steps: [step], current: 'a', tip: 'a' },
}

const named = (name: string) => ({ ...manifest, thread: { ...manifest.thread, id: name, name } })

for (const [what, version, sentence] of [
  ['of a newer Clew', 7, 'saved by a newer Clew (format 7; this one reads up to 1)'],
  ['of no version', 'vNext', 'its version is "vNext", and should be a number'],
] as const)
  test(`one ${what} is refused in a sentence, and what is there stays`, async ({ browser, profile }) => {
    const file = join(profile, 'other.clew')
    await writeFile(file, zipOf([{ path: 'manifest.json', content: json({ ...manifest, version }) }]))
    const { page, clew } = await openElsewhere(browser, file, profile)
    await expect(page.getByRole('main')).toContainText(sentence)
    await expectAxeClean(page)
    await clew.stop()
  })

test('one without a step is a saved investigation all the same: traces and lines, and what became of its steps', async ({
  browser,
  profile,
}) => {
  const file = join(profile, 'empty.clew')
  await writeFile(
    file,
    zipOf([
      { path: 'manifest.json', content: json({ ...manifest, thread: [] }) },
      { path: `traces/${traceId}.json`, content: json(trace) },
    ]),
  )
  const { page, clew } = await openElsewhere(browser, file, profile)
  const lost = page
    .getByRole('main')
    .getByRole('status')
    .filter({ hasText: 'This is a saved investigation, but its list of steps cannot be read.' })
  await expect(lost).toBeVisible()
  await expect(page.getByRole('main')).toContainText('POST /pay')
  await expectAxeClean(page)
  await page.reload()
  await expect(lost).toBeVisible()
  // Its own page says so too, and leads to what is left.
  await page.goto(page.url().replace('/files', '/investigation'))
  await expect(lost).toBeVisible()
  await page.getByRole('button', { name: 'Show what is in it' }).click()
  await expect(page.getByRole('main')).toContainText('POST /pay')
  await clew.stop()
})

test('what is in the file is counted, not believed; of two manifests the first is read, which is said', async ({
  browser,
  profile,
}) => {
  const file = join(profile, 'boasting.clew')
  const holds = { traces: 900, lines: 70_000, series: 5 }
  await writeFile(
    file,
    zipOf([
      { path: 'manifest.json', content: json({ ...manifest, holds }) },
      { path: 'manifest.json', content: json(named('Another')) },
      { path: `traces/${traceId}.json`, content: json(trace) },
    ]),
  )
  const { page, clew } = await openElsewhere(browser, file, profile)
  await expect(page.getByRole('status').filter({ hasText: /^Opened/ })).toHaveText(
    'Opened 1 step. The file holds 2 manifests: the first one was read.',
  )
  await expect(page.getByLabel('Name of the investigation')).toHaveValue('Payment')
  await expect(page.getByRole('region', { name: 'In the file' })).toHaveText(
    /Traces1 traceLog lines0 linesMetric series0 series/,
  )
  await expect(page.getByRole('main')).toContainText(
    /It was saved with 900 traces, 70.000 lines and 5 series; 1 trace, 0 lines and 0 series could be read\./,
  )
  await expectAxeClean(page)
  await clew.stop()
})

test('a damaged one opens as far as it goes: steps, traces, and which parts could not be read', async ({
  browser,
  profile,
}) => {
  const file = join(profile, 'damaged.clew')
  const steps = [step, { ...step, id: 'b', place: 7 }]
  const damaged = { ...manifest, thread: { ...manifest.thread, steps } }
  await writeFile(
    file,
    zipOf([
      { path: 'manifest.json', content: json(damaged) },
      { path: `traces/${traceId}.json`, content: json(trace) },
      { path: 'logs/lines.json', content: json({ resourceLogs: [] }), size: 9_999 },
      { path: '../../etc/passwd', content: json({}) },
    ]),
  )
  const { page, clew } = await openElsewhere(browser, file, profile)
  await expect(page.getByRole('status').filter({ hasText: /^Opened/ })).toContainText(
    '1 step could not be read',
  )
  const known = page.getByRole('region', { name: 'What we know' })
  await expect(known).toContainText('It fails: step 1')
  await expect(page.getByRole('main')).toContainText(/2 parts of the file could not.*logs\/lines\.json/)
  // It stays said: after a reload, and where the address does not name the file.
  const lasting = page.getByRole('main').getByRole('status').filter({ hasText: 'is damaged' })
  await expect(lasting).toContainText('1 step could not be read. The file › ../../etc/passwd has a path')
  await expectAxeClean(page)
  await page.reload()
  await expect(lasting).toContainText('1 step could not be read')
  await page.getByRole('link', { name: 'Metrics' }).click()
  await page.getByRole('link', { name: 'Investigation' }).click()
  await expect(page).toHaveURL(/\/investigation$/)
  await expect(lasting).toContainText('1 step could not be read')
  await expect(page.getByRole('main')).toContainText(/2 parts of the file could not.*logs\/lines\.json/)
  await known.getByRole('link', { name: 'step 1' }).click()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('POST /pay')
  await clew.stop()

  // Without its manifest it is a zip of traces and lines.
  const other = join(profile, 'other.clew')
  await writeFile(other, zipOf([{ path: `traces/${traceId}.json`, content: json(trace) }]))
  const opened = await openElsewhere(browser, other, profile)
  await expect(opened.page.getByRole('treegrid', { name: 'Spans' })).toContainText('POST /pay')
  await opened.clew.stop()
})

test('one that was cut off says so at once, with the steps and the traces that stand before the cut', async ({
  browser,
  profile,
}) => {
  const file = join(profile, 'cut.clew')
  const whole = zipOf([
    { path: 'manifest.json', content: json(manifest) },
    { path: `traces/${traceId}.json`, content: json(trace) },
    { path: 'logs/lines.json', content: json({ resourceLogs: [] }) },
  ])
  await writeFile(file, whole.subarray(0, Buffer.from(whole).indexOf('logs/lines.json')))
  const { page, clew } = await openElsewhere(browser, file, profile)
  // Before it is read for queries.
  await page.route('**/api/opened**', () => undefined)
  const lasting = page.getByRole('main').getByRole('status').filter({ hasText: 'is damaged' })
  await expect(lasting).toContainText('The file is cut off or damaged: its list of files cannot be read.')
  await page.unrouteAll()
  const known = page.getByRole('region', { name: 'What we know' })
  await known.getByRole('link', { name: 'step 1' }).click()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('POST /pay')
  await clew.stop()
})

test('one whose series are damaged says so where they were charted, with lines beside them or without', async ({
  browser,
  profile,
}) => {
  const chart = {
    ...step,
    place: '/metrics?p=lines:prom:sum(rate(requests_total%5B5m%5D))&from=1793000000000&to=1793000060000',
    signal: 'metric',
    title: 'rate of requests',
    sources: ['Prometheus'],
  }
  const record = { timeUnixNano: '1793000000100000000', body: { stringValue: 'the card was declined' } }
  const parts = [
    { path: 'manifest.json', content: json({ ...manifest, thread: { ...manifest.thread, steps: [chart] } }) },
    { path: `traces/${traceId}.json`, content: json(trace) },
    { path: 'metrics/series.json', content: json({ status: 'success', data: 'damaged' }) },
  ]
  const lines = { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }
  const withLines = [...parts, { path: 'logs/lines.json', content: json(lines) }]
  for (const [name, all] of [
    ['traces.clew', parts],
    ['lines.clew', withLines],
  ] as const) {
    const file = join(profile, name)
    await writeFile(file, zipOf(all))
    const { page, clew } = await openElsewhere(browser, file, join(profile, `of ${name}`))
    await expect(page.getByRole('status').filter({ hasText: /^Opened 1 step/ })).toBeVisible()
    await chips(page).first().getByRole('link').click()
    const main = page.getByRole('main')
    await expect(main).toContainText(`No series of metrics could be read from ${name}.`)
    await expect(main).toContainText('Open another copy of it')
    await expect(main).not.toContainText('did not understand')
    await expectAxeClean(page)
    await clew.stop()
  }
})

test('what its sources call things is learned of an opened one however old it is, and what was said of them is said of it', async ({
  browser,
  profile,
}) => {
  const lines = {
    resourceLogs: [
      {
        resource: {
          attributes: [
            { key: 'app', value: { stringValue: 'checkout' } },
            { key: 'loki.resource.labels', value: { stringValue: 'app' } },
          ],
        },
        scopeLogs: [
          {
            logRecords: [
              {
                timeUnixNano: '1793000000100000000',
                body: { stringValue: 'the card was declined' },
                attributes: [{ key: 'request_trace', value: { stringValue: traceId } }],
              },
            ],
          },
        ],
      },
    ],
  }
  const file = join(profile, 'named.clew')
  // The name of the id is no usual one: a person said it.
  const logFacts = { loki: { trace: { in: 'metadata', name: 'request_trace' } } }
  await writeFile(
    file,
    zipOf([
      { path: 'manifest.json', content: json({ ...manifest, logFacts }) },
      { path: `traces/${traceId}.json`, content: json(trace) },
      { path: 'logs/lines.json', content: json(lines) },
    ]),
  )
  const { page, clew } = await openElsewhere(browser, file, profile)
  await expect(page.getByRole('button', { name: `answering ${basename(file)}` })).toBeVisible()
  await chips(page).first().getByRole('link').click()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('POST /pay')
  await page.keyboard.press('l')
  await expect(page).toHaveURL(/\/logs\?/)
  expect(new URL(page.url()).searchParams.get('query')).toContain(
    `{app="checkout"} | request_trace="${traceId}"`,
  )
  await expect(page.getByRole('treegrid', { name: 'Log lines' })).toContainText('the card was declined')
  await clew.stop()
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

test('an opened one is saved again without what nobody else should see; equal things stay equal', async ({
  browser,
  profile,
}) => {
  const file = join(profile, 'open.clew')
  const noted = {
    ...step,
    note: 'user=ada@example.com paid twice',
    place: `/trace?id=${traceId}&span=eee19b7ec3c1b174`,
  }
  await writeFile(
    file,
    zipOf([
      {
        path: 'manifest.json',
        content: json({ ...manifest, thread: { ...manifest.thread, steps: [noted] } }),
      },
      { path: `traces/${traceId}.json`, content: json(trace) },
    ]),
  )
  const first = await openElsewhere(browser, file, profile)
  await expect(first.page.getByRole('button', { name: `answering ${basename(file)}` })).toBeVisible()
  // On its own page all of it stands beside the steps.
  await first.page.getByRole('button', { name: 'Save as file' }).click()
  const beside = first.page.getByRole('complementary', { name: 'Summary and file' })
  const counted = (rule: string) =>
    beside.getByRole('region', { name: 'Redact' }).getByText(rule).locator('..').locator('..')
  await expect(counted('E-mail addresses')).toContainText('1 value, 2 places')
  // As what is taken out: once.
  await expect(counted('User names')).toContainText('none')
  await beside.getByLabel('Attribute, text or /pattern/').fill('/POST .pay/')
  await first.page.keyboard.press('Enter')
  await beside.getByRole('button', { name: 'Preview' }).click()
  await expect(beside).toContainText('ada@example.com → email-1')
  await expect(beside).toContainText('POST /pay → redacted-1')
  await expectAxeClean(first.page)
  const download = first.page.waitForEvent('download')
  await first.page.getByRole('button', { name: 'Save as file' }).click()
  const saved = join(profile, 'saved.clew')
  await (await download).saveAs(saved)
  await first.clew.stop()

  const { page, clew } = await openElsewhere(browser, saved, join(profile, 'elsewhere'))
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText('email-1 paid twice')
  await chips(page).first().getByRole('link').click()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('redacted-1')
  await expect(page.getByRole('main')).toContainText('email-1')
  await expect(page.locator('body')).not.toContainText('ada@example.com')
  await clew.stop()
})

const order = {
  ...trace,
  resourceSpans: [
    {
      ...trace.resourceSpans[0],
      scopeSpans: [
        {
          spans: [
            {
              ...trace.resourceSpans[0].scopeSpans[0].spans[0],
              traceId: traceId.replace('5b', '6b'),
              name: 'GET /order',
            },
          ],
        },
      ],
    },
  ],
}
const opened = {
  'traces.jsonl': `${JSON.stringify(trace)}\noops\n${JSON.stringify(order)}\n`,
  'shop.log':
    'no line\nlevel=info ts=2026-10-26T07:33:20.010Z msg="hello ada@example.com"\nlevel=warn ts=2026-10-26T07:33:20.020Z msg="slow pool"\n',
  'up.json': JSON.stringify({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: [
        {
          metric: { __name__: 'pool_size', job: 'checkout' },
          values: [
            [1_793_000_000, '7'],
            [1_793_000_060, '9'],
          ],
        },
      ],
    },
  }),
}

const list = (of: Page) => of.getByRole('list', { name: 'Files' }).getByRole('listitem')

/** Saves what was listed of the opened files. */
const saveListed = async (of: Page, to: string): Promise<string> => {
  await of.keyboard.press('Control+s')
  const dialog = of.getByRole('dialog', { name: 'Save investigation' })
  await expect(dialog).toContainText(/Traces2 tracesLog lines2 linesMetric series1 series/)
  await expect(dialog.getByRole('region', { name: 'Not in the file' })).toHaveCount(0)
  const download = of.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as file' }).click()
  await (await download).saveAs(to)
  return to
}

test('files that were only listed are in it: elsewhere the list is the same, and they are searched and queried; twice', async ({
  page,
  url,
  browser,
  profile,
}) => {
  test.slow()
  await page.goto(url)
  await openFiles(page, opened)
  await expect(list(page)).toHaveCount(3)
  await expect(list(page).nth(2)).toContainText('1 series')
  await expect(chips(page)).toHaveText([/traces\.jsonl.*2 traces/])
  const said = (await list(page).allInnerTexts()).map((text) => text.replaceAll('ada@example.com', 'email-1'))
  expect(said.join('\n')).toMatch(
    /traces\.jsonl[^]*could not be read[^]*shop\.log[^]*1 line of shop\.log could not be read/,
  )

  const once = await saveListed(page, join(profile, 'once.clew'))
  const first = await openElsewhere(browser, once, join(profile, 'second'))
  await chips(first.page).first().getByRole('link').click()
  await expect(list(first.page)).toHaveText(said, { useInnerText: true })
  const twice = await saveListed(first.page, join(profile, 'twice.clew'))
  await first.clew.stop()

  const { page: other, clew } = await openElsewhere(browser, twice, join(profile, 'third'))
  await expect(other.getByRole('button', { name: 'answering twice.clew' })).toBeVisible()
  await chips(other).first().getByRole('link').click()
  await expect(list(other)).toHaveText(said, { useInnerText: true })
  await expectAxeClean(other)
  await expect(other.getByRole('grid', { name: 'Traces' })).toContainText('GET /order')
  await other.getByRole('radio', { name: '2 lines' }).click()
  await expect(other.getByRole('treegrid', { name: 'Log lines' })).toContainText('hello email-1')
  await expect.poll(() => stepTexts(other)).toEqual([expect.stringMatching(/traces\.jsonl.*2 traces/)])

  await other.getByRole('button', { name: 'Query all 2 lines' }).click()
  await other.getByRole('button', { name: 'All of them' }).click()
  await expect(other.getByRole('treegrid', { name: 'Log lines' })).toContainText('slow pool')
  await chips(other).first().getByRole('link').click()
  await other.getByRole('button', { name: 'Search all 2 traces' }).click()
  await expect(other.getByRole('main')).toContainText('GET /order')
  await expect(other.getByRole('main')).toContainText('POST /pay')
  const source = new URL(other.url()).searchParams.get('source') ?? ''
  const panel = `lines:${encodeURIComponent(source)}:max_over_time(pool_size[5m])`
  await other.goto(
    `${clew.url}/metrics?${new URLSearchParams({ p: panel, from: '1792999900000', to: '1793000200000' })}`,
  )
  await expect(other.getByRole('figure')).toContainText('1 line')
  await expect(other.locator('body')).not.toContainText('ada@example.com')
  await clew.stop()
})

test('a trace leaves as OTLP, as Jaeger’s JSON and as a picture, and the story as Markdown with its pictures, of flame graphs too', async ({
  browser,
  profile,
}) => {
  const file = join(profile, 'open.clew')
  const flame = { ...step, id: 'b', parent: 'a', place: `${step.place}&view=flame&flame=merged` }
  await writeFile(
    file,
    zipOf([
      {
        path: 'manifest.json',
        content: json({ ...manifest, thread: { ...manifest.thread, steps: [step, flame] } }),
      },
      { path: `traces/${traceId}.json`, content: json(trace) },
    ]),
  )
  const { page, clew } = await openElsewhere(browser, file, profile)
  const saved = async (menu: string, entry: string): Promise<Buffer> => {
    await page.getByRole('button', { name: menu, exact: true }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: entry }).click()
    return readFile(await (await download).path())
  }
  await expect(page.getByRole('button', { name: `answering ${basename(file)}` })).toBeVisible()
  const story = await saved('Export', 'Markdown with pictures')
  const parts = ['story.md', 'pictures/1.svg', 'pictures/2.svg']
  expect(parts.filter((part) => !story.includes(part))).toEqual([])

  await chips(page).first().getByRole('link').click()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('POST /pay')
  const otlp = JSON.parse(String(await saved('Save trace', 'As OTLP JSON'))) as { resourceSpans: unknown[] }
  expect(otlp.resourceSpans).toHaveLength(1)
  const jaeger = JSON.parse(String(await saved('Save trace', 'As Jaeger JSON'))) as { data: unknown[] }
  expect(jaeger.data).toMatchObject([{ traceID: traceId, spans: [{ operationName: 'POST /pay' }] }])
  expect(String(await saved('Save trace', 'Waterfall as SVG'))).toContain('checkout POST /pay')
  expect((await saved('Save trace', 'Waterfall as PNG')).subarray(1, 4).toString()).toBe('PNG')
  await clew.stop()
})

test('a step says what it said when it was saved, however often it is looked at; where the file holds less, its page says so', async ({
  browser,
  profile,
}) => {
  const window = { startMs: 1_793_000_000_000 - 3_600_000, endMs: 1_793_000_000_000 }
  const of = (id: string, parent: string, change: object) => ({
    ...step,
    id,
    parent,
    note: '',
    signal: 'metric',
    sources: ['Prometheus'],
    window,
    ...change,
  })
  const steps = [
    of('a', '', { place: '/overview?source=prom', title: 'Overview', count: '12 services' }),
    of('b', 'a', { place: '/cardinality', title: 'Cardinality', count: '4,562 series' }),
    of('c', 'b', {
      place: '/traces?service=checkout&source=tempo',
      signal: 'trace',
      title: 'Traces of checkout',
      sources: ['Tempo'],
      query: 'checkout',
      count: 'newest 100 traces',
    }),
    { ...step, id: 'd', parent: 'c' },
  ]
  const series = {
    metric: { __name__: 'requests_total', job: 'checkout' },
    values: [[1_793_000_000, '5']],
  }
  const file = join(profile, 'less.clew')
  await writeFile(
    file,
    zipOf([
      {
        path: 'manifest.json',
        content: json({ ...manifest, thread: { ...manifest.thread, steps, current: 'd', tip: 'd' } }),
      },
      { path: `traces/${traceId}.json`, content: json(trace) },
      {
        path: 'metrics/series.json',
        content: json({ status: 'success', data: { resultType: 'matrix', result: [series] } }),
      },
    ]),
  )
  const { page, clew } = await openElsewhere(browser, file, join(profile, 'elsewhere'))
  await expect(chips(page)).toHaveCount(4)
  const said = await stepTexts(page)
  const opened = page.url()
  const main = page.getByRole('main')
  const visit = (at: number) => chips(page).nth(at).getByRole('link').click()
  // Left before it has answered, all of them.
  for (const at of [0, 1, 2, 3]) await visit(at)
  await visit(1)
  await expect(main).toContainText(
    'When this step was saved there were 4,562 series. The file holds those that its steps read, which are 1 series.',
  )
  await expect(main).toContainText('less.clew is asked, not a server: counted are the series that it holds')
  await expectAxeClean(page)
  await visit(2)
  await expect(main).toContainText(
    'When this step was saved it found the newest 100 traces; older ones existed. The file holds',
  )
  await expectAxeClean(page)
  await visit(0)
  await expect(main).toContainText('less.clew')
  await visit(3)
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('POST /pay')
  expect(await stepTexts(page)).toEqual(said)
  await page.goto(opened)
  const rows = page.getByRole('region', { name: 'Steps' }).getByRole('listitem')
  for (const [at, source] of ['Prometheus', 'Prometheus', 'Tempo', 'Jaeger'].entries())
    await expect(rows.nth(at)).toContainText(source)
  // What is asked anew is the file's.
  await page.goto(`${clew.url}/traces?service=checkout&from=1793000000000&to=1793000001000`)
  await expect(chips(page).last()).toHaveText(/1 trace$/)
  await expect(main).not.toContainText('When this step was saved')
  await clew.stop()
})
