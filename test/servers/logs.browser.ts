/** From a line of a real Loki to its span in a real Tempo, as a person goes. */
import { expect, spanGrid, test } from './pages.ts'

test.use({
  clewArgs: async ({ servers }, use) => {
    const connected = [servers.tempo, servers.loki].flatMap(({ kind, url }) => [
      '--connect',
      `${kind}=${url}`,
    ])
    await use(['--no-open', ...connected])
  },
})

test('the line that says why is found, read, and leads to its span', async ({ page }) => {
  await page.getByRole('link', { name: 'Logs', exact: true }).click()
  await page.getByRole('button', { name: 'payment-service', exact: true }).click()
  const lines = page.getByRole('treegrid', { name: 'Log lines' })
  const find = page.getByRole('textbox', { name: 'Find in these lines' })
  await find.fill('pool exhausted')
  await expect(page.getByRole('status').filter({ hasText: /^[1-9]\d*$/ })).toBeVisible()
  await find.press('Enter')
  await expect(lines.getByRole('row', { selected: true })).toContainText('connection pool exhausted')
  // It was pushed twice: as JSON, and, beside it in the list, by OTLP with the span in its metadata.
  const line = lines.getByRole('row', { name: /connection pool exhausted/ }).filter({ hasNotText: 'traceID' })
  await expect(line).toContainText('ERROR')
  await line.click()
  await expect(lines.getByRole('region', { name: 'Structured metadata' })).toContainText('trace_id')
  await page.getByRole('button', { name: /^Its span in the trace/ }).click()
  await expect(spanGrid(page).getByRole('row', { selected: true })).toContainText('pool.acquire')
})

for (const server of ['loki', 'lokiOld'] as const)
  test.describe(`a real ${server === 'loki' ? 'Loki 3' : 'Loki 2.9'}`, () => {
    test.use({
      clewArgs: async ({ servers }, use) => use(['--no-open', '--connect', `loki=${servers[server].url}`]),
    })

    test('has its lines followed as it takes them in, and found among each other', async ({
      page,
      servers,
    }) => {
      const push = async (text: string): Promise<void> => {
        const values = [[`${Date.now()}000000`, text]]
        const answer = await fetch(`${servers[server].url}/loki/api/v1/push`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ streams: [{ stream: { service_name: 'followed' }, values }] }),
        })
        expect(answer.status).toBe(204)
      }
      await push('before it was followed')
      await page.getByRole('link', { name: 'Logs', exact: true }).click()
      await page.getByRole('button', { name: 'followed', exact: true }).click()
      await page.getByRole('button', { name: 'Follow live' }).click()
      await expect(page.getByText('Live: new lines come in at the top.')).toBeVisible()
      await push('level=warn msg="while it was followed"')
      const lines = page.getByRole('treegrid', { name: 'Log lines' })
      const first = lines.getByRole('row').first()
      await expect(first).toContainText('while it was followed')
      await expect(first).toContainText('WARN')

      // What waits while the tail is paused is counted, and comes when it goes on.
      await page.getByRole('button', { name: 'Pause' }).click()
      await push('level=error msg="while it was paused"')
      await expect(page.getByText('Paused: 1 line waiting.')).toBeVisible()
      await page.getByRole('button', { name: 'Show what waited' }).click()
      await expect(first).toContainText('while it was paused')

      const find = page.getByRole('textbox', { name: 'Find in these lines' })
      await find.fill('was followed')
      await find.press('Enter')
      await expect(page.getByText('1 of 2', { exact: true })).toBeVisible()
      await expect(lines.getByRole('row', { selected: true })).toContainText('while it was followed')
      await find.press('Enter')
      await expect(lines.getByRole('row', { selected: true })).toContainText('before it was followed')
    })
  })
