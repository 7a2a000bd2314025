/** The demo shop: an incident to read with nothing connected. */
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, keptPreferences, startClew, test } from './clew.ts'

/** Where a span leads. */
const followed = (page: Page) => page.getByRole('list', { name: 'Follow from this span' })

/** Its row among the connections. */
const connection = (page: Page) =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: 'Demo shop', exact: true }) })

test.describe('begun on the command line', () => {
  test.use({ clewArgs: ['--demo', 'pool-exhaustion'] })

  test('it is searched and read like any source, to the finding that says what was waited for', async ({
    page,
  }) => {
    await page.getByRole('link', { name: 'Traces' }).click()
    await page.getByLabel('Service', { exact: true }).fill('edge-gateway')
    await page.getByLabel('Duration over').fill('3s')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const results = page.getByRole('grid', { name: 'Traces' })
    const slow = results.getByRole('row').filter({ hasText: 'POST /api/checkout' }).first()
    await expect(slow).toContainText('Demo shop')
    await slow.dblclick()
    await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('order-service')
    const findings = page.getByRole('region', { name: 'Findings' })
    await expect(findings).toContainText(/is one wait.*pool\.acquire/)
  })

  test('it is asked in TraceQL, with completion, and says where a query is wrong', async ({ page }) => {
    await page.getByRole('link', { name: 'Traces' }).click()
    const editor = page.locator('.monaco-editor')
    const write = async (query: string) => {
      await editor.click()
      await page.keyboard.press('Control+a')
      await page.keyboard.press('Delete')
      await page.keyboard.type(query)
    }
    await write('{ resource.service.n')
    const offered = page.locator('.suggest-widget .monaco-list-row')
    await offered.filter({ hasText: 'resource.service.name' }).first().click()
    await page.keyboard.type('= ')
    await expect(offered.filter({ hasText: '"order-service"' })).toBeVisible()
    await page.keyboard.press('Escape')

    await write('{ kind = server } >> { name =~ ".*pool.acquire" && duration > 1s')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const results = page.getByRole('grid', { name: 'Traces' })
    await expect(results.getByRole('row').filter({ hasText: 'pool.acquire' }).first()).toContainText(
      'Demo shop',
    )

    await write('{ levle = 1')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toContainText('column 3')
    await expect(alert).toContainText('an attribute of that name is written “.levle”')
    await expect(editor.locator('.squiggly-error')).toBeVisible()
  })

  test('its overview tells the new version and the pool before what followed from them', async ({ page }) => {
    const moves = page.getByRole('region', { name: 'What moved first' }).getByRole('listitem')
    await expect(moves.nth(0)).toContainText('payment-service 2.13.4 → 2.14.0')
    await expect(moves.nth(1)).toContainText('payments-db, waiting for a connection')
    await expect(moves.nth(2)).toContainText(/p99|failing requests/)
  })

  test('what is counted in TraceQL is charted, above the traces that are counted', async ({ page, url }) => {
    const traceql = '{ status = error } | rate() by (resource.service.name)'
    await page.goto(`${url}/traces?${new URLSearchParams({ q: traceql, from: 'now-1h', to: 'now' })}`)
    const chart = page.getByRole('region', { name: 'Counted over time' })
    await expect(chart.getByRole('figure')).toContainText(/^\d lines; the table/)
    await expect(chart).toContainText('payment-service')
    await expect(rows(page).filter({ hasText: 'POST /api/checkout' }).first()).toContainText('Demo shop')
    await expectAxeClean(page)

    // The last step that has ended, in the unit of what is counted.
    const latest = chart.getByRole('table', { name: 'Latest values' }).getByRole('row')
    const count = (q: string) =>
      page.goto(`${url}/traces?${new URLSearchParams({ q, from: 'now-1h', to: 'now' })}`)
    await count('{} | rate() by (resource.service.name)')
    await expect(latest.filter({ hasText: 'edge-gateway' })).toHaveText(/^edge-gateway[\d.]*[1-9][\d.]*\/s$/)
    await count('{ name = "POST /api/checkout" } | histogram_over_time(duration)')
    await expect(latest.filter({ hasText: /^≤ 8\.59 s/ })).toHaveText(/s\d+ spans?$/)
  })

  test('its metrics are drawn, and an exemplar of a percentile leads to its trace', async ({ page, url }) => {
    const charges = 'http_server_request_duration_seconds_bucket{job="payment-service"}'
    const p99 = `histogram_quantile(0.99, sum by (le) (rate(${charges}[5m])))`
    await page.goto(`${url}/metrics?${new URLSearchParams({ p: `lines::${p99}` })}`)
    await expect(page.getByRole('main')).toContainText('Demo shop')
    // The five seconds that the pool lets one wait for a connection.
    await expect(page.getByRole('figure')).toContainText(/1 line, values from .* ms to \d\.\d+ s/)
    const dot = page.getByRole('button', { name: /^Exemplar \d+ of \d+: .*Enter opens its trace/ })
    const box = await dot.boundingBox()
    if (box === null) throw new Error('The dot is not drawn.')
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await expect(page).toHaveURL(/\/trace\?.*source=demo%3Apool-exhaustion%3A1.*span=[0-9a-f]{16}/)
    await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('payment-service')
  })

  const inUse = 'db_client_connection_count{job="payment-service", db_client_connection_state="used"}'
  const paying = '{service_name="payment-service"}'
  const charges = '{ resource.service.name = "payment-service" }'
  for (const { language, first, next, path, says } of [
    {
      language: 'PromQL',
      first: `sum(${inUse})`,
      next: `max(${inUse})`,
      path: (query: string) => `/metrics?${new URLSearchParams({ p: `lines::${query}` })}`,
      says: `Until the answer comes, this is still sum(${inUse}).`,
    },
    {
      language: 'LogQL',
      first: `sum(count_over_time(${paying}[1m]))`,
      next: `sum(rate(${paying}[1m]))`,
      path: (query: string) => `/logs?${new URLSearchParams({ query, from: 'now-1h', to: 'now' })}`,
      says: 'Asking Demo shop for values',
    },
    {
      language: 'TraceQL',
      first: `${charges} | rate()`,
      next: `${charges} | count_over_time()`,
      path: (query: string) => `/traces?${new URLSearchParams({ q: query, from: 'now-1h', to: 'now' })}`,
      says: 'Asking Demo shop',
    },
  ])
    test(`while another ${language} query is asked, what is drawn is the answer to its own, dimmed`, async ({
      page,
      url,
    }) => {
      const held = Promise.withResolvers<void>()
      await page.route(
        (place) => place.searchParams.get('query') === next,
        async (route) => {
          await held.promise
          await route.continue()
        },
      )
      const figure = (name: string) => page.getByRole('figure', { name, exact: true })
      await page.goto(url + path(first))
      await expect(figure(first)).toBeVisible()
      await expect(page.locator('.old')).toHaveCount(0)
      await page.locator('.monaco-editor').click()
      await page.keyboard.press('Control+a')
      await page.keyboard.insertText(next)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await expect(page.getByText(says, { exact: true }).first()).toBeVisible()
      await expect(page.locator('.old').filter({ has: figure(first) })).toHaveCount(1)
      held.resolve()
      await expect(figure(next)).toBeVisible()
      await expect(page.locator('.old')).toHaveCount(0)
    })

  test('its logs are read like a Loki’s: lines, volume, filters, a mistake at its place, and a line leads to its trace', async ({
    page,
  }) => {
    await page.getByRole('link', { name: 'Logs', exact: true }).click()
    await page.getByRole('button', { name: 'payment-service', exact: true }).click()
    const list = page.getByRole('treegrid', { name: 'Log lines' })
    await expect(list.getByRole('row').nth(1)).toBeVisible()
    await expect(page.getByRole('figure', { name: 'Lines over time' })).toContainText('error')
    await expectAxeClean(page)
    // A run has ended: nothing is to be followed, and the button says so.
    await expect(page.getByRole('button', { name: 'Follow live' })).toHaveAttribute('title', /has ended/)

    const editor = page.locator('.monaco-editor')
    const ask = async (query: string) => {
      await editor.click()
      await page.keyboard.press('Control+a')
      await page.keyboard.press('Delete')
      await page.keyboard.type(query)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Run', exact: true }).click()
    }
    await ask('{service_name="payment-service"} |~ "pool exhausted.*4[0-9]{3}ms"')
    const row = list.getByRole('row').filter({ hasText: 'connection pool exhausted' }).first()
    await expect(row).toBeVisible()
    await ask('sum by (detected_level) (rate({service_name="payment-service"}[5m]))')
    await expect(page.getByRole('figure')).toContainText(/^4 lines; the table after it/)
    await ask('{service_name="payment-service"} | json | | level="x"')
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toContainText('line 1, col 43')
    await expect(editor.locator('.squiggly-error')).toBeVisible()

    await ask('{service_name="payment-service"} |= "pool exhausted"')
    await row.click()
    await page.keyboard.press('t')
    await expect(page).toHaveURL(/\/trace\?.*demo%3Apool-exhaustion%3A1/)
    await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('payment-service')
  })

  test('the overview says what fires, since when, and by how much', async ({ page }) => {
    const alerts = page.getByRole('region', { name: 'Alerts' })
    await expect(alerts).toContainText(/p95 of \/api\/checkout is \d\.\d+ s, over 220 ms/)
    await expect(alerts).toContainText(/payment-service gives up waiting for a connection/)
    await expect(alerts).toContainText(/since \d\d:\d\d/)
    await expect(alerts).toContainText('2 rules quiet')
    await expectAxeClean(page)
  })

  test('a mistake in PromQL, and what its engine does not do, are marked at their place', async ({
    page,
  }) => {
    await page.getByRole('link', { name: 'Metrics' }).click()
    const editor = page.locator('.monaco-editor')
    await editor.click()
    await page.keyboard.type('limitk(2, up')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const alert = page.getByRole('main').getByRole('alert').first()
    await expect(alert).toContainText('column 1')
    await expect(alert).toContainText('limitk')
    await expect(editor.locator('.squiggly-error')).toBeVisible()
  })

  test('the map has who called whom in it', async ({ page }) => {
    await page.getByRole('link', { name: 'Map' }).click()
    const services = page.getByRole('listbox', { name: 'Services' })
    await services.getByRole('option', { name: 'order-service' }).click()
    await expect(page.getByRole('list', { name: 'Called by' })).toContainText('web-bff')
    await expect(services.getByRole('option', { name: /^payments-db, database/ })).toBeVisible()
  })

  test('a queue stands between who sends and who takes, and leads to the traces of both', async ({
    page,
  }) => {
    await page.getByRole('link', { name: 'Map' }).click()
    const services = page.getByRole('listbox', { name: 'Services' })
    await services.getByRole('option', { name: /^order-events, message queue/ }).click()
    await expect(page.getByRole('list', { name: 'Called by' })).toContainText('order-service')
    await page
      .getByRole('list', { name: 'Calls', exact: true })
      .getByRole('button', { name: /shipping-service/ })
      .click()
    await expect(page.getByText('shipping-service only: order-events sends no spans').first()).toBeVisible()
    await page.getByRole('button', { name: /^Traces through this call/ }).click()
    await expect(page).toHaveURL(/messaging\.destination\.name/)
    await expect(
      page
        .getByRole('status')
        .filter({ hasText: /[1-9]\d* traces/ })
        .first(),
    ).toBeVisible()

    await page.goBack()
    await services.getByRole('option', { name: /^payments-db, database/ }).click()
    await page
      .getByRole('list', { name: 'Follow this database' })
      .getByRole('button', { name: /^Traces that use payments-db/ })
      .click()
    await expect(page).toHaveURL(/db\.namespace/)
    await expect(
      page
        .getByRole('status')
        .filter({ hasText: /[1-9]\d* traces/ })
        .first(),
    ).toBeVisible()
  })

  test('the connections list it as what it is, and end it', async ({ page }) => {
    await page.getByRole('link', { name: 'Connections' }).click()
    const row = connection(page)
    await expect(row).toContainText('pool-exhaustion:1')
    await expect(row).toContainText('this run')
    await row.getByRole('button', { name: 'Demo shop', exact: true }).click()
    const panel = page.getByRole('region', { name: 'Demo shop' })
    await expect(panel).toContainText('simulated')
    await expect(page.getByLabel('Address')).toBeHidden()
    await panel.getByRole('button', { name: 'End the demo' }).click()
    await expect(page.getByText('Demo shop has ended.')).toBeVisible()
    await expect(row).toBeHidden()
  })

  test('exemplars stand on the heatmap of a native histogram', async ({ page, url }) => {
    const query = 'sum(rate(rpc_server_call_duration_seconds[5m]))'
    await page.goto(`${url}/metrics?${new URLSearchParams({ p: `auto::${query}` })}`)
    await expect(page.getByRole('figure')).toContainText('Heatmap of')
    await expect(page.getByRole('button', { name: /^Exemplar \d+ of/ })).toBeVisible()
  })

  test('services that fell silent before the end of the window are told of', async ({ page, url }) => {
    const hourMs = 3_600_000
    const range = { from: `${Date.now() - hourMs}`, to: `${Date.now() + hourMs}` }
    await page.goto(`${url}/overview?${new URLSearchParams(range)}`)
    await expect(page.getByRole('table', { name: 'Services' })).toContainText('payment-service')
  })
})

test.describe('with one bad instance', () => {
  test.use({ clewArgs: ['--demo', 'bad-instance:7'] })

  test('its overview says which one, against the others, and charts them all', async ({ page }) => {
    const moves = page.getByRole('region', { name: 'What moved first' }).getByRole('listitem')
    const said = moves.filter({ hasText: 'one instance' })
    await expect(said).toHaveCount(1)
    await expect(said).toContainText(
      /^pricing-service .*one instance: p99 .*s on \S+, .*s at most on its 2 others$/,
    )
    await said.getByRole('link').first().click()
    await expect(page.getByRole('figure')).toContainText('3 lines')
  })
})

test.describe('with a retry storm', () => {
  test.use({ clewArgs: ['--demo', 'retry-storm:7'] })

  test('a call that nobody answered leads to the service it called, then, and to other calls of it', async ({
    page,
  }) => {
    await page.getByRole('button', { name: 'Follow web-bff' }).first().click()
    await page.getByRole('menuitem', { name: 'Its failed traces' }).click()
    await rows(page).nth(1).dblclick()
    await page.getByRole('button', { name: /^First error: no answer from search-service/ }).click()
    const called = followed(page).getByRole('button', { name: /^search-service, which it calls/ })
    await expect(called).toContainText('server.address = search-service')
    await expect(called).toHaveAttribute('title', /job="search-service"/)
    await expectAxeClean(page)
    await called.click()
    await expect(page).toHaveURL(/\/service\?.*service=search-service.*mark=/)
    await expect(page.getByRole('figure', { name: 'Utilisation: Cores in use' })).toBeVisible()

    await page.goBack()
    const calls = followed(page).getByRole('button', { name: /^Traces of calls to search-service/ })
    await expect(calls).toHaveAttribute('title', /"web-bff" && \.server\.address = "search-service"/)
    await page.keyboard.press('Shift+C')
    await expect(rows(page).nth(1)).toContainText('GET /search')
    await expect(page.getByRole('radio', { name: 'Slowest first' })).toBeChecked()
  })

  test('what moved leads to what was there when it began, before what came of it hides that', async ({
    page,
  }) => {
    const moved = page.getByRole('region', { name: 'What moved first' }).getByRole('listitem')
    const queued = moved.filter({ hasText: /search-service 0 → \d+/ })
    await queued.getByRole('button', { name: 'Follow search-service' }).click()
    await page.getByRole('menuitem', { name: 'Its traces' }).click()
    await page.getByRole('radio', { name: 'Slowest first' }).click()
    // The cause: every instance merged its index for two minutes.
    for (const place of [1, 2, 3]) await expect(rows(page).nth(place)).toContainText(/IndexMerge\.run.*2 min/)
  })
})

test.describe('where it cannot be ended', () => {
  test.use({ clewArgs: ['--demo', 'healthy'] })

  test('the connections say so, and keep it', async ({ page }) => {
    await page.route('**/api/sources/demo*', (route) =>
      route.fulfill({ status: 500, json: { kind: 'unexpected', message: 'It goes on.' } }),
    )
    await page.getByRole('link', { name: 'Connections' }).click()
    const row = connection(page)
    await row.getByRole('button', { name: 'Demo shop', exact: true }).click()
    await page.getByRole('button', { name: 'End the demo' }).click()
    await expect(page.getByText('It goes on.')).toBeVisible()
    await expect(row).toBeVisible()
  })
})

const rows = (page: Page) => page.getByRole('grid', { name: 'Traces' }).getByRole('row')
const guide = (page: Page) => page.getByRole('region', { name: 'Guide through the demo' })

test('the start page offers an incident, and a guide leads through it to the finding', async ({ page }) => {
  test.slow()
  await expect(page.getByRole('button', { name: /^(Times that cannot be|A good day)/ })).toHaveCount(2)
  await expectAxeClean(page)
  await page.getByRole('button', { name: 'Open the demo incident' }).click()

  const step = guide(page).locator('[aria-current=step]')
  await expect(step).toHaveText('1 Metric')
  await expect(
    page.getByRole('button', { name: /^Exemplar \d+ of \d+: .*Enter opens its trace/ }),
  ).toBeVisible()
  await guide(page).getByRole('button', { name: 'See the requests' }).click()
  await expect(step).toHaveText('2 Request')
  const slow = rows(page).filter({ hasText: 'POST /api/checkout' }).first()
  await expect(slow).toContainText('Demo shop')
  await expectAxeClean(page)
  await slow.dblclick()
  await expect(guide(page)).toContainText('The line under the bars')
  await guide(page).getByRole('button', { name: 'Show the wait' }).click()
  await expect(step).toHaveText('3 Wait')
  await expect(page.getByRole('button', { name: /is one wait/ })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText('connection pool exhausted, waited 4500ms').first()).toBeVisible()
  await expectAxeClean(page)
  for (const name of ['Its log lines', 'Its peers', 'Its service then', 'What moved first'])
    await expect(guide(page).getByRole('button', { name })).toBeVisible()
  await guide(page).getByRole('button', { name: 'Its peers' }).click()
  await expect(page.getByRole('button', { name: /^A typical one/ })).toBeFocused()
  await guide(page).getByRole('button', { name: 'Its log lines' }).click()
  await expect(step).toHaveText('4 Lines')
  await page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row').nth(1).click()
  await guide(page).getByRole('button', { name: 'Its service then' }).click()
  await expect(step).toHaveText('5 Cause')
  await expect(page.getByRole('main')).toContainText('Connections in use, 20 at most')
  await expect(guide(page)).toContainText('What is full: its pools')
  await expectAxeClean(page)
  await guide(page).getByRole('button', { name: 'What moved first' }).click()
  await expect(
    page.getByRole('region', { name: 'What moved first' }).getByRole('listitem').first(),
  ).toContainText('payment-service 2.13.4 → 2.14.0')
  await expect(step).toHaveText('5 Cause')
  await expect(guide(page)).toContainText('What moved first stands below. The cause: payment-service 2.14.0')
  await expectAxeClean(page)
  await page.getByRole('link', { name: 'Traces', exact: true }).click()
  await expect(guide(page)).toContainText('goes on from its own search')
  await expect(step).toHaveCount(0)
  await guide(page).getByRole('button', { name: 'Back to the requests' }).click()
  await expect(slow).toBeVisible()
  await expect(step).toHaveText('2 Request')
})

test('where no source is, Traces offers the demo shop', async ({ page }) => {
  await page.getByRole('link', { name: 'Traces', exact: true }).click()
  await page.getByRole('button', { name: 'Try the demo shop' }).click()
  await expect(rows(page).filter({ hasText: 'POST /api/checkout' }).first()).toContainText('Demo shop')
})

test('where no source is, Map offers the demo shop', async ({ page }) => {
  await page.getByRole('link', { name: 'Map', exact: true }).click()
  await page.getByRole('button', { name: 'Try the demo shop' }).click()
  await expect(
    page.getByRole('listbox', { name: 'Services' }).getByRole('option', { name: 'payment-service' }),
  ).toBeVisible()
})

for (const place of ['Overview', 'Metrics'])
  test(`where no source is, ${place} offers the demo shop`, async ({ page }) => {
    await page.getByRole('link', { name: place, exact: true }).click()
    await page.getByRole('button', { name: 'Try the demo shop' }).click()
    await expect(
      place === 'Overview'
        ? page
            .getByRole('table', { name: 'Services' })
            .getByRole('button', { name: 'payment-service', exact: true })
        : page.locator('.monaco-editor'),
    ).toBeVisible()
  })

test('the guide is put away for good, and called back on the start page', async ({ page, url }) => {
  await page.getByRole('button', { name: 'Open the demo incident' }).click()
  await guide(page).getByRole('button', { name: 'Skip the guide' }).click()
  await expect(guide(page)).toBeHidden()
  await expect.poll(async () => (await keptPreferences(page)).guideHidden).toBe(true)
  await page.reload()
  await expect(page.getByRole('figure')).toBeVisible()
  await expect(guide(page)).toBeHidden()
  await page.goto(url)
  await page.getByRole('button', { name: 'Show the guide' }).click()
  await page.getByRole('button', { name: 'Look at the incident' }).click()
  await expect(guide(page)).toBeVisible()
})

test('another incident takes the place of the one that runs, and can be ended', async ({ page, url }) => {
  await page.getByRole('button', { name: /^A good day/ }).click()
  await expect(page).toHaveURL(/source=demo%3Ahealthy%3A1/)
  await page.goto(url)
  await expect(page.getByRole('heading', { name: /^A good day/ })).toContainText('simulated')
  await page.getByRole('button', { name: /^Checkout fails for some/ }).click()
  await expect(page).toHaveURL(/source=demo%3Abad-deploy%3A1/)
  await expect(guide(page)).toContainText('Some checkouts fail at once')
  await expect(guide(page).getByRole('listitem')).toHaveText(['1 Request', '2 Evidence', '3 Cause'])
  await expect(rows(page).nth(1)).toContainText('Demo shop')
  await page.goto(url)
  await page.getByRole('button', { name: 'End the demo' }).click()
  await expect(page.getByRole('button', { name: 'Open the demo incident' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'No sources yet' })).toBeVisible()
})

test('a link to a trace of a run that ended begins the run again, and shows the trace', async ({
  page,
  url,
}) => {
  await page.getByRole('button', { name: 'Open the demo incident' }).click()
  await guide(page).getByRole('button', { name: 'See the requests' }).click()
  await rows(page).filter({ hasText: 'POST /api/checkout' }).first().dblclick()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toBeVisible()
  const link = page.url()
  await page.goto(url)
  await page.getByRole('button', { name: 'End the demo' }).click()
  await expect(page.getByRole('button', { name: 'Open the demo incident' })).toBeVisible()
  await page.goto(link)
  await expect(page.getByText('This run of the demo shop has ended.')).toBeVisible()
  await expectAxeClean(page)
  await page.getByRole('button', { name: 'Start it again' }).click()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toBeVisible()
})

test('where a server is connected, the demo stands after it', async ({ page, profile }) => {
  const clew = await startClew(['--connect', 'jaeger=http://127.0.0.1:9'], profile)
  await page.goto(clew.address)
  const headings = page.getByRole('heading', { level: 2 })
  await expect(headings).toHaveText([/^Connect your servers/, /^Open a file/, /^An incident to try/])
  await clew.stop()
})
