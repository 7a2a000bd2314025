/** A Prometheus, or a Thanos before several, that says that its answers are not whole: no figure made of them looks as if it were. */
import { expect } from './clew.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import type { Answer } from './fake-servers.ts'
import { testWithPrometheus as test } from './with-prometheus.ts'

const warning = 'store eu-1 did not answer'

/** Its answers to instant queries, with a warning. */
const partial: Answer = (request, response) => {
  const end = response.end.bind(response)
  if (request.url?.startsWith('/api/v1/query?') === true)
    response.end = (body: unknown) =>
      end(JSON.stringify({ ...(JSON.parse(String(body)) as object), warnings: [warning] }))
  prometheusAnswers(request, response)
}

for (const place of ['overview', 'service?service=order-service', 'cardinality'])
  test(`/${place} says what the server warns of`, async ({ page, url, prometheus }) => {
    prometheus.answer(partial)
    await page.goto(`${url}/${place}`)
    const note = page.getByRole('main').getByRole('status').filter({ hasText: warning }).first()
    await expect(note).toHaveText(`Prometheus warns: ${warning}What is shown here may not be whole.`)
    prometheus.answer(prometheusAnswers)
    await page.reload()
    await expect(page.getByRole('main').getByRole('table').first()).toBeVisible()
    await expect(page.getByText(warning)).toHaveCount(0)
  })
