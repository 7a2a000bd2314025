import type { Page } from '@playwright/test'
import { expect, expectAxeClean, test as base } from './clew.ts'
import { startServer, text, type Answer, type FakeServer } from './fake-servers.ts'
import {
  after,
  jaegerHolding,
  manyTraces,
  searchesWith,
  tempoWith,
  type HeldTrace,
} from './search-servers.ts'

/** An hour that has just passed, in whole minutes, so that every answer is the same one. */
const endMs = Math.floor(Date.now() / 60_000) * 60_000
const startMs = endMs - 3_600_000
const span = `from=${startMs}&to=${endMs}`

const inTempo = manyTraces(60, endMs, 60_000, 'a')
const both = inTempo[1]
/** The second trace of Tempo is here as well, with more of its spans. */
const inJaeger: readonly HeldTrace[] = [
  { ...both, spans: 9 },
  ...manyTraces(5, endMs - 30_000, 600_000, 'b').map((trace) => ({ ...trace, service: 'order-service' })),
]

const test = base.extend<{ tempo: FakeServer; jaeger: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  tempo: async ({}, use) => {
    const server = await startServer(tempoWith(inTempo))
    await use(server)
    await server.stop()
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  jaeger: async ({}, use) => {
    const server = await startServer(jaegerHolding(inJaeger))
    await use(server)
    await server.stop()
  },
  clewArgs: async ({ tempo, jaeger }, use) =>
    use(['--connect', `tempo=${tempo.url}`, '--connect', `jaeger=${jaeger.url}`]),
})

const lines = (page: Page) => page.getByRole('list', { name: 'Progress by source' }).getByRole('listitem')
const line = (page: Page, source: string) => lines(page).filter({ hasText: source })
const grid = (page: Page) => page.getByRole('grid', { name: 'Traces' })
/** Rows of traces; the header is a row too. */
const rows = (page: Page) => grid(page).locator('[role=row][aria-rowindex]:not([aria-rowindex="1"])')
const plot = (page: Page) => page.getByRole('application', { name: /Duration over time/ })
const editor = (page: Page) => page.locator('.monaco-editor')
const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).click()

/** What a server was asked to search, newest last. */
const searches = (server: FakeServer): readonly URLSearchParams[] =>
  server.asked
    .filter(({ path }) => /^\/api\/(search|traces)\?/.test(path))
    .map(({ path }) => new URL(path, 'http://any').searchParams)

async function write(page: Page, query: string): Promise<void> {
  await editor(page).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  // Brackets and quotes that close by themselves are typed over.
  await page.keyboard.type(query)
  await page.keyboard.press('Escape')
}

test('one search asks every source in its own language, and a trace both hold is one row', async ({
  page,
  url,
  tempo,
  jaeger,
}) => {
  await page.goto(`${url}/traces`)
  await page.getByRole('combobox', { name: 'Service' }).fill('order-service')
  await page.getByRole('combobox', { name: 'Service' }).press('Enter')
  await page.getByRole('textbox', { name: 'Duration over' }).fill('50 ms')
  await page.getByRole('textbox', { name: 'Duration over' }).press('Enter')
  await expect(line(page, 'Tempo')).toContainText(/\d+ traces in/)
  await expect(line(page, 'Jaeger')).toContainText('6 traces in')
  expect(searches(tempo).at(-1)?.get('q')).toBe(
    '{ resource.service.name = "order-service" && duration >= 50ms } with (most_recent=true)',
  )
  expect(Object.fromEntries(searches(jaeger).at(-1) ?? [])).toMatchObject({
    service: 'order-service',
    minDuration: '50000000ns',
    limit: '100',
  })
  const shared = rows(page).filter({ hasText: /Tempo.*, Jaeger/ })
  await expect(shared).toHaveCount(1)
  // The fuller answer counts.
  await expect(shared.getByRole('gridcell').nth(3)).toHaveText('9')
})

test('a slow source keeps nobody waiting, and can be cancelled and asked again', async ({
  page,
  url,
  jaeger,
}) => {
  jaeger.answer(searchesWith(after(60_000, text('late')), jaegerHolding(inJaeger)))
  await page.goto(`${url}/traces?service=order-service&${span}`)
  await expect(rows(page).first()).toBeVisible()
  await expect(line(page, 'Jaeger')).toContainText('asking')
  await page.getByRole('button', { name: /^Cancel Jaeger/ }).click()
  await expect(line(page, 'Jaeger')).toContainText('Stopped after')
  jaeger.answer(jaegerHolding(inJaeger))
  await page.getByRole('button', { name: /^Ask Jaeger.* again$/ }).click()
  await expect(line(page, 'Jaeger')).toContainText('6 traces in')
})

test('a failing source says so in its own words beside the others’ traces, and works again on Retry', async ({
  page,
  url,
  jaeger,
}) => {
  jaeger.answer(searchesWith(text('upstream request timeout', 504), jaegerHolding(inJaeger)))
  await page.goto(`${url}/traces?service=order-service&${span}`)
  await expect(line(page, 'Tempo')).toContainText('60 traces in')
  await expect(line(page, 'Jaeger')).toContainText('upstream request timeout')
  await expect(page.getByRole('button', { name: 'Retry with 5 min' })).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
  jaeger.answer(jaegerHolding(inJaeger))
  await page.getByRole('button', { name: /^Retry Jaeger/ }).click()
  await expect(line(page, 'Jaeger')).toContainText('6 traces in')
})

test('what an earlier search found stays, dimmed, until there is something new', async ({
  page,
  url,
  tempo,
  jaeger,
}) => {
  await page.goto(`${url}/traces?service=order-service&${span}`)
  await expect(line(page, 'Jaeger')).toContainText('6 traces in')
  await expect(grid(page)).toHaveAttribute('aria-busy', 'false')
  tempo.answer(searchesWith(after(1_500, tempoWith(inTempo.slice(0, 7))), tempoWith(inTempo)))
  jaeger.answer(searchesWith(after(1_500, jaegerHolding([])), jaegerHolding(inJaeger)))
  await page.getByRole('radio', { name: 'Errors only' }).click()
  await run(page)
  await expect(line(page, 'Tempo')).toContainText('asking')
  await expect(grid(page)).toHaveAttribute('aria-busy', 'true')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '66')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '8')
  await expect(grid(page)).toHaveAttribute('aria-busy', 'false')
})

test('going on past the limit asks for the time before the oldest trace found', async ({
  page,
  url,
  tempo,
}) => {
  await page.goto(`${url}/traces?service=order-service&${span}&limit=20`)
  await expect(line(page, 'Tempo')).toContainText('20 traces in')
  await expect(line(page, 'Tempo')).toContainText('older ones exist')
  await page.getByRole('button', { name: /^Load older traces from Tempo/ }).click()
  // The shared second brings the last trace twice; it is one.
  await expect(line(page, 'Tempo')).toContainText('39 traces in')
  const [first, second] = searches(tempo)
  expect(Number(first.get('end'))).toBe(endMs / 1000)
  expect(Number(second.get('end'))).toBe(inTempo[19].startMs / 1000 + 1)
  await page.getByRole('button', { name: /^Load older traces from Tempo/ }).click()
  await page.getByRole('button', { name: /^Load older traces from Tempo/ }).click()
  await expect(line(page, 'Tempo')).toContainText('60 traces in')
  await expect(page.getByRole('button', { name: /^Load older traces from Tempo/ })).toBeHidden()
})

test('own TraceQL is asked of those who speak it, and the others can be asked with the form', async ({
  page,
  url,
  tempo,
}) => {
  await page.goto(`${url}/traces?service=order-service&${span}`)
  await expect(line(page, 'Jaeger')).toContainText('6 traces in')
  await write(page, '{ name =~ "GET.*" }')
  await page.keyboard.press('Control+Enter')
  await expect(line(page, 'Jaeger')).toContainText('does not speak TraceQL')
  await expect(line(page, 'Tempo')).toContainText('60 traces in')
  expect(searches(tempo).at(-1)?.get('q')).toBe('{ name =~ "GET.*" } with (most_recent=true)')
  await page.getByRole('button', { name: 'Ask with the form' }).click()
  await expect(line(page, 'Jaeger')).toContainText('6 traces in')
  await page.getByRole('button', { name: 'Back to the form' }).click()
  await expect(editor(page)).toContainText('{ resource.service.name = "order-service" }')
})

test('TraceQL that the form can say fills the form', async ({ page, url }) => {
  await page.goto(`${url}/traces?${span}`)
  await write(page, '{ resource.service.name = "order-service" && duration > 2s && status = error }')
  await expect(page.getByRole('combobox', { name: 'Service' })).toHaveValue('order-service')
  await expect(page.getByRole('textbox', { name: 'Duration over' })).toHaveValue('2 s')
  await expect(page.getByRole('radio', { name: 'Errors only' })).toBeChecked()
  await run(page)
  await expect(line(page, 'Jaeger')).toContainText(/traces? in/)
  expect(new URL(page.url()).searchParams.get('q')).toBeNull()
  // Once more, over what the form wrote.
  await editor(page).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('{ name = "GET /orders/1" && duration > 1s }')
  await expect(page.getByRole('combobox', { name: 'Operation' })).toHaveValue('GET /orders/1')
  await expect(page.getByRole('combobox', { name: 'Service' })).toHaveValue('')
})

test('what is written before the editor is loaded is not lost, nor its place', async ({ page, url }) => {
  const held = Promise.withResolvers<undefined>()
  await page.route(/monaco-editor-[^/]*\.js$/, async (route) => {
    await held.promise
    await route.continue()
  })
  await page.goto(`${url}/traces`)
  const plain = page.getByRole('textbox', { name: 'TraceQL' })
  await plain.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('{ status =')
  held.resolve(undefined)
  await expect(editor(page)).toBeVisible()
  await page.keyboard.type(' error }')
  await expect(page.getByRole('radio', { name: 'Errors only' })).toBeChecked()
})

test('a query the server cannot read is marked where it says', async ({ page, url }) => {
  await page.goto(`${url}/traces?${span}`)
  await write(page, '{ .a = "x" && levle = "y" }')
  await run(page)
  // Monaco has alerts of its own, outside.
  const alert = page.getByRole('main').getByRole('alert')
  await expect(alert).toContainText('column 15')
  await expect(alert).toContainText('syntax error: unexpected IDENTIFIER')
  await expect(editor(page).locator('.squiggly-error')).toBeVisible()
  // It is gone as soon as the text is another.
  await editor(page).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' ')
  await expect(alert).toBeHidden()
})

test('names and values are completed from the server', async ({ page, url }) => {
  await page.goto(`${url}/traces`)
  await editor(page).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.keyboard.type('{ span.http.ro')
  const offered = page.locator('.suggest-widget .monaco-list-row')
  await expect(offered.filter({ hasText: 'span.http.route' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(offered.filter({ hasText: '=~' })).toBeVisible()
  await page.keyboard.type('= ')
  await expect(offered.filter({ hasText: '"/api/checkout"' })).toBeVisible()
  await page.keyboard.type('"/ord')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'http.route = /orders' }).or(editor(page))).toContainText([
    'span.http.route = "/orders"',
  ])
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeFocused()
})

test('conditions on attributes are typed, chosen or pasted', async ({ page, url, jaeger }) => {
  await page.goto(`${url}/traces?service=order-service&${span}`)
  await page.getByRole('button', { name: 'Attribute', exact: true }).click()
  await page.keyboard.type('http.route=/orders env="dark blue"')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^env = dark blue/ })).toBeVisible()
  await page.getByRole('button', { name: 'Attribute', exact: true }).click()
  await page.keyboard.type('http.response')
  await expect(page.getByRole('option', { name: 'http.response.status_code' })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('500')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/tag=http.response.status_code%3D500/)
  await expect
    .poll(() => searches(jaeger).at(-1)?.get('tags'))
    .toBe('{"http.route":"/orders","env":"dark blue","http.response.status_code":"500"}')
})

test('Enter takes the suggestion that is marked, and an attribute without a value is not searched', async ({
  page,
  url,
  jaeger,
}) => {
  await page.goto(`${url}/traces?service=order-service&${span}`)
  await expect(editor(page)).toBeVisible()
  const attribute = page.getByRole('button', { name: 'Attribute', exact: true })
  const value = page.getByRole('combobox', { name: 'Value of http.response.status_code' })
  for (const steps of [[], ['ArrowDown']]) {
    await attribute.click()
    await page.keyboard.type('http.re')
    await expect(page.getByRole('option', { name: 'http.response.status_code' })).toBeVisible()
    for (const key of steps) await page.keyboard.press(key)
    await page.keyboard.press('Enter')
    await expect(value).toBeFocused()
    await page.getByRole('button', { name: 'Remove http.response.status_code' }).click()
  }
  await attribute.click()
  await page.getByRole('combobox', { name: 'Attribute', exact: true }).fill('http.re')
  await page.getByRole('combobox', { name: 'Attribute', exact: true }).press('Enter')
  await expect(value).toBeFocused()
  const before = searches(jaeger).length
  await page.keyboard.press('Enter')
  await expect(value).toBeFocused()
  await expect(value).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('A value is missing.')).toBeVisible()
  expect(searches(jaeger)).toHaveLength(before)
})

test('a search is in its URL: a reload runs it again, back and forward go between searches', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/traces?service=order-service&min=4000000000&${span}&sort=duration.desc`)
  await expect(line(page, 'Tempo')).toContainText('60 traces in')
  await expect(page.getByRole('textbox', { name: 'Duration over' })).toHaveValue('4 s')
  await expect(page.getByRole('radio', { name: 'Slowest first' })).toBeChecked()
  await page.getByRole('textbox', { name: 'Duration over' }).fill('1 s')
  await run(page)
  await expect(page).toHaveURL(/min=1000000000/)
  await page.reload()
  await expect(line(page, 'Tempo')).toContainText('60 traces in')
  await page.goBack()
  await expect(page.getByRole('textbox', { name: 'Duration over' })).toHaveValue('4 s')
  await expect(rows(page).first()).toBeVisible()
})

test('the table is walked and opened by keyboard, and is as it was when one comes back', async ({
  page,
  url,
  tempo,
}) => {
  await page.goto(`${url}/traces?service=order-service&${span}`)
  await expect(line(page, 'Jaeger')).toContainText('6 traces in')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '66')
  await grid(page).focus()
  for (let step = 0; step < 30; step++) await page.keyboard.press('ArrowDown')
  const selected = grid(page).locator('[role=row][aria-selected=true]')
  await expect(selected).toBeInViewport()
  await expect(selected).toHaveAttribute('aria-rowindex', '32')
  const asked = searches(tempo).length
  await page.keyboard.press('Enter')
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toBeVisible()
  await page.goBack()
  await expect(selected).toHaveAttribute('aria-rowindex', '32')
  await expect(selected).toBeInViewport()
  expect(searches(tempo).length).toBe(asked)
})

test('headings sort, and newest first is how it begins', async ({ page, url }) => {
  await page.goto(`${url}/traces?service=order-service&${span}`)
  await expect(line(page, 'Jaeger')).toContainText('6 traces in')
  const heading = (name: string) => grid(page).getByRole('columnheader', { name })
  await expect(heading('Start')).toHaveAttribute('aria-sort', 'descending')
  await heading('Duration').getByRole('button').click()
  await expect(heading('Duration')).toHaveAttribute('aria-sort', 'descending')
  await expect(rows(page).first()).toContainText('4.85 s')
  await heading('Duration').getByRole('button').click()
  await expect(rows(page).first()).toContainText(/^(?!.*4\.\d+ s).*\d+ ms/)
  await expect(page).toHaveURL(/sort=duration.asc/)
})

test('dragging over the scatter chooses a region, arrow keys walk it, a click opens', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/traces?service=order-service&${span}`)
  await expect(line(page, 'Jaeger')).toContainText('6 traces in')
  const box = await plot(page).boundingBox()
  if (!box) throw new Error('no plot')
  await page.mouse.move(box.x + 1, box.y + 1)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 1, box.y + box.height * 0.4, { steps: 4 })
  await page.mouse.up()
  await expect(page.getByText('of 65, inside the selection')).toBeVisible()
  await expect(rows(page).first()).toContainText(/4\.8\d s/)
  await expect(page).toHaveURL(/region=/)
  await page.reload()
  await expect(page.getByText('of 65, inside the selection')).toBeVisible()
  await plot(page).focus()
  await page.keyboard.press('Escape')
  await expect(
    page.getByRole('region', { name: 'Results' }).getByText('65 traces', { exact: true }),
  ).toBeVisible()
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(page.getByText('of 65, inside the selection')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toBeVisible()
})

/** The fakes do not look at conditions: this one has nothing as long as a duration is one. */
const unlessLong =
  (found: Answer, none: Answer): Answer =>
  (request, response) =>
    (/duration|minDuration/i.test(request.url ?? '') ? none : found)(request, response)

test('when nothing matches the narrowest condition is named, with what there is without it', async ({
  page,
  url,
  tempo,
  jaeger,
}) => {
  tempo.answer(unlessLong(tempoWith(inTempo), tempoWith([])))
  jaeger.answer(unlessLong(jaegerHolding(inJaeger), jaegerHolding([])))
  await page.goto(`${url}/traces?service=order-service&min=9000000000&${span}`)
  await expect(page.getByText(/^No trace of order-service in .* took over 9 s\./)).toBeVisible()
  await expect(
    page.getByText(/Without that condition there are at least 2\d; the slowest took 4\.8\d s\./),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Search over 4 s' }).click()
  await expect(page).toHaveURL(/min=4000000000/)
})

test('where dropping a condition would not help, the time is widened instead', async ({
  page,
  url,
  tempo,
  jaeger,
}) => {
  tempo.answer(tempoWith([]))
  jaeger.answer(jaegerHolding([]))
  await page.goto(`${url}/traces?service=order-service&errors=1&from=now-1h&to=now`)
  await expect(page.getByText('No trace of order-service in the last 1 h failed.')).toBeVisible()
  await expect(page.getByText('Nor is there one without that condition.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Search without/ })).toBeHidden()
})

test('an empty hour can be widened to a day', async ({ page, url, tempo, jaeger }) => {
  tempo.answer(tempoWith([]))
  jaeger.answer(jaegerHolding([]))
  await page.goto(`${url}/traces?service=order-service&from=now-1h&to=now`)
  await page.getByRole('button', { name: 'Last 24 h instead' }).click()
  await expect(page).toHaveURL(/from=now-24h/)
})

test('a time is typed as people write it, and the search runs with it', async ({ page, url, tempo }) => {
  await page.goto(`${url}/traces?service=order-service&${span}`)
  await expect(line(page, 'Tempo')).toContainText('60 traces in')
  await page.keyboard.press('t')
  await page.keyboard.type(`${startMs} – ${startMs + 600_000}`)
  await expect(page.getByText(/10 min\. Enter chooses it\./)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(line(page, 'Tempo')).toContainText(/1[01] traces in/)
  expect(searches(tempo).at(-1)?.get('end')).toBe(String((startMs + 600_000) / 1000))
  await expect(page.getByRole('button', { name: /^Time range/ })).toContainText('–')
})

test('a link whose times are the wrong way round says so, and the last hour is searched', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/traces?service=order-service&from=now-1h&to=now-2h`)
  await expect(page.getByRole('status').filter({ hasText: 'cannot be used' })).toHaveText(
    'The times in this link cannot be used. The end is not after the start.The last 1 h is shown instead.',
  )
  await expect(page.getByRole('button', { name: 'Time range' })).toContainText('last 1 h')
  await page.getByRole('button', { name: 'Time range' }).click()
  const typed = page.getByLabel('Type or paste a time')
  await typed.fill('now-1h – now-2h')
  await expect(page.getByRole('dialog').getByText('The end is not after the start.')).toBeVisible()
  await typed.press('Enter')
  await expect(page).toHaveURL(/to=now-2h/)
})

test('searches run before are offered again', async ({ page, url }) => {
  const recent = page
    .getByRole('region', { name: 'Recent searches' })
    .getByRole('link', { name: 'errors in order-service' })
  await page.goto(`${url}/traces?service=order-service&errors=1&from=now-1h&to=now`)
  await expect(recent).toBeVisible()
  await page.goto(`${url}/traces`)
  await recent.click()
  await expect(line(page, 'Tempo')).toContainText(/traces in/)
})

for (const theme of ['light', 'dark'] as const)
  test(`the search page is clean for axe in the ${theme} theme`, async ({ page, url }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.goto(`${url}/traces?service=order-service&tag=a%3Db&${span}`)
    await expect(line(page, 'Jaeger')).toContainText('6 traces in')
    await expect(editor(page)).toBeVisible()
    await expectAxeClean(page)
    await page.getByRole('button', { name: /^Time range/ }).click()
    await expect(page.getByRole('dialog', { name: 'Time range' })).toBeVisible()
    await expectAxeClean(page)
  })

base('with no source of traces the page says what to do', async ({ page, url }) => {
  await page.goto(`${url}/traces`)
  await expect(page.getByText('No source of traces yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Connect a source' }).click()
  await expect(page).toHaveURL(/\/connections/)
})
