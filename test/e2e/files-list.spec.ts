import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, test } from './clew.ts'
import { chooseByKey } from './open-files.ts'

const traceId = (trace: number): string => (trace + 1).toString(16).padStart(32, '0')

/** Jaeger's own file, with so many traces of three spans, counted from `first`; every sixth failed. */
function jaegerFile(traces: number, first = 0): string {
  return JSON.stringify({
    data: Array.from({ length: traces }, (_, at) => first + at).map((trace) => ({
      traceID: traceId(trace),
      spans: [0, 1, 2].map((index) => ({
        traceID: traceId(trace),
        spanID: (trace * 10 + index + 1).toString(16).padStart(16, '0'),
        operationName: index === 0 ? `POST /orders/${trace}` : `step ${index}`,
        references:
          index === 0
            ? []
            : [
                {
                  refType: 'CHILD_OF',
                  traceID: traceId(trace),
                  spanID: (trace * 10 + 1).toString(16).padStart(16, '0'),
                },
              ],
        startTime: 1793000000000000 + trace * 7_000_000 + index,
        duration: 200_000 * (1 + (trace % 5)),
        tags: trace % 6 === 0 && index === 1 ? [{ key: 'error', type: 'bool', value: true }] : [],
        logs: [],
        processID: 'p1',
      })),
      processes: { p1: { serviceName: 'order-service', tags: [] } },
    })),
  })
}

interface NamedFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const file = (name: string, content: string | Buffer): NamedFile => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
})

async function open(page: Page, files: readonly NamedFile[]): Promise<void> {
  await chooseByKey(page, [...files])
  await expect(page).toHaveURL(/file=/)
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Traces' })
const rows = (page: Page) => grid(page).locator('[role=row][aria-rowindex]:not([aria-rowindex="1"])')
const reports = (page: Page) => page.getByRole('list', { name: 'Files' }).getByRole('listitem')
const spans = (page: Page) => page.getByRole('treegrid', { name: 'Spans' })

test('a file of several traces is a list, from which one is opened and come back to', async ({ page }) => {
  await open(page, [file('tuesday.json', jaegerFile(40))])
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '41')
  await expect(reports(page)).toContainText(['tuesday.json'])
  await expect(reports(page)).toContainText(['Jaeger JSON'])
  await expect(reports(page)).toContainText(['120 spans'])
  await expect(page.getByRole('application', { name: 'Duration over time of 40 traces' })).toBeVisible()
  await expect(rows(page).first()).toContainText('POST /orders/39')
  await expect(grid(page).getByRole('row').first()).toHaveAttribute('aria-rowindex', '1')
  await rows(page).first().dblclick()
  await expect(spans(page).getByText('POST /orders/39')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`id=${traceId(39)}`))
  await page.goBack()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '41')
})

test('one trace goes straight to its spans, and back goes to where one was', async ({ page, url }) => {
  await open(page, [file('one.json.gz', gzipSync(jaegerFile(1)))])
  await expect(spans(page).getByText('POST /orders/0')).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(`${url}/`)
})

test('several files are read together, and what is wrong with one is said beside it', async ({ page }) => {
  const whole = jaegerFile(3)
  await open(page, [
    file('good.json', whole),
    file('cut.json', whole.slice(0, 900)),
    file('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 1])),
    file('empty.json', ''),
    file('notes.txt', 'nothing but words\n'),
  ])
  await expect(reports(page)).toHaveCount(5)
  await expect(reports(page).filter({ hasText: 'cut.json' })).toContainText('cut off')
  await expect(reports(page).filter({ hasText: 'picture.png' })).toContainText('binary file')
  await expect(reports(page).filter({ hasText: 'empty.json' })).toContainText('is empty')
  await expect(reports(page).filter({ hasText: 'notes.txt' })).toContainText(/notes\.txt/)
  await expect(rows(page)).toHaveCount(3)
})

test('of several files, each row says which it comes from', async ({ page }) => {
  await open(page, [file('monday.json', jaegerFile(1)), file('tuesday.json', jaegerFile(2, 1))])
  await expect(grid(page).getByRole('columnheader', { name: 'File' })).toBeVisible()
  await expect(rows(page).filter({ hasText: 'POST /orders/0' })).toContainText('monday.json')
  await expect(rows(page).filter({ hasText: 'POST /orders/2' })).toContainText('tuesday.json')
})

test('250 files opened at once have a short address, which a reload and a trace of them understand', async ({
  page,
  url,
}) => {
  const files = Array.from({ length: 250 }, (_, at) => file(`${at}.json`, jaegerFile(2, at * 2)))
  await open(page, files)
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '501')
  expect(page.url().length).toBeLessThan(100)
  await page.reload()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '501')
  await expect(page.getByText('are not here any more')).toBeHidden()
  await rows(page).first().dblclick()
  await expect(spans(page).getByText(/POST /)).toBeVisible()
  expect(page.url().length).toBeLessThan(150)
  await page.goto(url)
  await expect(
    page.getByRole('main').getByRole('link', { name: '0.json, 1.json, 2.json and 247 more' }),
  ).toBeVisible()
})

test('a trace beside a file that failed stays in the list, so that the failure is seen', async ({ page }) => {
  await open(page, [file('one.json', jaegerFile(1)), file('empty.json', '')])
  await expect(rows(page)).toHaveCount(1)
  await expect(reports(page).filter({ hasText: 'empty.json' })).toContainText('is empty')
})

test('a line of one of several files that cannot be read is told calmly beside the trace, with the file and line', async ({
  page,
}) => {
  await open(page, [
    file('one.json', jaegerFile(2)),
    file('bad.jsonl', '{"resourceSpans":[]}\n{"resourceSpans" oops\n'),
  ])
  await expect(rows(page)).toHaveCount(2)
  await rows(page).first().dblclick()
  await expect(spans(page)).toBeVisible()
  const note = page.getByText('bad.jsonl cannot be read from line 2 on')
  await expect(note).toBeVisible()
  await expect(page.getByRole('main').locator('.err').filter({ hasText: 'bad.jsonl' })).toHaveCount(0)
  await expect(page.getByRole('alert').filter({ hasText: 'bad.jsonl' })).toHaveCount(0)
})

test('nothing readable says what each file is, and offers another', async ({ page }) => {
  await open(page, [file('empty.json', '')])
  await expect(reports(page)).toContainText(['is empty'])
  await expect(page.getByText('There is nothing to show.')).toBeVisible()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('main').getByRole('button', { name: 'Open file' }).click()
  await (await chooser).setFiles([file('one.json', jaegerFile(1))])
  await expect(spans(page)).toBeVisible()
})

test('order and region of the list are in its URL', async ({ page }) => {
  await open(page, [file('tuesday.json', jaegerFile(40))])
  await page.getByRole('radio', { name: 'Slowest first' }).click()
  await expect(rows(page).first()).toContainText('1.00 s')
  await page.getByRole('application').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByText('of 40, inside the selection')).toBeVisible()
  await page.reload()
  await expect(page.getByText('of 40, inside the selection')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Slowest first' })).toBeChecked()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '41')
})

for (const theme of ['light', 'dark'] as const)
  test(`the list of a file is clean for axe in the ${theme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await open(page, [file('tuesday.json', jaegerFile(40)), file('empty.json', '')])
    await expect(grid(page)).toHaveAttribute('aria-rowcount', '41')
    await expectAxeClean(page)
  })

const connections = (page: Page) => page.getByRole('group', { name: 'Connections' })
const gauge = (name: string): string =>
  JSON.stringify({
    resourceMetrics: [
      {
        scopeMetrics: [
          {
            metrics: [
              { name, gauge: { dataPoints: [{ timeUnixNano: '1793000000100000000', asDouble: 0.7 }] } },
            ],
          },
        ],
      },
    ],
  })

test('without an address the page says which files are open, the last opened first, and leads to each', async ({
  page,
  url,
}) => {
  await open(page, [file('monday.json', jaegerFile(2))])
  await expect(connections(page)).toContainText('monday.json')
  await open(page, [file('tuesday.json', jaegerFile(3, 2))])
  await expect(connections(page)).toContainText('tuesday.json')
  await page.goto(`${url}/files`)
  const main = page.getByRole('main')
  const listed = main.getByRole('list', { name: 'Open files' }).getByRole('link')
  await expect(listed).toHaveText(['tuesday.json', 'monday.json'])
  await expect(main).not.toContainText('No file is open')
  await expect(main.getByRole('button', { name: 'Open file' })).toBeVisible()
  await expectAxeClean(page)
  await listed.nth(1).click()
  await expect(rows(page)).toHaveCount(2)
})

test('files that gave way to others before they could be asked are handed over after them, and stand where they were opened', async ({
  page,
}) => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/api/opened**', async (route) => {
    await released
    // One that gave way meanwhile.
    await route.continue().catch(() => undefined)
  })
  await open(page, [file('first.json', jaegerFile(2))])
  await expect(rows(page)).toHaveCount(2)
  await chooseByKey(page, [file('second.json', jaegerFile(3, 2))])
  await expect(rows(page)).toHaveCount(3)
  // It is not known yet that it can be asked when the next is opened.
  await chooseByKey(page, [file('third.json', gauge('queue'))])
  await expect(page.getByRole('region', { name: 'Being opened' })).toContainText('third.json')
  await chooseByKey(page, [file('fourth.json', jaegerFile(4, 5))])
  await expect(rows(page)).toHaveCount(4)
  release()
  await expect(connections(page).getByRole('button')).toHaveText([
    'fourth.json',
    'third.json',
    'second.json',
    'first.json',
  ])
})
