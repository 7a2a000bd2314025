/** Where an incident began, told from a real Prometheus: the demo shop runs out of connections after a deployment, and is sent as it happened. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { simulate } from '#shared/simulate/run'
import { projectFolder } from '../../build/project.ts'
import { recordedMetrics } from '../../electron/local/recorded-series.ts'
import { expect, test as base } from '../e2e/clew.ts'
import { type Backend, startBackend } from './backends.ts'
import { remoteWrite } from './promql/remote-write.ts'
import { debianPrometheusFile } from './versions.ts'

/** As a person does it: the newest takes OTLP. */
async function sendDemo({ url }: Backend): Promise<void> {
  const words = ['pool-exhaustion', '--prometheus', url, '--minutes=45', '--pace=100000']
  await promisify(execFile)(process.execPath, [join(projectFolder, 'build/demo-send.ts'), ...words])
}

/** The same series, as another Prometheus would pass them on. */
async function writeDemo({ url }: Backend): Promise<void> {
  const endNs = BigInt(Date.now()) * 1_000_000n
  const run = simulate({ scenario: 'pool-exhaustion', seed: 1, endNs, lengthMinutes: 45 })
  await remoteWrite(url, recordedMetrics(run).series)
}

for (const { name, isDebian, feed } of [
  { name: 'the newest Prometheus', isDebian: false, feed: sendDemo },
  { name: "Debian's Prometheus", isDebian: true, feed: writeDemo },
])
  base.describe(name, () => {
    let prometheus: Backend
    const test = base.extend({
      // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
      clewArgs: async ({}, use) => use(['--no-open', '--connect', `prometheus=${prometheus.url}`]),
    })
    test.skip(
      isDebian && !existsSync(debianPrometheusFile),
      'Its package cannot be had here; the build said why.',
    )
    test.beforeAll(async () => {
      prometheus = await startBackend('prometheus', { debian: isDebian })
      await feed(prometheus)
    })
    test.afterAll(() => prometheus?.stop())

    test('the new version and the full pool are told before what followed from them, in the first screen', async ({
      page,
      url,
    }) => {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.goto(`${url}/overview`)
      const moves = page.getByRole('region', { name: 'What moved first' }).getByRole('listitem')
      await expect(moves.nth(0)).toContainText('payment-service 2.13.4 → 2.14.0')
      await expect(moves.nth(0)).toContainText('new version on 6 instances')
      await expect(moves.nth(1)).toContainText('payments-db, waiting for a connection')
      await expect(moves.nth(2)).toContainText(/p99|failing requests/)
      for (const at of [0, 1, 2]) await expect(moves.nth(at)).toBeInViewport({ ratio: 0.9 })
    })

    test('the service that holds the pool shows it full, and what waits for it', async ({ page, url }) => {
      await page.goto(`${url}/service?service=payment-service`)
      // Six that ran the old version, and six that run the new one.
      const pool = page.getByRole('region', { name: 'Connection pool payments-db' })
      const used = pool.getByRole('region', { name: /^Utilisation: Connections in use, 20 at most/ })
      await expect(used.getByRole('figure')).toContainText(
        'to 20. The table view has every value. The threshold is 20.',
      )
      await expect(
        pool.getByRole('region', { name: /^Saturation: Waiting/ }).getByRole('figure'),
      ).toContainText('12 lines, values from 0 to')
      await expect(page.getByRole('row', { name: /POST/ })).toContainText('×')
      await expect(page.getByRole('table', { name: 'Instances' }).getByRole('row')).toHaveCount(13)
    })

    test('operations of calls and of messages are told too, from native histograms', async ({
      page,
      url,
    }) => {
      await page.goto(`${url}/service?service=auth-service`)
      await expect(page.getByRole('row', { name: /Auth\/VerifyToken/ })).toContainText(' ms')
      await page.goto(`${url}/service?service=shipping-service`)
      await expect(page.getByRole('row', { name: /process order-events/ })).toContainText(/m?s/)
    })
  })
