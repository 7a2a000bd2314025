/** The overview: services found in the metrics that are there, sorted by what got worse, and what fires. */
import { expect, expectAxeClean } from './clew.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import { json } from './fake-servers.ts'
import { testWithPrometheus as test } from './with-prometheus.ts'

const window = 'from=1790000000000&to=1790003600000'

test('services are found, with what got worse first, and their figures against the window before', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/overview?${window}`)
  const rows = page.getByRole('table', { name: 'Services' }).getByRole('row')
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(1).getByRole('cell')).toHaveText([
    'order-service',
    '',
    '46/s',
    '−8 %',
    '',
    '50 %',
    '+50 pp',
    '50.0 ms',
    '50.0 ms',
    '',
    '4.60 s',
    '×15',
    /^– No metric of a pool, queue, runtime or container both names this service/,
    'Open',
  ])
  await expect(rows.nth(2)).toContainText('payment-service')
  await expect(rows.nth(2).getByRole('link', { name: 'payments-db pool 20 / 20' })).toHaveAttribute(
    'title',
    'payments-db pool 20 / 20\npayments-db: waiting for a connection 37',
  )
  await expect(rows.nth(2)).toContainText('0 pp')
  await expect(page.getByRole('figure')).toContainText('Heatmap of 7 buckets')
  await expect(page.getByRole('figure')).toContainText('Bound: 500 ms, OrderLatencyHigh.')
  await expect(page.getByRole('region', { name: 'order-service latency' })).toBeVisible()
  await expectAxeClean(page)

  await page.getByRole('button', { name: 'payment-service', exact: true }).click()
  await expect(page.getByRole('region', { name: 'payment-service latency' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Filter services' }).fill('order')
  await expect(rows).toHaveCount(2)
})

test('alerts say since when, lead to their expression, and rules that cannot be evaluated say why', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/overview?${window}`)
  const alerts = page.getByRole('region', { name: 'Alerts' })
  await expect(alerts).toContainText('p99 over 500 ms')
  await expect(alerts).toContainText(/since 09-21 \d\d:54/)
  await expect(alerts).toContainText('1 rule quiet')
  await expect(alerts).toContainText('it could not be parsed')
  await alerts.getByRole('link', { name: 'OrderLatencyHigh' }).click()
  await expect(page).toHaveURL(new RegExp(`/rules\\?rule=shop%2FOrderLatencyHigh&${window}`))
  await expect(page.getByRole('figure')).toContainText(
    'values from 300 ms to 4.60 s. The table view has every value. The threshold is 500 ms.',
  )
  await expect(page.getByRole('region', { name: 'Alerts of OrderLatencyHigh' })).toContainText(
    /since 09-21 \d\d:54p99 over 500 ms/,
  )
  const rules = page.getByRole('table', { name: 'Rules' }).getByRole('row')
  await expect(rules.nth(1).getByRole('cell')).toHaveText([
    'OrderLatencyHigh',
    'firing',
    /^09-21 \d\d:54$/,
    '1 min',
    'shop',
    /^histogram_quantile/,
  ])
  await expect(rules.nth(2)).toContainText('a:bcannot be evaluated')
  await expect(rules.nth(3)).toContainText('Quietquiet')
  await expectAxeClean(page)
  await expect(page.getByRole('navigation', { name: 'Thread' }).getByRole('listitem')).toHaveText([
    /^Overview/,
    /^Rule OrderLatencyHigh1 firing/,
  ])
  await page.getByRole('button', { name: 'a:b' }).click()
  await expect(page.getByRole('region', { name: 'Alerts of a:b' })).toContainText('it could not be parsed')
})

test('what moved is told in order of time, and leads to its chart in the same window', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/overview?${window}`)
  const moves = page.getByRole('region', { name: 'What moved first' }).getByRole('listitem')
  await expect(moves).toHaveCount(3)
  await expect(moves.nth(0)).toHaveText(
    /^payment-service 2\.13\.4 → 2\.14\.0\d\d:44new version on 6 instances$/,
  )
  await expect(moves.nth(1)).toHaveText(
    /^payment-service 0 → 37\d\d:50payments-db, waiting for a connection$/,
  )
  await expect(moves.nth(2)).toHaveText(/^order-service 300 ms → 4\.60 s\d\d:54p99$/)
  await moves.nth(1).getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/metrics\\?.*${window}`))
  const query = '{job="payment-service", db_client_connection_pool_name="payments-db"}'
  await expect(
    page.getByRole('region', { name: `db_client_connection_pending_requests${query}` }),
  ).toBeVisible()
})

test('what moved first is in the first screen, however much fires', async ({ page, url, prometheus }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const alerts = Array.from({ length: 30 }, (_, index) => ({
    labels: { alertname: 'Slow', job: `service-${index}` },
    annotations: { summary: `p99 of service-${index} is over what was agreed with those who call it` },
    state: 'firing',
    activeAt: '2026-09-21T14:54:00Z',
    value: '1',
  }))
  const rules = [{ type: 'alerting', name: 'Slow', query: 'slow > 1', duration: 0, state: 'firing', alerts }]
  prometheus.answer((request, response) =>
    request.url?.startsWith('/api/v1/rules')
      ? json({ status: 'success', data: { groups: [{ name: 'shop', rules }] } })(request, response)
      : prometheusAnswers(request, response),
  )
  await page.goto(`${url}/overview?${window}`)
  await expect(page.getByRole('region', { name: 'Alerts' })).toContainText('and 10 more')
  const moves = page.getByRole('region', { name: 'What moved first' }).getByRole('listitem')
  for (const place of [0, 1, 2]) await expect(moves.nth(place)).toBeInViewport({ ratio: 0.9 })
  await expectAxeClean(page)
})

test('of two hundred services with long names each has its row, and the figures stay in view', async ({
  page,
  url,
  prometheus,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const jobs = Array.from(
    { length: 200 },
    (_, index) => `platform-checkout-orchestration-${'x'.repeat(60)}-${index}`,
  )
  prometheus.answer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://prometheus.test')
    if (asked.pathname !== '/api/v1/query' || !asked.searchParams.get('query')?.includes('(job'))
      return prometheusAnswers(request, response)
    const result = jobs.map((job, index) => ({ metric: { job }, value: [1_790_003_600, String(index + 1)] }))
    return json({ status: 'success', data: { resultType: 'vector', result } })(request, response)
  })
  await page.goto(`${url}/overview?${window}&order=name`)
  const rows = page.getByRole('table', { name: 'Services' }).getByRole('row')
  await expect(rows).toHaveCount(203)
  await expect(rows.nth(2).getByRole('link', { name: /^Open / })).toBeInViewport({ ratio: 1 })
  await page.getByRole('textbox', { name: 'Filter services' }).fill('-199')
  await expect(rows).toHaveCount(2)
  await rows.nth(1).getByRole('button', { name: jobs[199], exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: `${jobs[199]} latency` })).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/service\?/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(jobs[199])
})

test('a service that is not asked any more comes first, and is said to be silent', async ({
  page,
  url,
  prometheus,
}) => {
  prometheus.answer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://any')
    const query = searchParams.get('query') ?? ''
    const isRateNow = pathname === '/api/v1/query' && query.includes('_count') && !/offset|5\.\./.test(query)
    const metric = { job: 'order-service' }
    if (isRateNow && query.startsWith('sum by (job)'))
      json({
        status: 'success',
        data: { resultType: 'vector', result: [{ metric, value: [1_790_003_600, '46'] }] },
      })(request, response)
    else prometheusAnswers(request, response)
  })
  await page.goto(`${url}/overview?${window}`)
  const first = page.getByRole('table', { name: 'Services' }).getByRole('row').nth(1)
  await expect(first).toContainText('payment-service')
  await expect(first.getByRole('cell', { name: 'silent' })).toBeVisible()
})

test('metrics that tell of no service are said to be none', async ({ page, url, prometheus }) => {
  prometheus.answer((request, response) =>
    request.url?.startsWith('/api/v1/label/__name__/values')
      ? json({ status: 'success', data: ['up'] })(request, response)
      : prometheusAnswers(request, response),
  )
  await page.goto(`${url}/overview?${window}`)
  await expect(page.getByText('No metrics here tell how services do.')).toBeVisible()
})

test('a server that is down is told once, and is asked again', async ({ page, url, prometheus }) => {
  prometheus.answer(json({}, 503))
  await page.goto(`${url}/overview?${window}`)
  const alert = page.getByRole('main').getByRole('alert')
  await expect(alert).toHaveCount(1)
  await expect(alert).toContainText('503')
  prometheus.answer(prometheusAnswers)
  await alert.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('table', { name: 'Services' }).getByRole('row')).toHaveCount(3)
})

for (const place of ['overview', 'metrics'])
  test(`${place} says so when the sources cannot be listed`, async ({ page, url }) => {
    await page.route('**/api/sources', (route) => route.fulfill({ status: 500, body: '' }))
    await page.goto(`${url}/${place}?${window}`)
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
    await page.unroute('**/api/sources')
    await page.getByRole('main').getByRole('button', { name: 'Retry' }).click()
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
  })

test('going on to another kind of signal keeps the time one is looking at', async ({ page, url }) => {
  await page.goto(`${url}/overview?${window}`)
  const rail = page.getByRole('navigation', { name: 'Views' })
  for (const place of ['Metrics', 'Traces', 'Logs', 'Overview']) {
    await rail.getByRole('link', { name: place }).click()
    await expect(page).toHaveURL(new RegExp(`/${place.toLowerCase()}\\?.*${window}`))
  }
})

test('what is full leads to its chart against how much there is', async ({ page, url }) => {
  await page.goto(`${url}/overview?${window}`)
  await page.getByRole('link', { name: 'payments-db pool 20 / 20' }).click()
  await expect(page).toHaveURL(new RegExp(`/metrics\\?.*${window}`))
  await expect(page.getByRole('figure')).toContainText('The threshold is 20')
})

test('a service leads to its own metrics of that time', async ({ page, url }) => {
  await page.goto(`${url}/overview?${window}`)
  await page.getByRole('table').getByRole('button', { name: 'Follow order-service' }).click()
  await page.getByRole('menuitem', { name: 'Its rate, errors, duration' }).click()
  await expect(page).toHaveURL(/\/metrics\?.*order-service/)
  await expect(page.getByRole('figure').first()).toBeVisible()
})

test('in the menu of a service every way has its key, and its query as the tip', async ({ page, url }) => {
  await page.goto(`${url}/overview?${window}`)
  const follow = page.getByRole('table').getByRole('button', { name: 'Follow order-service' })
  await follow.press('Enter')
  const menu = page.getByRole('menu', { name: 'Follow order-service' })
  await expect(menu.getByRole('menuitem')).toHaveText([
    /^Its rate, errors, duration.*M$/,
    /^Its exemplars.*E$/,
    /^Who calls it, whom it calls.*G$/,
  ])
  await expect(menu.getByText('Its exemplars')).toHaveAttribute('title', /^sum by \(le\) .*_bucket/)
  // Below the ways stands what the one that is pointed at asks; never nothing.
  const asks = menu.locator('xpath=following-sibling::code')
  await expect(asks).toHaveText(/\S/)
  await page.keyboard.press('End')
  await expect(asks).toHaveText(/Who calls it, whom it calls/)
  await page.keyboard.press('e')
  await expect(page).toHaveURL(/\/metrics\?p=auto.*_bucket/)
  await page.goBack()
  await follow.press('Enter')
  await page.keyboard.press('g')
  await expect(page).toHaveURL(/\/map\?from=.*&focus=order-service&selected=order-service/)
  await expect(menu).toBeHidden()
})

test('an address that asks a source of another machine is not taken for this one’s', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/overview?source=elsewhere&${window}`)
  await expect(page.getByRole('table', { name: 'Services' })).toBeVisible()
  const told = page.getByRole('status').filter({ hasText: 'is not connected here' })
  await expect(told).toContainText('What is shown comes from those that are.')
  await expectAxeClean(page)
  await told.getByRole('button', { name: 'Connect it' }).click()
  await expect(page).toHaveURL(/\/connections/)
  await expect(told).toHaveCount(0)
})
