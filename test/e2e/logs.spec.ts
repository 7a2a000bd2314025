/** Log lines of a Loki: found, read, filtered, and followed to their traces. */
import { expect, expectAxeClean, test as base } from './clew.ts'
import { startServer, type FakeServer } from './fake-servers.ts'
import { incidentLines, lokiWith, type HeldLine } from './fake-loki.ts'
import { tempoWith } from './search-servers.ts'

const endMs = Date.now() - 60_000

const test = base.extend<{ lines: readonly HeldLine[]; loki: FakeServer }>({
  lines: [incidentLines(3_000, endMs), { option: true }],
  loki: async ({ lines }, use) => {
    const loki = await startServer(lokiWith(lines))
    await use(loki)
    await loki.stop()
  },
  clewArgs: async ({ loki }, use) => {
    const tempo = await startServer(tempoWith([]))
    await use(['--connect', `loki=${loki.url}`, '--connect', `tempo=${tempo.url}`])
    await tempo.stop()
  },
})

const path = (query: string, more = ''): string =>
  `/logs?query=${encodeURIComponent(query)}&from=${endMs - 3_600_000}&to=${endMs}${more}`
const service = '{service_name="payment-service"}'

test('a service is chosen, and its lines are listed newest first, page after page', async ({
  page,
  loki,
}) => {
  await page.getByRole('link', { name: 'Logs', exact: true }).click()
  await page.getByRole('button', { name: 'payment-service' }).click()
  const rows = page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row')
  await expect(rows.first()).toContainText('charge accepted order=83999')
  await page.getByRole('treegrid', { name: 'Log lines' }).press('End')
  await expect(page.getByText(/^That is all of this time range: 3.000 lines/)).toBeVisible()
  await page.getByRole('treegrid', { name: 'Log lines' }).press('End')
  await expect(rows.last()).toContainText('connection pool exhausted')
  expect(loki.asked.filter(({ path: asked }) => asked.includes('limit=')).length).toBe(2)
  await expect(page.getByRole('figure', { name: 'Lines over time' })).toContainText('0')
})

test('a line is expanded by keyboard, filtered by, and leads to its trace', async ({ page, url }) => {
  await page.goto(url + path(service))
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await list.focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  const metadata = list.getByRole('region', { name: 'Structured metadata' })
  await expect(metadata).toContainText('4be1f0c2a7d94c1e8b03d5c6f2119a7e')
  await expect(list.getByRole('region', { name: 'Labels' })).toContainText('payment-service')
  await metadata.getByRole('button', { name: 'Only lines with this logger' }).click()
  await expect(page).toHaveURL(/logger/)
  await expect(page.getByRole('textbox', { name: 'LogQL' })).toHaveValue(
    `${service} | logger="pool.payments-db"`,
  )
  await page.goBack()
  await list.focus()
  for (const key of ['ArrowDown', 'ArrowDown', 't']) await page.keyboard.press(key)
  await expect(page).toHaveURL(/\/trace\?.*id=4be1f0c2a7d94c1e8b03d5c6f2119a7e/)
})

test('a mistake in the query is said in the server’s words', async ({ page, url }) => {
  await page.goto(url + path('{levle="x"}'))
  await expect(page.getByRole('alert')).toContainText('syntax error: unexpected IDENTIFIER')
})

test('the page is accessible, with a line expanded, in both themes', async ({ page, url }) => {
  await page.goto(url + path(service, '&column=k8s_pod_name'))
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await list.focus()
  for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAxeClean(page)
  }
})
