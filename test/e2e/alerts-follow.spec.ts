/** From an alert, wherever it is shown, to the exemplars, traces, logs and metrics of its service since it fires. */
import { expect, expectAxeClean, test as base } from './clew.ts'
import { lokiWith } from './fake-loki.ts'
import { firingRule, prometheusAnswers } from './fake-prometheus.ts'
import { type Answer, json, startServer } from './fake-servers.ts'
import { tempoWith } from './search-servers.ts'

/** Its labels name no service: the query does. */
const rule = firingRule(
  'histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket{job="order-service"}[5m]))) > 0.5',
)

const withRule: Answer = (request, response) =>
  request.url?.startsWith('/api/v1/rules') === true
    ? json({
        status: 'success',
        data: { groups: [{ name: 'shop', file: 'x', interval: 60, rules: [rule] }] },
      })(request, response)
    : prometheusAnswers(request, response)

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  clewArgs: async ({}, use) => {
    const line = {
      ns: BigInt(Date.now()) * 1_000_000n,
      labels: { service_name: 'order-service' },
      text: 'connection pool exhausted',
    }
    const servers = {
      prometheus: await startServer(withRule),
      tempo: await startServer(tempoWith([])),
      loki: await startServer(lokiWith([line])),
    }
    await use(Object.entries(servers).flatMap(([kind, { url }]) => ['--connect', `${kind}=${url}`]))
    for (const server of Object.values(servers)) await server.stop()
  },
})

/** Each way by its key, and where it leads; since five minutes before the alert fired. */
const ways = [
  ['Its traces', 't', /\/traces\?service=order-service&from=/],
  ['Its failed traces', 'Shift+T', /\/traces\?service=order-service&errors=1&from=/],
  ['Its logs', 'l', /\/logs\?.*service_name/],
  ['Its rate, errors, duration', 'm', /\/metrics\?p=.*order-service.*&p=/],
  ['Its exemplars', 'e', /\/metrics\?p=auto.*_bucket/],
  ['Who calls it, whom it calls', 'g', /\/map\?.*selected=order-service/],
] as const

// All ways are offered on both pages; half of them are gone on each.
for (const [place, path, list, gone] of [
  ['the overview', '/overview', 'Alerts', ways.slice(0, 3)],
  ['the page of rules', '/rules?rule=shop%2FOrderLatencyHigh', 'Alerts of OrderLatencyHigh', ways.slice(3)],
] as const)
  test(`an alert on ${place} leads to all of its service, each by a key`, async ({ page, url }) => {
    await page.goto(url + path)
    const follow = page
      .getByRole('region', { name: list, exact: true })
      .getByRole('button', { name: 'Follow order-service' })
    const items = page.getByRole('menu', { name: 'Follow order-service' }).getByRole('menuitem')
    for (const [at, [, key, href]] of gone.entries()) {
      await follow.press('Enter')
      await expect(items).toContainText(ways.map(([title]) => title))
      if (at === 0) {
        await expectAxeClean(page)
        // By keyboard too it is seen and said what will be asked.
        const failed = items.filter({ hasText: 'Its failed traces' })
        await expect(failed).toHaveAccessibleDescription(/status = error/)
        while (!(await failed.evaluate((item) => item === document.activeElement)))
          await page.keyboard.press('ArrowDown')
        await expect(page.locator('code', { hasText: 'status = error' })).toBeInViewport({ ratio: 1 })
      }
      await page.keyboard.press(key)
      await expect(page).toHaveURL(href)
      await page.goBack()
    }
    await page.keyboard.press('?')
    const keys = page.getByRole('complementary', { name: 'Keys' })
    await expect(keys).toContainText('In the menu beside a service or an alert')
  })
