/** A saved investigation that was opened, looked at, and is saved again. */
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { zipOf } from '../builders/zip.ts'
import { expect, expectAxeClean, test } from './clew.ts'
import { openFiles } from './open-files.ts'
import {
  chips,
  json,
  manifest,
  openElsewhere,
  step,
  trace,
  traceId,
  stepTexts,
} from './saved-investigation.ts'

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
  // Who saves again, after one more step and from its page, need not say it twice.
  await chips(first.page).first().getByRole('link').click()
  await expect(first.page.getByRole('treegrid', { name: 'Spans' })).toBeVisible()
  await first.page.keyboard.press('Control+s')
  const dialog = first.page.getByRole('dialog', { name: 'Save investigation' })
  await expect(dialog.getByRole('checkbox', { name: '/POST .pay/' })).toBeChecked()
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
