/** Opened files are of their own time: pages begin there, and find back to it, while nothing else is connected. */
import { expect, test } from './clew.ts'
import { openFiles } from './open-files.ts'

/** 21 September 2026, 13:33:20. */
const startMs = 1_790_000_000_000
const ns = (ms: number): string => `${startMs + ms}000000`

const spanOf = (service: string, span: object) => ({
  resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
  scopeSpans: [{ spans: [{ traceId: '0'.repeat(31) + 1, ...span }] }],
})
const traces = JSON.stringify({
  resourceSpans: [
    spanOf('shop', {
      spanId: '000000000000000a',
      name: 'GET /cart',
      kind: 3,
      startTimeUnixNano: ns(0),
      endTimeUnixNano: ns(40),
    }),
    spanOf('cart', {
      spanId: '000000000000000b',
      parentSpanId: '000000000000000a',
      name: 'GET /cart',
      kind: 2,
      startTimeUnixNano: ns(5),
      endTimeUnixNano: ns(35),
    }),
  ],
})
const logs = JSON.stringify({
  status: 'success',
  data: {
    resultType: 'streams',
    result: [{ stream: { service_name: 'cart' }, values: [[ns(20), 'level=info msg="cart read"']] }],
  },
})
const metrics = JSON.stringify({
  status: 'success',
  data: {
    resultType: 'matrix',
    result: [{ metric: { __name__: 'carts' }, values: [[startMs / 1_000, '3']] }],
  },
})

test('old files with nothing live beside them: every page begins with their time, and leads back to it', async ({
  page,
  url,
}) => {
  await page.goto(url)
  await openFiles(page, { 'traces.json': traces, 'lines.json': logs, 'metrics.json': metrics })
  await expect(page.getByRole('group', { name: 'Ask these files' })).toContainText('Search')
  const back = page.getByRole('main').getByRole('button', { name: /^Time of .*: 21 Sep/ })
  // Minutes of a day on which there was nothing.
  const elsewhere = `from=${startMs + 86_400_000}&to=${startMs + 86_460_000}`
  const at = (place: string): string => new URL(place, url).href

  await page.goto(at('/traces'))
  await page.getByRole('button', { name: 'Run', exact: true }).first().click()
  const found = page.getByRole('grid', { name: 'Traces' }).getByRole('row').filter({ hasText: 'GET /cart' })
  await expect(found).toBeVisible()
  await page.goto(at(`/traces?${elsewhere}`))
  await back.click()
  await expect(found).toBeVisible()

  await page.goto(at('/logs'))
  await page.getByRole('button', { name: 'cart', exact: true }).click()
  const line = page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row').first()
  await expect(line).toContainText('cart read')
  await page.goto(at(`/logs?query=${encodeURIComponent('{service_name="cart"}')}&${elsewhere}`))
  await back.click()
  await expect(line).toContainText('cart read')
  await page.goto(at(`/logs?${elsewhere}`))
  await back.click()
  await expect(page.getByRole('button', { name: 'cart', exact: true })).toBeVisible()

  await page.goto(at('/map?view=table'))
  const call = page.getByRole('grid').getByRole('row').filter({ hasText: 'shop' })
  await expect(call).toContainText('cart')
  await page.goto(at(`/map?view=table&${elsewhere}`))
  await back.click()
  await expect(call).toContainText('cart')

  await page.goto(at(`/metrics?p=auto::carts&${elsewhere}`))
  await back.click()
  await expect(page.getByRole('main')).toContainText('values from 3 to 3')
})

const timeless = (traceId: string) => ({
  resource: { attributes: [{ key: 'service.name', value: { stringValue: 'a' } }] },
  scopeSpans: [{ spans: [{ traceId, spanId: '00f067aa0ba90201', name: 'x' }] }],
})

test('a trace whose spans say no time stands at none, not in 1970', async ({ page, url }) => {
  await page.goto(url)
  const ids = ['0af7651916cd43dd8448eb211c80319c', '1af7651916cd43dd8448eb211c80319c']
  await openFiles(page, { 'timeless.json': JSON.stringify({ resourceSpans: ids.map(timeless) }) })
  const rows = page.getByRole('grid', { name: 'Traces' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('not said')
  await rows.nth(1).dblclick()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText('1970')
})
