import { expect, startClew, test } from './clew.ts'
import { jaegerAnswers, startServer, type FakeServer } from './fake-servers.ts'

const found = (url: string) => [
  {
    kind: 'jaeger',
    url,
    report: {
      ok: true,
      product: 'Jaeger',
      version: '2.20.0',
      api: 'v3 (OTLP)',
      seen: { what: 'services', names: ['cart'], total: 1 },
      clockDifferenceMs: 0,
      roundTripMs: 3,
      notes: [],
    },
  },
]

let jaeger: FakeServer
test.beforeAll(async () => {
  jaeger = await startServer(jaegerAnswers(['cart', 'order']))
})
test.afterAll(() => jaeger.stop())

test('the start page says what Clew is for and offers both ways in', async ({ page }) => {
  await expect(page).toHaveTitle('Start · Clew')
  await expect(
    page.getByRole('heading', { level: 1, name: 'Follow a slow request to the line that explains it.' }),
  ).toBeVisible()
  await expect(page.getByLabel('Address of a server')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Choose file' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Recent' })).toBeHidden()
})

test('an address leads to a connection that is filled in and tested', async ({ page, url }) => {
  const field = page.getByLabel('Address of a server')
  await field.fill(`127.0.0.1:${jaeger.port}/search?service=cart`)
  await field.press('Enter')
  await expect(page).toHaveURL(new RegExp(`^${url}/connections\\?new=1`))
  await expect(page.getByLabel('Address')).toHaveValue(jaeger.url)
  await expect(page.getByRole('heading', { level: 1, name: 'Connections' })).toBeFocused()
  await expect(page.getByText(/^Jaeger 2\.20\.0.* answers in/)).toBeVisible()
  await expect(page.getByText('cart, order')).toBeVisible()
})

test('what is no address is said beside the field', async ({ page, url }) => {
  const field = page.getByLabel('Address of a server')
  await field.fill('grpc://tempo:9095')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(field).toHaveAccessibleDescription(/grpc:\/\/ cannot be asked/)
  await expect(page).toHaveURL(`${url}/`)
})

test('user and password in an address never reach the URL', async ({ page }) => {
  await page.getByLabel('Address of a server').fill(`http://me:s3cret@127.0.0.1:${jaeger.port}`)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByLabel('User')).toHaveValue('me')
  await expect(page.getByLabel('Password')).toHaveValue('s3cret')
  expect(page.url()).not.toContain('s3cret')
  await expect(page.getByText(/ answers in/)).toBeVisible()
  expect(jaeger.asked.at(-1)?.headers.authorization).toBe(`Basic ${btoa('me:s3cret')}`)
})

test('a server found on this machine is connected with one click, and undone with another', async ({
  page,
}) => {
  await page.route('**/api/found', (route) => route.fulfill({ json: found(jaeger.url) }))
  await page.reload()
  await page.getByRole('button', { name: `Connect Jaeger at 127.0.0.1:${jaeger.port}` }).click()
  await expect(page.getByText('Connected Jaeger.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Find traces in Jaeger' })).toBeVisible()
  await expect(page.getByText('All that answers here is connected.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'Find traces in Jaeger' })).toBeHidden()
})

test('a machine without servers is told which ports were tried', async ({ page }) => {
  await page.route('**/api/found', (route) => route.fulfill({ json: [] }))
  await page.reload()
  await expect(page.getByText(/Nothing answers on the usual ports: 16686 Jaeger/)).toBeVisible()
})

test('a connection from the command line is there, and lasts for this run', async ({ page, profile }) => {
  const clew = await startClew(['--connect', `jaeger=${jaeger.url}`], profile)
  await page.goto(clew.address)
  await expect(page.getByText(/2 services, this run/)).toBeVisible()
  await page.getByRole('link', { name: 'Connections' }).click()
  await expect(page.getByRole('row').filter({ hasText: jaeger.url })).toContainText('this run')
  await clew.stop()
})

test('a source that is down leaves everything else in place', async ({ page }) => {
  await page.route('**/api/sources', (route) =>
    route.fulfill({
      status: 500,
      json: { kind: 'internal', message: 'The connections could not be read.', advice: 'Look at the log.' },
    }),
  )
  await page.reload()
  await expect(page.getByText('The connections could not be read.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Choose file' })).toBeVisible()
})
