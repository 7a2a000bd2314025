/** Searching where no source speaks TraceQL: the query is a sentence. */
import { expect, testWithJaeger } from './clew.ts'
import { startServer } from './fake-servers.ts'
import { jaegerHolding, manyTraces } from './search-servers.ts'

const endMs = Math.floor(Date.now() / 60_000) * 60_000

const test = testWithJaeger(() => startServer(jaegerHolding(manyTraces(3, endMs, 60_000, 'a'))))

test('the sentence over the results says what was run; a changed form is marked until it is run', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/traces?service=order-service&from=${endMs - 3_600_000}&to=${endMs}`)
  const results = page.getByRole('region', { name: 'Results' })
  const changed = results.getByText('changed, not run yet')
  await expect(results.getByText('order-service asked of Jaeger')).toBeVisible()
  await expect(changed).toBeHidden()

  await page.getByRole('radio', { name: 'Errors only' }).click()
  await expect(changed).toBeVisible()
  await expect(results.getByText('order-service asked of Jaeger')).toBeVisible()
  await page.getByRole('radio', { name: 'Any' }).click()
  await expect(changed).toBeHidden()

  await page.getByRole('radio', { name: 'Errors only' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(results.getByText('errors in order-service asked of Jaeger')).toBeVisible()
  await expect(changed).toBeHidden()
})
