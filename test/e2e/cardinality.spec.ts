/** Cardinality: which metrics and labels hold the series of a server, and what would be saved without one. */
import { expect, expectAxeClean } from './clew.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import { json } from './fake-servers.ts'
import { testWithPrometheus as test } from './with-prometheus.ts'

test('the heaviest metric, what grew, the label that has no end, and what would be saved without it', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/metrics`)
  await page.getByRole('button', { name: 'Cardinality' }).click()
  const metrics = page.getByRole('table', { name: 'Metrics' }).getByRole('row')
  await expect(metrics.nth(1).getByRole('cell')).toHaveText([
    'http_requests_total',
    '500',
    '90',
    '+50',
    '+10',
  ])
  const labels = page.getByRole('table', { name: 'Labels of http_requests_total' }).getByRole('row')
  await expect(labels.nth(1).getByRole('cell')).toHaveText([
    'user_id',
    '30',
    /^UUIDs: no end to them00000000-/,
    '3',
    '97 %',
  ])
  await expect(labels.nth(1).getByRole('cell').last()).toBeInViewport({ ratio: 1 })
  await expect(labels.nth(2).getByRole('cell')).toHaveText(['job', '2', 'order-service', '90', '0 %'])
  await expect(page.getByRole('region', { name: 'Pairs with most series' })).toContainText(
    'job=order-service504',
  )
  await expectAxeClean(page)
})

test('what grows most is told against an hour and a day ago, also what is too small to be among the largest', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/cardinality`)
  await page.getByRole('radio', { name: 'Grow most' }).click()
  await expect(page).toHaveURL(/order=growing/)
  const metrics = page.getByRole('table', { name: 'Metrics' }).getByRole('row')
  await expect(metrics.nth(1).getByRole('cell')).toHaveText(['jobs_total', '–', '80', '+60', '+70'])
  await expect(metrics.nth(2)).toContainText('http_requests_total')
  await expect(page.getByText('–: in memory only the largest are told.')).toBeVisible()
})

test('a server that was not there an hour ago has nothing to compare with, and that is no growth', async ({
  page,
  url,
  prometheus,
}) => {
  prometheus.answer((request, response) =>
    /query=[^&]*offset/.test(request.url ?? '')
      ? json({ status: 'success', data: { resultType: 'vector', result: [] } })(request, response)
      : prometheusAnswers(request, response),
  )
  await page.goto(`${url}/cardinality`)
  const metrics = page.getByRole('table', { name: 'Metrics' }).getByRole('row')
  await expect(metrics.nth(1).getByRole('cell')).toHaveText(['http_requests_total', '500', '90', '–', '–'])
  await expect(
    page.getByText(/nothing to compare with, for .* held no series an hour ago and a day ago/),
  ).toBeVisible()
})

test('a server that does not tell what its store holds is counted instead, and that is said', async ({
  page,
  url,
  prometheus,
}) => {
  prometheus.answer((request, response) =>
    request.url?.startsWith('/api/v1/status/tsdb')
      ? json({ status: 'error', errorType: 'not_found', error: 'not found' }, 404)(request, response)
      : prometheusAnswers(request, response),
  )
  await page.goto(`${url}/cardinality`)
  await expect(page.getByText('does not tell what its store holds')).toBeVisible()
  const metrics = page.getByRole('table', { name: 'Metrics' }).getByRole('row')
  await expect(metrics.nth(1).getByRole('cell')).toHaveText(['http_requests_total', '90', '+50', '+10'])
  await expect(page.getByRole('table', { name: 'Labels of http_requests_total' })).toContainText('97 %')
})

test('of values that are cut at the limit there may be more', async ({ page, url, prometheus }) => {
  prometheus.answer((request, response) =>
    request.url?.startsWith('/api/v1/label/user_id/values')
      ? json({ status: 'success', data: Array.from({ length: 20_000 }, (_, at) => `user-${at}`) })(
          request,
          response,
        )
      : prometheusAnswers(request, response),
  )
  await page.goto(`${url}/cardinality`)
  await expect(
    page.getByRole('table', { name: 'Labels of http_requests_total' }).getByRole('cell', { name: 'or more' }),
  ).toHaveText(/^20.000 or more$/)
})

test('a server without series is said to hold none', async ({ page, url, prometheus }) => {
  prometheus.answer((request, response) =>
    request.url?.startsWith('/api/v1/query?') === true
      ? json({ status: 'success', data: { resultType: 'vector', result: [] } })(request, response)
      : request.url?.startsWith('/api/v1/status/tsdb') === true
        ? json({}, 404)(request, response)
        : prometheusAnswers(request, response),
  )
  await page.goto(`${url}/cardinality`)
  await expect(page.getByText(/holds no series now/)).toBeVisible()
})
