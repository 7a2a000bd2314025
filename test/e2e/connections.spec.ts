import type { Page } from '@playwright/test'
import { expect, expectAxeClean, keptPreferences, startClew, test } from './clew.ts'
import {
  html,
  jaegerAnswers,
  json,
  startServer,
  tempoWithTenants,
  text,
  under,
  type FakeServer,
} from './fake-servers.ts'

let server: FakeServer
test.beforeEach(async () => {
  server = await startServer(jaegerAnswers(['cart', 'order-service', 'payment-service']))
})
test.afterEach(() => server.stop())

const form = (page: Page) => page.getByRole('form')

async function openForm(page: Page, address = server.url): Promise<void> {
  await page.getByRole('link', { name: 'Connections' }).click()
  await page.getByRole('button', { name: 'Add a connection' }).first().click()
  await page.getByLabel('Address').fill(address)
}

async function add(page: Page): Promise<void> {
  await openForm(page)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('Added Jaeger.')).toBeVisible()
}

test('a new connection is tested, added, and there after a restart', async ({ page, clew, profile }) => {
  await openForm(page)
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByText(/^Jaeger 2\.20\.0 answers in [\d.]+ (µs|ms|s), with v3 \(OTLP/)).toBeVisible()
  await expect(page.getByText('cart, order-service, payment-service')).toBeVisible()
  await expect(page.getByText('in step with this machine')).toBeVisible()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: server.url })
  await expect(row).toContainText('3 services')
  await expect(row).toContainText('kept')
  await clew.stop()

  const again = await startClew([], profile)
  const later = await page.context().newPage()
  await later.goto(again.address)
  await later.goto(`${again.url}/connections`)
  await expect(later.getByRole('row').filter({ hasText: server.url })).toContainText('3 services')
  await later.close()
  await again.stop()
})

test('a kind that nothing tells is found out by asking', async ({ page }) => {
  await openForm(page)
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByRole('radio', { name: 'Jaeger' })).toBeChecked()
})

test('where no kind fits, what the one that is there wants is said, and its kind is chosen', async ({
  page,
}) => {
  const tempo = tempoWithTenants('shop')
  const ownPath = /^\/api\/(echo|search|status|v2\/(search|traces\/))/
  server.answer((request, response) =>
    (ownPath.test(request.url ?? '') ? tempo : text('404 page not found', 404))(request, response),
  )
  await openForm(page)
  await page.getByRole('button', { name: 'Test' }).click()
  await page.getByRole('button', { name: 'Name the tenant' }).click()
  await expect(page.getByLabel('Tenant')).toBeFocused()
  await expect(page.getByRole('radio', { name: 'Tempo' })).toBeChecked()
})

test('what is typed while the kind is being found out stays', async ({ page }) => {
  const waiting: (() => void)[] = []
  const later = jaegerAnswers(['cart'])
  server.answer((request, response) => void waiting.push(() => later(request, response)))
  const answerAll = () => {
    server.answer(later)
    for (const answer of waiting) answer()
  }

  await page.goto(`${new URL(page.url()).origin}/connections?new=1&url=${encodeURIComponent(server.url)}`)
  await expect(page.getByText(`Asking ${server.url}`)).toBeVisible()
  await page.getByLabel('Name').fill('Shop')
  await page.getByRole('radio', { name: 'Zipkin' }).click()
  answerAll()
  await expect(page.getByText(/^Jaeger 2\.20\.0.* answers in/)).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('Shop')
  await expect(page.getByRole('radio', { name: 'Zipkin' })).toBeChecked()
  await expect(page.getByText('Before your last change; test again to be sure.')).toBeVisible()
})

test('everything is done by keyboard', async ({ page }) => {
  await page.getByRole('link', { name: 'Connections' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add a connection' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Address')).toBeFocused()
  await page.keyboard.type(server.url)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('radio', { name: 'Jaeger' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.type('Shop')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Added Shop.')).toBeVisible()
  await expect(page.getByRole('row').getByRole('button', { name: 'Shop', exact: true })).toBeFocused()
})

test('a test that is cancelled leaves the focus on the button that begins another', async ({ page }) => {
  server.answer(() => undefined)
  await openForm(page)
  await page.getByRole('button', { name: 'Test' }).press('Enter')
  await page.getByRole('button', { name: 'Cancel' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Test' })).toBeFocused()
})

test('a secret is kept, never shown again, and can be replaced or removed', async ({ page }) => {
  const bodies: string[] = []
  page.on('response', (response) => {
    if (response.url().includes('/api/'))
      void response.text().then(
        (body) => bodies.push(body),
        () => undefined,
      )
  })
  await openForm(page)
  await page.getByRole('radio', { name: 'Token' }).click()
  await page.getByLabel('Token', { exact: true }).fill('s3cret-token')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('Added Jaeger.')).toBeVisible()
  await page.reload()

  const token = page.getByLabel('Token', { exact: true })
  await expect(token).toHaveValue('')
  await expect(token).toHaveAttribute('placeholder', 'kept; type to replace')
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByText(/ answers in/)).toBeVisible()
  expect(server.asked.at(-1)?.headers.authorization).toBe('Bearer s3cret-token')
  expect(bodies.join('')).not.toContain('s3cret-token')

  await form(page).getByRole('button', { name: 'Remove' }).first().click()
  await form(page).getByRole('button', { name: 'Save' }).click()
  await expect(token).toHaveAccessibleDescription(/Enter the token/)
})

test('a kept secret is not sent to another server', async ({ page }) => {
  await openForm(page)
  await page.getByRole('radio', { name: 'Token' }).click()
  await page.getByLabel('Token', { exact: true }).fill('s3cret-token')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('Added Jaeger.')).toBeVisible()
  await page.getByLabel('Address').fill('http://localhost:1')
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByLabel('Token', { exact: true })).toHaveAccessibleDescription(/Enter the token/)
})

test('a server that keeps tenants apart asks for the tenant, and is asked with it', async ({ page }) => {
  server.answer(tempoWithTenants('shop'))
  await openForm(page)
  await page.getByRole('radio', { name: 'Tempo' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await page.getByRole('button', { name: 'Name the tenant' }).click()
  await expect(page.getByLabel('Tenant')).toBeFocused()
  await page.keyboard.type('shop')
  await expect(page.getByText('Before your last change; test again to be sure.')).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAxeClean(page)
  }
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByText(/^Tempo.* answers in/)).toBeVisible()
})

test('a login page instead of an API is called what it is', async ({ page }) => {
  server.answer(html('<form action="/login"><input type="password" name="password"></form>'))
  await openForm(page)
  await page.getByRole('radio', { name: 'Jaeger' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByRole('alert')).toContainText(/log ?in|sign/i)
})

test('another product is called by its name, and the kind is one key away', async ({ page }) => {
  await openForm(page)
  await page.getByRole('radio', { name: 'Zipkin' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByRole('alert')).toContainText('Jaeger')
  await page.getByRole('button', { name: 'Change the kind' }).click()
  await expect(page.getByRole('radio', { name: 'Zipkin' })).toBeFocused()
})

test('a product that sits under a path is called by its address, and tests there', async ({ page }) => {
  server.answer(under('/jaeger', jaegerAnswers(['cart'])))
  await openForm(page)
  await page.getByRole('radio', { name: 'Jaeger' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByRole('alert')).toContainText(
    `Jaeger answers at ${server.url}/jaeger, not at ${server.url}.`,
  )
  await page.getByRole('button', { name: 'Change the address' }).click()
  await expect(page.getByLabel('Address')).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.type('/jaeger')
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByText(/^Jaeger 2\.20\.0 answers in [\d.]+ (µs|ms|s), with v3 \(OTLP/)).toBeVisible()
})

test('a server that says the same to every question is no product', async ({ page }) => {
  server.answer(json({ status: 'success' }))
  await openForm(page)
  await page.getByRole('radio', { name: 'Prometheus' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByRole('alert')).toContainText('in a shape that Prometheus does not use')
})

test('a server that knows no such route shows its words', async ({ page }) => {
  server.answer(text('no such page here', 404))
  await openForm(page)
  await page.getByRole('radio', { name: 'Zipkin' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByRole('alert')).toContainText('no such page here')
})

test('a server that refuses can be added all the same, and blanks nothing', async ({ page }) => {
  await server.stop()
  await openForm(page)
  await page.getByRole('radio', { name: 'Jaeger' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByRole('alert')).toContainText(/refused/)
  await expect(page.getByText(/You may add it all the same/)).toBeVisible()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const chip = page.getByRole('group', { name: 'Connections' }).getByRole('button', { name: /Jaeger/ })
  await expect(chip.getByRole('img', { name: 'not answering' })).toBeVisible()
  await page.getByRole('link', { name: 'Start' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('mistakes are said at their fields, also in the folded part', async ({ page }) => {
  await openForm(page, 'not an address')
  await page.getByText('Headers, certificates, time-out').click()
  await page.getByLabel('Trusted authority (PEM)').fill('not a certificate')
  await page.getByText('Headers, certificates, time-out').click()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByLabel('Address')).toHaveAccessibleDescription(/is not an address/)
  await expect(page.getByLabel('Trusted authority (PEM)')).toHaveAccessibleDescription(/BEGIN CERTIFICATE/)
  await expect(page.getByLabel('Trusted authority (PEM)')).toBeVisible()
})

test('skipping the check of certificates is warned of in plain words', async ({ page }) => {
  await openForm(page)
  await page.getByText('Headers, certificates, time-out').click()
  await page.getByLabel('Accept any certificate').check()
  await expect(page.getByText(/can read and change what is sent/)).toBeVisible()
})

test('a removed connection comes back with Undo', async ({ page }) => {
  await add(page)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('Removed Jaeger.')).toBeVisible()
  await expect(page.getByText('No connections yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('row').filter({ hasText: server.url })).toBeVisible()
})

test('a removed connection is gone after the page was left', async ({ page }) => {
  await add(page)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('No connections yet.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('No connections yet.')).toBeVisible()
})

test('a row has a menu of its own, by button and by right click', async ({ page }) => {
  await add(page)
  const asked = server.asked.length
  await page.getByRole('button', { name: 'More of Jaeger' }).click()
  await page.getByRole('menuitem', { name: 'Ask again' }).click()
  await expect.poll(() => server.asked.length).toBeGreaterThan(asked)
  await page.getByRole('row').filter({ hasText: server.url }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await expect(page.getByText('Removed Jaeger.')).toBeVisible()
})

test('after a removal the focus is on the next connection, in the end on the button that adds one', async ({
  page,
}) => {
  await add(page)
  await openForm(page)
  await page.getByRole('textbox', { name: 'Name' }).fill('Second')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('Added Second.')).toBeVisible()
  const name = (text: string) => page.getByRole('row').getByRole('button', { name: text, exact: true })

  await page.getByRole('button', { name: 'Close' }).click()
  await expect(name('Second')).toBeFocused()
  await page.getByRole('button', { name: 'More of Jaeger' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Removed Jaeger.' })).toBeVisible()
  await expect(name('Second')).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(name('Jaeger')).toBeFocused()

  await name('Jaeger').press('Enter')
  await form(page).getByRole('button', { name: 'Remove' }).press('Enter')
  await expect(name('Second')).toBeFocused()
  await name('Second').press('Enter')
  await form(page).getByRole('button', { name: 'Remove' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Add a connection' })).toBeFocused()
})

test('a name without an end is cut in the top bar and whole in its tip, inside the window', async ({
  page,
}) => {
  const long = 'payments'.repeat(25)
  await openForm(page)
  await page.getByRole('textbox', { name: 'Name' }).fill(long)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const chip = page.getByRole('group', { name: 'Connections' }).getByRole('button')
  expect((await chip.boundingBox())?.width).toBeLessThan(220)
  await chip.hover()
  const tip = page.getByRole('tooltip')
  await expect(tip).toContainText(long)
  const box = await tip.boundingBox()
  const width = page.viewportSize()?.width ?? 0
  expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true)
  for (const path of ['/', '/connections', '/traces', '/map', '/settings']) {
    await page.goto(new URL(path, page.url()).href)
    await expect(chip).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
})

test('a test can be stopped', async ({ page }) => {
  server.answer(() => undefined)
  await openForm(page)
  await page.getByRole('radio', { name: 'Jaeger' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('progressbar')).toBeHidden()
  await expect(page.getByRole('alert')).toBeHidden()
})

test('the form is made wider by key, and back by double click', async ({ page }) => {
  await openForm(page)
  const line = page.getByRole('separator', { name: 'Width of the form' })
  await line.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(line).toHaveAttribute('aria-valuenow', '456')
  await expect.poll(async () => (await keptPreferences(page)).sizes?.['connections.form']).toBe(456)
  await page.reload()
  await expect(line).toHaveAttribute('aria-valuenow', '456')
  await line.dblclick()
  await expect(line).toHaveAttribute('aria-valuenow', '440')
})
