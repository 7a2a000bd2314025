/** The program behind the page is stopped, and started again on the same port. */
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, startClew, test } from './clew.ts'
import { openFiles } from './open-files.ts'

const stopped = (page: Page) => page.getByText('Clew was stopped: start it again.')

test('a page whose Clew was stopped says so by itself, and goes on when it is back; nothing is lost', async ({
  page,
  profile,
}) => {
  test.slow()
  const first = await startClew([], profile)
  await page.goto(first.address)
  const line = 'ts=2026-01-01T00:00:00Z level=error msg="at last"\n'
  await openFiles(page, { 'app.log': line.repeat(3) })
  const query = page.getByRole('button', { name: 'Query all 3 lines' })
  await expect(query).toBeVisible()
  await first.kill()

  await expect(stopped(page)).toBeVisible({ timeout: 12_000 })
  await expectAxeClean(page)
  // What is on screen stays, and can be worked with.
  await expect(page.getByRole('main')).toContainText('at last')
  await page.keyboard.press('Shift+N')
  await page.keyboard.type('Written while nobody was there.')
  await page.keyboard.press('Control+Enter')

  const again = await startClew(['--port', new URL(first.url).port], profile)
  expect(again.url).toBe(first.url)
  await expect(page.getByText('Clew was started again, and does not know this page yet.')).toBeVisible()
  await expectAxeClean(page)
  const other = await page.context().newPage()
  await other.goto(again.address)
  await expect(page.getByText('Clew was started again')).toBeHidden()
  await expect(stopped(page)).toBeHidden()

  // What was noted meanwhile is kept, and the file is asked again.
  await expect
    .poll(async () => (await page.request.get(`${again.url}/api/thread`)).text())
    .toContain('Written while nobody was there.')
  await expect(query).toBeVisible()
  await query.click()
  await expect(page.getByRole('treegrid', { name: 'Log lines' })).toContainText('at last')
  await again.stop()
})

test('a page that was not loaded yet when Clew was stopped comes by itself when it is back', async ({
  page,
  profile,
}) => {
  test.slow()
  const first = await startClew(['--demo', 'healthy'], profile)
  await page.goto(first.address)
  await expect(page.getByRole('main')).toBeVisible()
  await first.kill()
  await expect(stopped(page)).toBeVisible({ timeout: 12_000 })
  await page.getByRole('link', { name: 'Map', exact: true }).click()
  await expect(page.getByText('A part of this page did not come.')).toBeVisible()
  await expectAxeClean(page)
  const again = await startClew(['--port', new URL(first.url).port, '--demo', 'healthy'], profile)
  const other = await page.context().newPage()
  await other.goto(again.address)
  await expect(page.getByText('A part of this page did not come.')).toBeHidden()
  await expect(page.getByRole('option', { name: /^order-service, service/ })).toBeVisible()
  await again.stop()
})

test('that Clew is there is asked for seldom', async ({ page }) => {
  const asked: number[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/there')) asked.push(Date.now())
  })
  await expect.poll(() => asked.length, { timeout: 30_000 }).toBeGreaterThan(2)
  const gaps = asked.slice(1).map((at, place) => at - asked[place])
  expect(Math.min(...gaps)).toBeGreaterThan(4_000)
})
