/** The demo shop: an incident to read with nothing connected. */
import { expect, test } from './clew.ts'

test.describe('begun on the command line', () => {
  test.use({ clewArgs: ['--demo', 'pool-exhaustion'] })

  test('it is searched and read like any source, to the finding that says what was waited for', async ({
    page,
  }) => {
    await page.getByRole('link', { name: 'Traces' }).click()
    await page.getByLabel('Service', { exact: true }).fill('edge-gateway')
    await page.getByLabel('Duration over').fill('3s')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const results = page.getByRole('grid', { name: 'Traces' })
    const slow = results.getByRole('row').filter({ hasText: 'POST /api/checkout' }).first()
    await expect(slow).toContainText('Demo shop')
    await slow.dblclick()
    await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('order-service')
    const findings = page.getByRole('region', { name: 'Findings' })
    await expect(findings).toContainText(/is one wait.*pool\.acquire/)
  })

  test('the connections list it as what it is, and end it', async ({ page }) => {
    await page.getByRole('link', { name: 'Connections' }).click()
    const row = page.getByRole('row').filter({ hasText: 'Demo shop' })
    await expect(row).toContainText('pool-exhaustion:1')
    await expect(row).toContainText('this run')
    await row.getByRole('button', { name: 'Demo shop', exact: true }).click()
    const panel = page.getByRole('region', { name: 'Demo shop' })
    await expect(panel).toContainText('simulated')
    await expect(page.getByLabel('Address')).toBeHidden()
    await panel.getByRole('button', { name: 'End the demo' }).click()
    await expect(page.getByText('Demo shop has ended.')).toBeVisible()
    await expect(row).toBeHidden()
  })
})
