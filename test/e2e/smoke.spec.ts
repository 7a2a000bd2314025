import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, expectAxeClean, startClew, test } from './clew.ts'

test('the frame loads, and the key is gone from the address', async ({ page, url }) => {
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await expect(page).toHaveTitle(/Clew/)
  expect(page.url()).toBe(`${url}/`)
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`the start page is clean for axe in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await expect(page.getByRole('main')).toBeVisible()
    await expectAxeClean(page)
  })

test('the answer carries a strict policy, and the page is isolated', async ({ page, url }) => {
  const response = await page.goto(url)
  const policy = response?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*(unsafe-inline|\*|https?:)/)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
})

test('a browser without the cookie is told which address to open', async ({ browser, clew }) => {
  const stranger = await browser.newPage()
  const response = await stranger.goto(clew.url)
  expect(response?.status()).toBe(403)
  await expect(stranger.getByText('Open the address Clew printed')).toBeVisible()
  await stranger.close()
})

test('a reload and a copied link keep the browser signed in', async ({ page, url, context }) => {
  await page.reload()
  await expect(page.getByRole('main')).toBeVisible()
  const other = await context.newPage()
  expect((await other.goto(`${url}/connections`))?.status()).toBe(200)
})

test('a link on another port opens, and its fetch is refused', async ({ page, url }) => {
  // Another port is another origin but the same site: the strict cookie is sent, so the guard has to tell them apart.
  const other = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<a href="${url}/connections">Clew</a>`)
  })
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
  const answer = page.waitForResponse(`${url}/api/app`)
  await page.evaluate((target) => {
    fetch(target, { mode: 'no-cors', credentials: 'include' }).catch(() => undefined)
  }, `${url}/api/app`)
  expect((await answer).status()).toBe(403)
  await page.getByRole('link').click()
  await expect(page.getByRole('main')).toBeVisible()
  expect(page.url()).toBe(`${url}/connections`)
  other.close()
  other.closeAllConnections()
})

test('a link on another site opens as well', async ({ page, url }) => {
  // There the strict cookie is not sent with the click: Clew's own page asks once more.
  await page.goto(`data:text/html,<a href="${url}/connections">Clew</a>`)
  await page.getByRole('link').click()
  await expect(page.getByRole('main')).toBeVisible()
  expect(page.url()).toBe(`${url}/connections`)
})

test('Ctrl-C ends it at once and cleanly, also while a page is open', async ({ page, clew }) => {
  await expect(page.getByRole('main')).toBeVisible()
  const before = performance.now()
  expect(await clew.stop()).toBe(0)
  expect(performance.now() - before).toBeLessThan(1500)
  expect(clew.stdout()).toBe(`Clew is ready at ${clew.address}\n`)
  expect(clew.stderr()).toBe('')
})

test('a second Clew beside the first has its own port and its own cookie', async ({ page, profile, url }) => {
  const second = await startClew([], profile)
  const tab = await page.context().newPage()
  await tab.goto(second.address)
  await expect(tab.getByRole('main')).toBeVisible()
  expect((await page.goto(url))?.status()).toBe(200)
  await tab.close()
  await second.stop()
})
