/** Curves and namespaces on the map, of a service graph in a file of a Prometheus' answer. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, expectAxeClean, test as base } from './clew.ts'

/** Counters that grow evenly for an hour, a sample a minute, up to now. */
function serviceGraph(): string {
  const endS = Math.floor(Date.now() / 60_000) * 60
  const counter = (metric: string, labels: Readonly<Record<string, string>>, perMinute: number) => ({
    metric: { __name__: metric, ...labels },
    values: Array.from({ length: 61 }, (_, at) => [endS - (60 - at) * 60, String(at * perMinute)]),
  })
  const call = (client: string, server: string, perMinute: number, failed: number) => {
    const labels = { client, server, connection_type: '' }
    return [
      counter('traces_service_graph_request_total', labels, perMinute),
      counter('traces_service_graph_request_failed_total', labels, failed),
      counter('traces_service_graph_request_server_seconds_count', labels, perMinute),
      ...['0.1', '1', '+Inf'].map((le, at) =>
        counter(
          'traces_service_graph_request_server_seconds_bucket',
          { ...labels, le },
          perMinute * (at === 0 ? 0.5 : 1),
        ),
      ),
    ]
  }
  const info = (service_name: string, service_namespace: string) =>
    counter('target_info', { service_name, service_namespace }, 1)
  const result = [
    ...call('edge-gateway', 'order-service', 60, 0),
    ...call('order-service', 'payment-service', 30, 15),
    info('edge-gateway', 'edge'),
    info('order-service', 'shop'),
    info('payment-service', 'shop'),
  ]
  return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })
}

const test = base.extend({
  clewArgs: async ({ profile }, use) => {
    const file = join(profile, 'graph.json')
    await writeFile(file, serviceGraph())
    await use([file])
  },
})

test('a call and a service have their course where metrics tell it, and services stand with their namespace', async ({
  page,
  url,
}) => {
  // They are a source once the main process holds them.
  await expect(page.getByRole('group', { name: 'Ask these files' })).toBeVisible()
  await page.goto(`${url}/map?from=now-1h&to=now&selected=%5B%22order-service%22%2C%22payment-service%22%5D`)
  const details = page.getByRole('complementary', { name: 'Details' })
  for (const what of ['calls a second', 'share of failed calls', 'durations, p50, p95 and p99'])
    await expect(details.getByRole('img', { name: `Course of ${what}` })).toBeVisible()
  await expect(details.getByText('50 %').first()).toBeVisible()
  await expectAxeClean(page)
  await page.getByRole('option', { name: /^order-service, service, in shop/ }).click()
  await expect(details.getByRole('heading', { name: 'order-service' })).toBeVisible()
  await expect(details.getByRole('img', { name: 'Course of calls a second' })).toBeVisible()
})
