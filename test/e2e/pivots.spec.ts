/** From a trace and its spans to their log lines and back, with nothing set up: whatever the lines call things, and why where there are none. */
import { expect, expectAxeClean } from './clew.ts'
import { type HeldLine } from './fake-loki.ts'
import { withoutZeros } from '#shared/correlate/trace-spellings'
import { followLogs, line, path, rootSpan, startMs, test, trace, withSpan, words } from './pivot-sources.ts'
import { tracePage } from './trace-page.ts'

interface Variant {
  readonly name: string
  readonly line: HeldLine
  readonly said: RegExp
}

const variants: readonly Variant[] = [
  {
    name: 'ids in metadata',
    line: line({ metadata: { trace_id: trace.id, span_id: rootSpan } }),
    said: /^1 line: trace_id and span_id in metadata, ± 1 s\.$/,
  },
  {
    name: 'ids in metadata of other names, and a job with its namespace',
    line: line({ labels: { job: 'shop/order-service' }, metadata: { traceID: trace.id } }),
    said: /^1 line: traceID in metadata, ± 1 s\.$/,
  },
  {
    name: 'an id in JSON, and an app for the service',
    line: line({ labels: { app: 'order' }, text: JSON.stringify({ msg: words, traceId: trace.id }) }),
    said: /^1 line: the id in the line, ± 1 s\.$/,
  },
  {
    name: 'ids in logfmt',
    line: line({ text: `level=error msg="${words}" trace_id=${trace.id} span_id=${rootSpan}` }),
    said: /^1 line: both ids in the line, ± 1 s\.$/,
  },
  {
    name: 'an id in plain words, without its leading zeros',
    line: line({ text: `${words} (request ${trace.id.replace(/^0+/, '')})` }),
    said: /^1 line: the id without its leading zeros in the line, ± 1 s\.$/,
  },
  {
    name: 'a line three seconds after the span',
    line: line({ metadata: { trace_id: trace.id } }, 7_800),
    said: /^1 line: trace_id in metadata, ± 1 min\. They come 3\.0 s after it ended/,
  },
]

for (const { name, line: one, said } of variants)
  test.describe(name, () => {
    test.use({
      loki: { lines: [one, line({ labels: one.labels, text: 'nothing to do with it' }, 60)] },
    })

    test('a key leads from the span to its lines, and Back to the span', async ({ page, url }) => {
      await followLogs(page, url)
      const rows = page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')
      await expect(rows).toHaveCount(1)
      await expect(rows.first()).toContainText('connection pool exhausted')
      await expect(page.getByRole('status').filter({ hasText: said })).toBeVisible()
      await page.goBack()
      await expect(tracePage(page).spans.getByRole('row', { selected: true })).toContainText('POST /orders')
    })
  })

test.describe('lines of which some name the trace in metadata, and others in their text', () => {
  test.use({
    loki: {
      lines: [
        line({ metadata: { trace_id: trace.id, span_id: rootSpan } }),
        line({ text: JSON.stringify({ msg: 'rolled back', traceID: trace.id }) }, 4_795),
        line({ text: 'nothing to do with it' }, 4_796),
      ],
    },
  })

  test('all of them are found, among the spans and on their page', async ({ page, url }) => {
    await page.goto(url + path)
    await page.getByRole('button', { name: '2 log lines', exact: true }).click()
    await page.getByRole('menuitem', { name: 'All log lines' }).click()
    await expect(tracePage(page).spans).toContainText('rolled back')
    await expect(tracePage(page).spans).toContainText('connection pool exhausted')
    await page.getByRole('button', { name: 'Logs of this trace' }).click()
    const lines = page.getByRole('treegrid', { name: 'Log lines' })
    await expect(lines.getByRole('row')).toHaveCount(2)
    await expect(lines).toContainText('rolled back')
    const said = '2 lines: the id in metadata or in the line, ± 1 s.'
    await expect(page.getByRole('status').filter({ hasText: said })).toBeVisible()
    // What was said of these lines goes with their page.
    await page.getByRole('link', { name: 'Settings' }).click()
    await expect(page.getByRole('status').filter({ hasText: said })).toBeHidden()
  })
})

test.describe('lines that name the trace', () => {
  test.use({
    loki: {
      lines: [
        line({ metadata: { trace_id: trace.id, span_id: rootSpan } }),
        line({ metadata: { trace_id: trace.id }, text: 'order set to PAYMENT_FAILED' }, 4_795),
      ],
    },
  })

  test('one click from the trace shows them all, one on a line the others, and its trace again', async ({
    page,
    url,
  }) => {
    await page.goto(url + path)
    await page.getByRole('button', { name: 'Logs of this trace' }).click()
    const lines = page.getByRole('treegrid', { name: 'Log lines' })
    await expect(lines.getByRole('row')).toHaveCount(2)
    await lines.getByRole('row', { name: /exhausted/ }).click()
    await expectAxeClean(page)
    const follow = lines.getByRole('list', { name: 'Follow' })
    const id = withoutZeros(trace.id)
    const named = `regexp "(?P<in_line>${id})" | trace_id="${trace.id}" or in_line="${id}" | drop in_line`
    await expect(follow.getByRole('button', { name: /^Other lines of its trace/ })).toHaveAttribute(
      'title',
      `{service_name=~".+"} | ${named}`,
    )
    await follow.getByRole('button', { name: /^Other lines of its trace/ }).click()
    await expect(page.locator('.view-lines')).toContainText(named)
    await page.goBack()
    await lines.getByRole('row', { name: /exhausted/ }).click()
    await follow.getByRole('button', { name: /^Its span in the trace/ }).click()
    await expect(tracePage(page).spans.getByRole('row', { selected: true })).toContainText('POST /orders')
  })

  test('the keys of a selected line are listed, and work wherever the focus is', async ({ page, url }) => {
    await page.goto(url + path)
    await page.getByRole('button', { name: 'Logs of this trace' }).click()
    await page.getByRole('row', { name: /exhausted/ }).click()
    await page.keyboard.press('?')
    const sheet = page.getByRole('complementary', { name: 'Keys' })
    await expect(sheet.getByText('Its trace', { exact: true })).toBeVisible()
    await expect(sheet.getByText('Time range', { exact: true })).toBeHidden()
    await sheet.getByRole('button', { name: 'Close keys' }).click()
    await page.keyboard.press('t')
    await expect(page).toHaveURL(new RegExp(`/trace\\?.*${trace.id}`))
  })

  test('Ctrl K looks for what was typed: among attributes of traces, and in lines', async ({ page, url }) => {
    await page.goto(`${url}/settings`)
    await expect(page.getByRole('main')).toBeVisible()
    const type = async (text: string) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Search or command' }).fill(text)
    }
    await type('http.route = "/orders"')
    await page.getByRole('option', { name: /^Traces with http.route = \/orders/ }).click()
    await expect(page.getByRole('region', { name: 'Attributes' })).toContainText('http.route = /orders')
    await type('pool "payments"')
    await page.getByRole('option', { name: /^Lines with “pool "payments"”/ }).click()
    await expect(page.locator('.view-lines')).toContainText(`{service_name=~".+"} |= "pool \\"payments\\""`)
  })

  test('a log line that is pasted leads to the lines like it, of its service at its time', async ({
    page,
    url,
  }) => {
    await page.goto(`${url}/settings`)
    await expect(page.getByRole('main')).toBeVisible()
    await page.keyboard.press('Control+k')
    const box = page.getByRole('combobox', { name: 'Search or command' })
    await box.fill(`${new Date(startMs).toISOString()} ERROR order-service ${words}`)
    await page
      .getByRole('option', { name: /^Lines with “connection pool exhausted, waited” of order-service/ })
      .click()
    await expect(page).toHaveURL(new RegExp(`from=${startMs - 300_000}&to=${startMs + 300_000}`))
    await expect(
      page
        .getByRole('treegrid', { name: 'Log lines' })
        .getByRole('row', { name: /exhausted/ })
        .first(),
    ).toBeVisible()
    await expect(page.getByRole('link', { name: /Lines of order-service/ }).first()).toBeVisible()
  })

  test('a service leads on from a found trace, a span and a line', async ({ page, url }) => {
    const follow = page.getByRole('button', { name: 'Follow order-service' })
    await page.goto(`${url}/traces?from=${startMs - 60_000}&to=${startMs + 60_000}`)
    await page.getByRole('grid', { name: 'Traces' }).getByRole('row').nth(1).click()
    const services = page.getByRole('list', { name: 'Services of the selected trace' })
    await services.getByRole('button', { name: 'Follow order-service' }).click()
    await page.getByRole('menuitem', { name: 'Its failed traces' }).click()
    await expect(page).toHaveURL(/\/traces\?service=order-service&errors=1/)

    await page.goto(url + withSpan)
    await tracePage(page).details.getByRole('button', { name: 'Follow order-service' }).click()
    const [logs] = await page.getByRole('menuitem', { name: 'Its logs' }).all()
    await expect(logs).toContainText('service.name = service_name')
    await page.keyboard.press('l')
    await expect(page).toHaveURL(/\/logs\?.*service_name/)

    const lines = page.getByRole('treegrid', { name: 'Log lines' })
    await lines.getByRole('row', { name: /exhausted/ }).click()
    await follow.click()
    await page.getByRole('menuitem', { name: 'Its traces' }).click()
    await expect(page).toHaveURL(/\/traces\?service=order-service&from=/)
  })

  test('what a pivot will ask, and by which fact, is said before', async ({ page, url }) => {
    await page.goto(url + withSpan)
    const follow = page.getByRole('list', { name: 'Follow from this span' })
    const logs = follow.getByRole('button', { name: /^Logs of this span/ })
    await expect(logs).toContainText('trace_id and span_id in metadata')
    await expect(logs).toHaveAttribute(
      'title',
      `{service_name="order-service"} | trace_id="${trace.id}" | span_id="${rootSpan}"`,
    )
    await expect(follow.getByRole('button', { name: /^All order-service logs/ })).toContainText(
      'service.name = service_name',
    )
    await expect(follow.getByRole('button', { name: /rate, errors, duration/ })).toContainText(
      'No source of metrics is connected',
    )
    await expectAxeClean(page)
    await page.keyboard.press('t')
    await expect(page).toHaveURL(/\/traces\?service=order-service&operation=POST/)
  })
})

test.describe('a Loki of which only a part could be learned', () => {
  test.use({
    isSampleRefused: true,
    loki: {
      lines: [line({ labels: { app: 'order' }, text: JSON.stringify({ msg: words, traceId: trace.id }) })],
    },
  })

  test('what it calls its services is known all the same, and leads to its lines', async ({ page, url }) => {
    await followLogs(page, url)
    await expect(page).toHaveURL(/\/logs\?/)
    await expect(
      page.getByRole('status').filter({ hasText: '1 line: the id in the line, ± 1 s.' }),
    ).toBeVisible()
  })
})

test.describe('a Loki that takes its time', () => {
  test.use({ loki: { lines: [line({ metadata: { trace_id: trace.id, span_id: rootSpan } })] } })

  test('a pivot under way says that it is busy, at once, and can be stopped and begun again', async ({
    page,
    url,
  }) => {
    const { promise: isAnswered, resolve: answer } = Promise.withResolvers<void>()
    // What is learned asks for lines too, which are not to be waited for.
    const isLearned = page.waitForRequest(
      (request) =>
        request.method() === 'PUT' && request.url().endsWith('/facts') && 'logs' in request.postDataJSON(),
    )
    await page.goto(url + withSpan)
    await isLearned
    const logs = page.getByRole('button', { name: /^Logs of this span/ })
    await expect(logs).toContainText('in metadata')
    await expect(logs).not.toHaveAttribute('aria-busy', 'true')
    await page.context().route(/\/logs\/lines\?/, async (route) => {
      await isAnswered
      await route.continue()
    })
    await logs.click()
    await expect(logs).toHaveAttribute('aria-busy', 'true')
    await expect(logs).toContainText('Asking Loki…')
    await page.getByRole('button', { name: 'Cancel' }).click()
    const tried = page.getByRole('region', { name: 'Logs of this span', exact: true })
    await expect(tried).toContainText(/Stopped\. Of \d+ ways 0 had been tried/)
    await expect(logs).not.toHaveAttribute('aria-busy', 'true')
    await expectAxeClean(page)
    await tried.getByRole('button', { name: 'Try again' }).click()
    await expect(logs).toHaveAttribute('aria-busy', 'true')
    answer()
    await expect(page).toHaveURL(/\/logs\?/)
  })
})

test.describe('lines that name no trace', () => {
  test.use({ loki: { lines: [line(), line({ text: 'pool payments-db: 20/20 in use' }, 3_000)] } })

  test('every rung is shown with its query, and the nearest lines are offered', async ({ page, url }) => {
    await followLogs(page, url)
    const tried = page.getByRole('region', { name: 'Logs of this span', exact: true })
    await expect(tried).toContainText(
      'No line was found that names this span or its trace. order-service wrote 2 lines at that time, but the id was not found in them',
    )
    const rungs = tried.getByRole('list', { name: 'What was tried' }).getByRole('listitem')
    await expect(rungs.first()).toContainText(
      `{service_name="order-service"} | trace_id="${trace.id}" | span_id="${rootSpan}"`,
    )
    await expect(rungs.first()).toContainText('0 lines')
    await expect(rungs.nth(-2)).toContainText('all lines of order-service, ± 30 s')
    await expectAxeClean(page)
    await tried.getByRole('button', { name: 'Read the 2 lines ± 30 s' }).click()
    await expect(page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')).toHaveCount(2)
  })
})

test.describe('lines that other services wrote of the trace', () => {
  test.use({
    loki: {
      lines: [
        line({ labels: { service_name: 'payment-service' }, metadata: { trace_id: trace.id } }),
        line({ text: 'nothing to do with it' }, 60),
      ],
    },
  })

  test('are gone to, and it is said that the span and its service have none', async ({ page, url }) => {
    await followLogs(page, url)
    await expect(page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')).toHaveCount(1)
    await expect(
      page.getByRole('status').filter({
        hasText:
          /^1 line: .*in all streams, ± 15 min\. No line .*of order-service names its trace \(± 1 min\)\./,
      }),
    ).toBeVisible()
  })
})

test('a trace that was opened by its id alone is kept with who holds it, and shown again from there', async ({
  page,
  url,
}) => {
  await page.goto(url + path)
  await expect(tracePage(page).row(/POST \/orders/)).toBeVisible()
  await page.getByRole('link', { name: /^Investigation/ }).click()
  const step = page.getByRole('region', { name: 'Steps' }).getByRole('listitem').first()
  await expect(step).toContainText('Tempo')
  await expect(page.getByRole('img', { name: /POST \/orders/ })).toBeVisible()
  await expect(page.getByText('not there any more')).toHaveCount(0)
})

test.describe('a Loki that is down', () => {
  test.use({ loki: { lines: undefined } })

  test('is said in its words, and is not asked in vain', async ({ page, url }) => {
    await followLogs(page, url)
    const tried = page.getByRole('region', { name: 'Logs of this span', exact: true })
    await expect(tried).toContainText('Whether this span has log lines could not be asked.')
    // It may well be there.
    await expect(tried.getByRole('banner').or(tried.locator('header'))).toContainText('not asked')
    await expect(tried).not.toContainText('not found')
    await expect(tried.getByRole('listitem').first()).toContainText('503')
    await expect(tried.getByRole('listitem').nth(1)).toContainText('not asked')
  })
})

test.describe('a trace that no source kept', () => {
  const lost = 'ff00f0c2a7d94c1e8b03d5c6f2119a7e'
  test.use({ loki: { lines: [line({ metadata: { trace_id: lost } })] } })

  test('says how it was asked for, why it is not there, and offers the nearest ones', async ({
    page,
    url,
  }) => {
    const time = `start=${startMs - 1_000}&end=${startMs - 500}`
    await page.goto(`${url}/trace?id=${lost}&${time}&of=order-service&took=4000000000`)
    const asked = page.getByRole('list', { name: 'How Tempo was asked' }).getByRole('listitem')
    await expect(asked).toHaveText([
      /^id of 32 digits, around its time ff00/,
      /^id of 32 digits, at any time ff00/,
    ])
    const near = page.getByRole('region', { name: 'Traces near it' })
    await expect(near.getByRole('listitem')).toHaveText([
      /traces of order-service that took 2\.00 s or more, ± 5 min.*duration >= 2s.*1 trace/,
    ])
    await expect(near).toContainText('Most likely not sampled. Other traces of order-service were kept then')
    const offered = page.getByRole('list', { name: 'Nearest traces of order-service' }).getByRole('link')
    await expect(offered).toHaveText([/order-service POST \/orders › pool\.acquire.*\+750 ms.*5\.00 ms/])
    await expectAxeClean(page)
    await page.getByRole('button', { name: 'Open the nearest' }).click()
    await expect(page).toHaveURL(new RegExp(trace.id))
    await page.goBack()
    await expect(offered).toHaveCount(1)
  })

  test('offers the lines that name it', async ({ page, url }) => {
    await page.goto(`${url}/trace?id=${lost}`)
    await expect(page.getByRole('heading', { name: 'The trace was not found.' })).toBeVisible()
    // The line tells whose it was, and when.
    await expect(page.getByRole('list', { name: 'Nearest traces of order-service' })).toBeVisible()
    await expect(page.getByText('1 line: trace_id in metadata, in all streams, ± 15 min.')).toBeVisible()
    await expectAxeClean(page)
    await page.getByRole('button', { name: 'Read the lines that name it' }).click()
    await expect(page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')).toHaveCount(1)

    // That it is nowhere is a step like any other.
    const steps = page.getByRole('navigation', { name: 'Thread' }).getByRole('listitem')
    await expect(steps).toHaveText([/Trace ff00f0c2….*0 spans/, /Lines.*1 line/])
    await steps.first().getByRole('link').click()
    await expect(page.getByRole('heading', { name: 'The trace was not found.' })).toBeVisible()
    await expect(page.getByText('1 line: trace_id in metadata, in all streams, ± 15 min.')).toBeVisible()
    await expect(steps).toHaveCount(2)
    await expect(steps.first()).toHaveAttribute('aria-current', 'step')
    await page.getByRole('link', { name: /^Investigation/ }).click()
    const kept = page.getByRole('region', { name: 'Steps' }).getByRole('listitem').first()
    await expect(kept).toContainText(lost)
    await expect(kept).toContainText('Tempo')
  })
})

test.describe('a line that names its trace', () => {
  test.use({ loki: { lines: [line({ metadata: { trace_id: trace.id } })] } })

  test('leads there without its own page being made anew on the way', async ({ page, url }) => {
    const query = encodeURIComponent('{service_name="order-service"}')
    const around = `from=${trace.startMs - 60_000}&to=${trace.startMs + 60_000}`
    await page.goto(`${url}/logs?query=${query}&${around}`)
    await expect(page.locator('.view-lines')).toContainText('order-service')
    await page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row').first().click()
    await page.evaluate(() => {
      const seen = new MutationObserver((changes) => {
        const added = changes.flatMap(({ addedNodes }) => [...addedNodes])
        if (added.some((node) => node instanceof Element && node.querySelector('.monaco-editor, textarea')))
          document.body.dataset['remade'] = 'yes'
      })
      seen.observe(document.body, { childList: true, subtree: true })
    })
    await page.keyboard.press('t')
    await expect(page.getByRole('heading', { level: 1 })).toHaveAccessibleName('order-service POST /orders')
    await expect(page.locator('body[data-remade]')).toHaveCount(0)
  })
})
