/** The page of one service: its operations, its instances, and how full what it uses is. */
import { expect, expectAxeClean, test as base } from './clew.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import { json } from './fake-servers.ts'
import { testWithPrometheus as test } from './with-prometheus.ts'

const window = 'from=1790000000000&to=1790003600000'

test('a service is opened from its row: its operations and instances, the busiest first', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/overview?${window}`)
  await page.getByRole('link', { name: 'Open order-service' }).click()
  await expect(page).toHaveURL(new RegExp(`/service\\?service=order-service&${window}`))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('order-service')
  const operations = page.getByRole('table', { name: 'Operations' }).getByRole('row')
  const figures = ['−8 %', '', '50 %', '+50 pp', '50.0 ms', '50.0 ms', '', '4.60 s', '×15', '']
  for (const [at, name, rate] of [
    [1, 'All requests', '46/s'],
    [2, 'POST /orders', '34.5/s'],
    [3, 'GET /orders/{id}', '11.5/s'],
  ] as const)
    await expect(operations.nth(at).getByRole('cell')).toHaveText([name, '', rate, ...figures])
  const instances = page.getByRole('table', { name: 'Instances' }).getByRole('row')
  await expect(instances.nth(1).getByRole('cell')).toHaveText(['order-1', '', '23/s', ...figures])
  await expect(instances).toHaveCount(3)
  await expect(page.getByText('No metric of a pool, a queue, a runtime')).toBeVisible()
  await expectAxeClean(page)

  await page.getByRole('link', { name: 'All services' }).click()
  await expect(page).toHaveURL(new RegExp(`/overview\\?${window}&service=order-service`))
})

test('an operation leads to its own charts', async ({ page, url }) => {
  await page.goto(`${url}/service?service=order-service&${window}`)
  const row = page.getByRole('row', { name: /^POST \/orders/ })
  await row.getByRole('button', { name: 'Follow POST /orders' }).click()
  await page.getByRole('menuitem', { name: 'Its rate, errors, duration' }).click()
  await expect(page).toHaveURL(/\/metrics\?/)
  const asked = new URL(page.url()).searchParams.getAll('p')
  expect(asked.length).toBe(4)
  for (const panel of asked)
    expect(panel).toContain('job="order-service", http_request_method="POST", http_route="/orders"')
})

test('what a service uses is drawn against how much there is: its pool, twenty of twenty', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/service?service=payment-service&${window}`)
  const pool = page.getByRole('region', { name: 'Connection pool payments-db' })
  const used = pool.getByRole('region', { name: 'Utilisation: Connections in use, 20 at most' })
  await expect(used.getByRole('figure')).toContainText('values from 6 to 20.')
  await expect(used.getByRole('figure')).toContainText('The threshold is 20.')
  const waiting = pool.getByRole('region', { name: 'Saturation: Waiting for a connection' })
  await expect(waiting.getByRole('figure')).toContainText('values from 0 to 37.')
  await expectAxeClean(page)
  await used.getByRole('button', { name: 'Utilisation: Connections in use, 20 at most', exact: true }).click()
  await expect(page).toHaveURL(/\/metrics\?p=threshold/)
})

test('a part that cannot be had is told in its place, and asked for again', async ({
  page,
  url,
  prometheus,
}) => {
  prometheus.answer((request, response) =>
    new URLSearchParams(request.url?.split('?')[1]).get('query')?.includes('by (http_request_method') === true
      ? json({ status: 'error', errorType: 'execution', error: 'too many series' }, 422)(request, response)
      : prometheusAnswers(request, response),
  )
  await page.goto(`${url}/service?service=order-service&${window}`)
  const alert = page.getByRole('main').getByRole('alert')
  await expect(alert).toContainText('too many series')
  await expect(page.getByRole('table', { name: 'Instances' }).getByRole('row')).toHaveCount(3)
  prometheus.answer(prometheusAnswers)
  await alert.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('row', { name: /^POST \/orders/ })).toBeVisible()
})

test('a server that is down is told once, and asked again for all of it', async ({
  page,
  url,
  prometheus,
}) => {
  prometheus.answer(json({}, 503))
  await page.goto(`${url}/service?service=order-service&${window}`)
  const alert = page.getByRole('main').getByRole('alert')
  await expect(alert).toHaveCount(1)
  await expect(alert).toContainText('503')
  prometheus.answer(prometheusAnswers)
  await alert.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('table', { name: 'Instances' }).getByRole('row')).toHaveCount(3)
  await expect(page.getByText('No metric of a pool, a queue, a runtime')).toBeVisible()
})

test('a service that nothing measures is said to be none', async ({ page, url }) => {
  await page.goto(`${url}/service?service=ghost&${window}`)
  await expect(page.getByText(/measured ghost at \d\d:\d\d/)).toBeVisible()
})

base.describe('in the demo shop', () => {
  base.use({ clewArgs: ['--demo', 'pool-exhaustion'] })

  base('an operation leads to its traces that failed, an instance to its lines', async ({ page, url }) => {
    await page.goto(`${url}/service?service=order-service`)
    await page.getByRole('button', { name: 'Follow POST /orders' }).click()
    await page.getByRole('menuitem', { name: 'Its failed traces' }).click()
    await expect(page).toHaveURL(/service=order-service&operation=POST\+%2Forders&errors=1/)
    await expect(page.getByRole('contentinfo')).toContainText(/[1-9]\d* traces from 1 of 1 source/)

    await page.goBack()
    const instance = page.getByRole('table', { name: 'Instances' }).getByRole('row').nth(1)
    const name = await instance.getByRole('cell').first().innerText()
    await instance.getByRole('button', { name: `Follow ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Its logs' }).click()
    await expect(page).toHaveURL(new RegExp(`/logs.*service_instance_id.*${name}`))
    await expect(page.getByRole('contentinfo')).toContainText(/\d lines/)
  })
})

for (const [width, height] of [
  [1280, 800],
  [1920, 1080],
] as const)
  test(`its charts take all the width at ${width} px`, async ({ page, url }) => {
    await page.setViewportSize({ width, height })
    await page.goto(`${url}/service?service=payment-service`)
    const failures = page.getByRole('region', { name: 'payment-service failures' })
    await expect(failures.getByRole('figure')).toBeVisible()
    const latency = await page.getByRole('region', { name: 'payment-service latency' }).boundingBox()
    const last = await failures.boundingBox()
    if (!latency || !last) throw new Error('there is no chart')
    expect(Math.abs(last.x + last.width - latency.x - latency.width)).toBeLessThan(2)
  })
