/** A Prometheus, or a Thanos before several, that says that its answers are not whole: no figure made of them looks as if it were. */
import { expect } from './clew.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import type { Answer } from './fake-servers.ts'
import { testWithPrometheus as test } from './with-prometheus.ts'

const warning = 'store eu-1 did not answer'

/** Its answers to queries that hold a text, with a warning. */
const partial =
  (of: string): Answer =>
  (request, response) => {
    const end = response.end.bind(response)
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    if (/^\/api\/v1\/query(?:_range)?$/.test(pathname) && searchParams.get('query')?.includes(of) === true)
      response.end = (body: unknown) =>
        end(JSON.stringify({ ...(JSON.parse(String(body)) as object), warnings: [warning] }))
    prometheusAnswers(request, response)
  }

for (const [place, of, what] of [
  ['overview', '', 'anything'],
  ['overview', 'target_info', 'what moved'],
  ['overview', 'min_over_time', 'how full it is'],
  ['service?service=order-service', '', 'anything'],
  ['service?service=payment-service', 'db_client_connection', 'what a service uses'],
  ['cardinality', '', 'anything'],
])
  test(`/${place} says what the server warns of when it is asked for ${what}`, async ({
    page,
    url,
    prometheus,
  }) => {
    prometheus.answer(partial(of))
    await page.goto(`${url}/${place}`)
    const note = page.getByRole('main').getByRole('status').filter({ hasText: warning }).first()
    await expect(note).toHaveText(`Prometheus warns: ${warning}What is shown here may not be whole.`)
    prometheus.answer(prometheusAnswers)
    await page.reload()
    await expect(page.getByRole('main').getByRole('table').first()).toBeVisible()
    await expect(page.getByText(warning)).toHaveCount(0)
  })
