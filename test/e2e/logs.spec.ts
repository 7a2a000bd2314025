/** Log lines of a Loki: found, read, filtered, and followed to their traces. */
import { expect, expectAxeClean, test as base } from './clew.ts'
import { startServer, type FakeServer } from './fake-servers.ts'
import { takeSockets, type ServerSocket } from '../builders/socket-server.ts'
import { incidentLines, lokiWith, streamsOf, type HeldLine } from './fake-loki.ts'
import { tempoWith } from './search-servers.ts'

const endMs = Date.now() - 60_000

const test = base.extend<{ lines: readonly HeldLine[]; loki: FakeServer }>({
  lines: [incidentLines(3_000, endMs), { option: true }],
  loki: async ({ lines }, use) => {
    const loki = await startServer(lokiWith(lines))
    await use(loki)
    await loki.stop()
  },
  clewArgs: async ({ loki }, use) => {
    const tempo = await startServer(tempoWith([]))
    await use(['--connect', `loki=${loki.url}`, '--connect', `tempo=${tempo.url}`])
    await tempo.stop()
  },
})

const path = (query: string, more = ''): string =>
  `/logs?query=${encodeURIComponent(query)}&from=${endMs - 3_600_000}&to=${endMs}${more}`
const service = '{service_name="payment-service"}'

test('a service is chosen, and its lines are listed newest first, page after page', async ({
  page,
  loki,
}) => {
  await page.getByRole('link', { name: 'Logs', exact: true }).click()
  await page.getByRole('button', { name: 'payment-service' }).click()
  const rows = page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')
  await expect(rows.first()).toContainText('charge accepted order=83999')
  await page.getByRole('treegrid', { name: 'Log lines' }).press('End')
  await expect(page.getByText(/^That is all of this time range: 3.000 lines/)).toBeVisible()
  await page.getByRole('treegrid', { name: 'Log lines' }).press('End')
  await expect(rows.last()).toContainText('connection pool exhausted')
  expect(
    loki.asked.filter(({ path: asked }) => asked.includes('limit=') && asked.includes('payment')).length,
  ).toBe(2)
  await expect(page.getByRole('figure', { name: 'Lines over time' })).toContainText('0')
})

test('the start page leads to the logs of a Loki', async ({ page }) => {
  await page.getByRole('link', { name: 'Start' }).click()
  await page.getByRole('button', { name: 'Read logs of Loki' }).click()
  await expect(page.getByRole('heading', { name: 'Begin with one service_name' })).toBeVisible()
})

test('a line is expanded by keyboard, filtered by, and leads to its trace', async ({ page, url }) => {
  await page.goto(url + path(service))
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await list.focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  const metadata = list.getByRole('region', { name: 'Structured metadata' })
  await expect(metadata).toContainText('4be1f0c2a7d94c1e8b03d5c6f2119a7e')
  await expect(list.getByRole('region', { name: 'Labels' })).toContainText('payment-service')
  await metadata.getByRole('button', { name: 'Only lines with this logger' }).click()
  await expect(page).toHaveURL(/logger/)
  await expect(page.locator('.view-lines')).toContainText('| logger="pool.payments-db"')
  await page.goBack()
  await list.focus()
  for (const key of ['ArrowDown', 'ArrowDown', 't']) await page.keyboard.press(key)
  await expect(page).toHaveURL(/\/trace\?.*id=4be1f0c2a7d94c1e8b03d5c6f2119a7e/)
})

test('a list that was left on its way is whole when one comes back, and a trace is one click away', async ({
  page,
  url,
}) => {
  await page.goto(url + path(service))
  const rows = page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')
  await page.getByRole('link', { name: 'Open its trace' }).first().click()
  await expect(page).toHaveURL(/\/trace\?/)
  await page.goBack()
  await expect(rows.first()).toContainText('charge accepted order=83999')
})

test('a query can be written and asked where the editor does not come', async ({ page, url }) => {
  await page.route('**/monaco-editor-*', (route) => route.abort())
  const refused = page.waitForEvent('requestfailed', (request) => request.url().includes('/monaco-editor-'))
  await page.goto(`${url}${path('')}`)
  await refused
  const query = page.getByRole('textbox', { name: 'LogQL' })
  await query.fill(service)
  await query.press('Enter')
  await expect(page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row').first()).toBeVisible()
  await expect(query).toHaveJSProperty('tagName', 'TEXTAREA')
  await expect(page.locator('.monaco-editor')).toHaveCount(0)
})

test('a mistake in the query is said in the server’s words', async ({ page, url }) => {
  await page.goto(url + path('{levle="x"}'))
  await expect(page.getByRole('main').getByRole('alert')).toContainText('syntax error: unexpected IDENTIFIER')
  await expect(page.getByText('could not read the query.')).toBeVisible()
  await expect(page.getByText(/0 lines/)).toHaveCount(0)
})

test('a metric query is drawn, and zoomed by dragging', async ({ page, url }) => {
  await page.goto(url + path(`sum by (detected_level) (count_over_time(${service}[1m]))`))
  const chart = page.getByRole('figure', { name: /count_over_time/ })
  await expect(chart).toBeVisible()
  await expect(page.getByRole('main')).toContainText(/3 seriesevery 10s\d/)
  await expect(page.getByRole('button', { name: 'error', exact: true })).toBeVisible()
  const box = await chart.locator('.u-over').boundingBox()
  if (!box) throw new Error('there is no plot')
  await page.mouse.move(box.x + box.width * 0.6, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.8, box.y + 60, { steps: 4 })
  await page.mouse.up()
  await expect(page.getByRole('main')).toContainText(/every [125]s/)
  // What is drawn until the next answer has come is dimmed, and has no contrast to speak of.
  await expect(page.locator('.old')).toHaveCount(0)
  await expectAxeClean(page)
  await page.getByRole('button', { name: 'Chart it in Metrics' }).click()
  await expect(page).toHaveURL(/\/metrics\?.*p=auto/)
  await expect(page.getByRole('region', { name: /count_over_time/ }).getByRole('figure')).toContainText(
    '3 lines',
  )
})

test('of a metric query nothing is said until it is answered', async ({ page, url }) => {
  await page.goto(url + path('count_over_time({service_name="none"}[1m])'))
  const nothing = page.getByText('This query has no value in this time range.')
  const step = page.getByRole('navigation', { name: 'Thread' }).locator('[aria-current=step]')
  await expect(nothing).toBeVisible()
  await expect(step).toContainText('0 series')
  const { promise: asked, resolve: answer } = Promise.withResolvers<void>()
  await page.route('**/api/sources/*/logs/metric*', async (route) => {
    await asked
    await route.continue()
  })
  await page.locator('.view-lines').first().click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(`sum(count_over_time(${service}[1m]))`)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText(/^Asking .* for values/)).toBeVisible()
  await expect(nothing).toBeHidden()
  await expect(step).not.toContainText('series')
  answer()
  await expect(step).toContainText('3 series')
})

test('values of fields and patterns filter by a click', async ({ page, url }) => {
  await page.goto(url + path(service))
  const fields = page.getByRole('complementary', { name: 'Fields and patterns' })
  const levels = fields.getByRole('region', { name: 'detected_level' })
  await levels.getByRole('checkbox', { name: 'error' }).check()
  await expect(page.locator('.view-lines')).toContainText('detected_level="error"')
  await expect(page.getByText(/^That is all of this time range: 429 lines/)).toBeVisible()
  await levels.getByRole('checkbox', { name: 'error' }).uncheck()
  await expect(page.locator('.view-lines')).not.toContainText('detected_level')
  await fields.getByRole('button', { name: /connection pool exhausted/ }).click()
  await expect(page.locator('.view-lines')).toContainText('|> `connection pool exhausted, waited <_>`')
})

test('lines that hold a text are counted, and walked through', async ({ page, url }) => {
  await page.goto(url + path(service))
  const find = page.getByRole('textbox', { name: 'Find in these lines' })
  await find.fill('POOL EXHAUSTED')
  await expect(page.getByRole('status').filter({ hasText: /^143$/ })).toBeVisible()
  await find.press('Enter')
  await find.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '2 of 143' })).toBeVisible()
  await expect(page.getByRole('row', { selected: true })).toContainText('connection pool exhausted')
})

test('the lines around one are those of its stream', async ({ page, url }) => {
  await page.goto(url + path(`${service} |= "exhausted"`))
  await page
    .getByRole('row', { name: /exhausted/ })
    .first()
    .click()
  await page.getByRole('button', { name: /^Lines around it/ }).click()
  const around = page.getByRole('list', { name: 'Lines around it in its stream' })
  await expect(around.getByRole('listitem')).toHaveCount(16)
  await expect(around.locator('[aria-current]')).toContainText('exhausted')
  await expect(around).toContainText('charge accepted')
  // They come below all that is known of the line, which is more than the window holds.
  await expect(around).toBeInViewport({ ratio: 1 })
  await around.focus()
  await expect(around).toBeFocused()

  // By key too, of the selected line, whose detail may be closed.
  await page.keyboard.press('a')
  await expect(around).toBeHidden()
  await page
    .getByRole('row', { name: /exhausted/ })
    .first()
    .getByText('connection pool exhausted')
    .first()
    .click()
  await expect(page.getByRole('button', { name: /^Lines around it/ })).toBeHidden()
  await page.keyboard.press('?')
  await expect(page.getByRole('complementary', { name: 'Keys' })).toContainText('Lines around itA')
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await expect(around.getByRole('listitem')).toHaveCount(16)
  await expect(page.getByRole('button', { name: /^Without the lines around it.*A$/ })).toBeVisible()
})

test('the moment under the pointer is marked in the volume and among the lines', async ({ page, url }) => {
  await page.goto(url + path(service))
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  const figure = page.getByRole('figure', { name: 'Lines over time' })
  const inChart = figure.locator('[class*="hover"]')
  const inList = list.locator('[class*="hoverMark"]')
  await list.getByRole('row').nth(3).hover()
  await expect(inChart).toHaveCount(1)
  await expect(inList).toHaveCount(0)
  const box = await figure.getByRole('img').boundingBox()
  if (box === null) throw new Error('The volume is not drawn.')
  // The newest lines are at the right, and at the head of the list.
  await page.mouse.move(box.x + box.width * 0.998, box.y + 30)
  await expect(inList).toHaveCount(1)
  const mark = await inList.boundingBox()
  const first = await list.getByRole('row').first().boundingBox()
  expect(Math.abs((mark?.y ?? 0) - (first?.y ?? 0))).toBeLessThan(400)
  await page.mouse.move(box.x + box.width * 0.998, box.y - 200)
  await expect(inList).toHaveCount(0)
})

test('completion offers labels and their values', async ({ page }) => {
  await page.getByRole('link', { name: 'Logs', exact: true }).click()
  const editor = page.getByRole('textbox', { name: 'LogQL' })
  await expect(page.locator('.monaco-editor')).toBeVisible()
  await editor.focus()
  await page.keyboard.type('{')
  await expect(page.getByRole('option', { name: /k8s_pod_name/ })).toBeVisible()
  await page.keyboard.type('service_name="')
  await expect(page.getByRole('option', { name: /payment-service/ })).toBeVisible()
})

test('lines are followed live, held back while paused, and what a lost stream missed is filled in', async ({
  page,
  url,
  loki,
  lines,
}) => {
  const sockets: ServerSocket[] = []
  let count = 0n
  takeSockets(loki.server, (socket) => sockets.push(socket))
  const said = (text: string): HeldLine => ({
    // Several may come within a millisecond.
    ns: BigInt(Date.now()) * 1_000_000n + ++count,
    labels: { service_name: 'payment-service' },
    text,
  })
  const send = (text: string): void =>
    sockets.at(-1)?.send(JSON.stringify({ streams: streamsOf([said(text)]), dropped_entries: null }))
  await page.goto(`${url}/logs?query=${encodeURIComponent(service)}&from=now-1m&to=now`)
  await page.getByRole('button', { name: 'Follow live' }).click()
  await expect(page.getByText('Live: new lines come in at the top.')).toBeVisible()
  await expect.poll(() => sockets.length).toBe(1)
  const first = page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row').first()
  send('the first that came')
  await expect(first).toContainText('the first that came')
  await page.getByRole('button', { name: 'Pause' }).click()
  send('one that waits')
  send('another one')
  await expect(page.getByText('Paused: 2 lines waiting.')).toBeVisible()
  await expect(first).toContainText('the first that came')
  await page.getByRole('button', { name: 'Show what waited' }).click()
  await expect(first).toContainText('another one')
  loki.answer(lokiWith([...lines, said('missed meanwhile')]))
  sockets[0].breakOff()
  await expect(first).toContainText('missed meanwhile')
  await expect.poll(() => sockets.length).toBe(2)
  send('live again')
  await expect(first).toContainText('live again')
  await expect(page.getByText(/^\d+ lines so far\./)).toBeAttached()
})

const odd = (text: string, labels = {}): HeldLine => ({
  ns: BigInt(endMs - 1_000) * 1_000_000n,
  labels: { service_name: 'payment-service', ...labels },
  text,
})

test.describe('lines that are hard to show', () => {
  const huge = 'x'.repeat(1_000_000)
  test.use({
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
    lines: async ({}, use) =>
      use([
        odd(`a long one ${huge}`),
        odd('a label of a megabyte', { huge }),
        odd('\u001b[31mred\u001b[0m, turned \u202eround, and \u0000'),
        odd('Error: pool exhausted\n    at acquire (pool.js:42)\n    at charge (charge.js:7)'),
      ]),
  })

  test('are shown, cut where they are long, with what is unseen made visible', async ({ page, url }) => {
    await page.goto(url + path(service))
    const list = page.getByRole('treegrid', { name: 'Log lines' })
    await expect(list.getByRole('row')).toHaveCount(4)
    await expect(list.getByText('‹U+202E›')).toBeVisible()
    await expect(list.getByTitle('U+0000')).toBeVisible()
    await page.getByRole('button', { name: 'Wrap' }).click()
    await expect(list.getByText(/^Error: pool exhausted\n {4}at acquire/)).toBeVisible()
    await list.getByText('a label of a megabyte').click()
    await expect(list.getByRole('region', { name: 'Labels' })).toContainText('xxx…')
    await list.getByText(/^a long one/).click()
    await page.getByRole('button', { name: 'Show all 1.00 MB' }).click()
    await expect(page.getByRole('button', { name: 'Show all 1.00 MB' })).toBeHidden()
  })
})

test('the page is accessible, with a line expanded, in both themes', async ({ page, url }) => {
  await page.goto(url + path(service, '&column=k8s_pod_name'))
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await list.focus()
  for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAxeClean(page)
  }
})
