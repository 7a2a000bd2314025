/** Numbers counted from lines stand in the same panels as metrics; and a query is handed on to other tools, from any page. */
import { expect, expectAxeClean, keptPreferences, test as base } from './clew.ts'
import { incidentLines, lokiWith } from './fake-loki.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import { startServer, type FakeServer } from './fake-servers.ts'

const endMs = Date.now() - 60_000

const test = base.extend<{ loki: FakeServer; prometheus: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  loki: async ({}, use) => {
    const loki = await startServer(lokiWith(incidentLines(700, endMs)))
    await use(loki)
    await loki.stop()
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  prometheus: async ({}, use) => {
    const prometheus = await startServer(prometheusAnswers)
    await use(prometheus)
    await prometheus.stop()
  },
  clewArgs: async ({ loki, prometheus }, use) =>
    use(['--connect', `prometheus=${prometheus.url}`, '--connect', `loki=${loki.url}`]),
})

const counted = 'sum by (detected_level) (count_over_time({service_name="payment-service"}[1m]))'
const times = `from=${endMs - 600_000}&to=${endMs}`

test('a Loki is chosen, asked in LogQL, and drawn as lines, stacked, latest value and table', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/metrics?${times}`)
  await page.getByRole('main').getByRole('button', { name: 'Prometheus' }).click()
  await page.getByRole('menuitem', { name: 'Loki' }).click()
  const editor = page.getByRole('textbox', { name: 'LogQL' })
  await editor.focus()
  await page.keyboard.insertText(counted)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const panel = page.getByRole('region', { name: counted })
  await expect(panel.getByRole('figure')).toContainText('3 lines, values from')
  const choose = async (present: string, view: string): Promise<void> => {
    await panel.getByRole('button', { name: present }).click()
    await page.getByRole('menuitem', { name: view }).click()
  }
  await panel.getByRole('button', { name: 'Lines', exact: true }).click()
  await expect(page.getByRole('menuitem', { name: 'Heatmap' })).toHaveCount(0)
  await page.getByRole('menuitem', { name: 'Stacked' }).click()
  await expect(panel.getByRole('figure')).toContainText('3 lines')
  await choose('Stacked', 'Latest value')
  await expect(panel.getByRole('definition')).toHaveCount(3)
  await choose('Latest value', 'Table')
  await expect(panel.getByRole('table').getByRole('row')).toHaveCount(4)
  await expect(panel.getByRole('table')).toContainText('detected_level="error"')
  await page.reload()
  await expect(panel.getByRole('table').getByRole('row')).toHaveCount(4)
  await expectAxeClean(page)
})

test('a mistake in LogQL is marked in the words of the Loki', async ({ page, url, clew }) => {
  const sources = (await (await page.request.get(`${clew.url}/api/sources`)).json()) as {
    id: string
    kind: string
  }[]
  const id = sources.find(({ kind }) => kind === 'loki')?.id ?? ''
  await page.goto(
    `${url}/metrics?${times}&p=${encodeURIComponent(`lines:${encodeURIComponent(id)}:rate({levle="x"}[1m])`)}`,
  )
  const alert = page.getByRole('main').getByRole('alert').first()
  await expect(alert).toContainText('syntax error: unexpected IDENTIFIER')
  await expect(alert).toContainText('column 7')
})

test('a query is copied as a command and as a link into Grafana, whose address is asked for once and holds no secret', async ({
  page,
  url,
  context,
  prometheus,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  await page.goto(`${url}/metrics?${times}&p=lines::up`)
  const panel = page.getByRole('region', { name: 'up', exact: true })
  await expect(panel.getByRole('figure')).toBeVisible()
  const choose = async (way: string): Promise<void> => {
    await panel.getByRole('button', { name: 'Copy up' }).click()
    await page.getByRole('menuitem', { name: way }).click()
  }
  await choose('As a curl command')
  await expect
    .poll(copied)
    .toContain(`curl -G '${prometheus.url}/api/v1/query_range' --data-urlencode 'query=up'`)
  await choose('Link to this chart')
  await expect.poll(copied).toContain(`${new URL(page.url()).origin}/metrics?p=lines%3A`)

  await choose('As a link into Grafana’s Explore')
  const dialog = page.getByRole('dialog', { name: 'Where is your Grafana?' })
  await dialog.getByRole('textbox', { name: 'Address of Grafana' }).fill('nowhere at all')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('This is no address of a web page.')
  await dialog
    .getByRole('textbox', { name: 'Address of Grafana' })
    .fill('https://ann:secret@ops.test/grafana/explore?x=1')
  await dialog.getByRole('textbox', { name: /^What Prometheus is called there/ }).fill('Mimir')
  await expectAxeClean(page, '[role=dialog]')
  await dialog.getByRole('button', { name: 'Keep and go on' }).click()
  await expect.poll(copied).toContain('https://ops.test/grafana/explore?schemaVersion=1&panes=')
  const panes = JSON.parse(new URL(await copied()).searchParams.get('panes') ?? '') as object
  expect(panes).toMatchObject({ clew: { datasource: 'Mimir', queries: [{ expr: 'up' }] } })
  await expect.poll(async () => JSON.stringify((await keptPreferences(page)).grafana)).toContain('ops.test')
  expect(JSON.stringify(await keptPreferences(page))).not.toContain('secret')

  // The other page asks no more.
  await page.goto(`${url}/logs?${times}&query=${encodeURIComponent('{service_name="payment-service"}')}`)
  await page.getByRole('button', { name: 'Copy the query' }).click()
  await page.getByRole('menuitem', { name: 'As a link into Grafana’s Explore' }).click()
  await expect.poll(async () => new URL(await copied()).searchParams.get('panes')).toContain('"loki"')
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Forget it' }).click()
  await expect(page.getByText('Its address is asked for when')).toBeVisible()
})
