/** Saved investigations that are odd, damaged, cut off or of another version. */
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { zipOf } from '../builders/zip.ts'
import { expect, expectAxeClean, test } from './clew.ts'
import { chooseByKey } from './open-files.ts'
import { chips, json, manifest, named, openElsewhere, step, trace, traceId } from './saved-investigation.ts'

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
  expect(new URL(page.url()).searchParams.get('query')).toContain(`{app=~".+"} | request_trace="${traceId}"`)
  await expect(page.getByRole('treegrid', { name: 'Log lines' })).toContainText('the card was declined')
  await clew.stop()
})

test('one of which there is only the manifest opens whatever is on screen', async ({
  page,
  url,
  profile,
}) => {
  const file = join(profile, 'none.clew')
  await writeFile(file, zipOf([{ path: 'manifest.json', content: json(manifest) }]))
  await page.goto(`${url}/connections`)
  await chooseByKey(page, file)
  await expect(page.getByLabel('Name of the investigation')).toHaveValue('Payment')
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText('a note')
})

test('one that is refused is no source, and nothing is said any more of what was opened before', async ({
  page,
  profile,
}) => {
  const before = join(profile, 'before.clew')
  const refused = join(profile, 'refused.clew')
  const traces = { path: `traces/${traceId}.json`, content: json(trace) }
  await writeFile(before, zipOf([{ path: 'manifest.json', content: json(manifest) }, traces]))
  await writeFile(
    refused,
    zipOf([{ path: 'manifest.json', content: json({ ...manifest, version: 99 }) }, traces]),
  )
  await chooseByKey(page, before)
  const said = page.getByRole('status').filter({ hasText: /^Opened 1 step/ })
  await expect(said).toBeVisible()
  await expect(page.getByRole('button', { name: 'answering before.clew' })).toBeVisible()
  await chooseByKey(page, refused)
  await expect(page.getByRole('main')).toContainText('saved by a newer Clew (format 99')
  await expect(said).toHaveCount(0, { timeout: 2_000 })
  // What is opened next is a source, and it is not.
  const next = join(profile, 'next.json')
  await writeFile(next, json(trace))
  await chooseByKey(page, next)
  await expect(page.getByRole('button', { name: 'answering next.json' })).toBeVisible()
  await expect(page.getByRole('button', { name: /refused\.clew/ })).toHaveCount(0)
})
