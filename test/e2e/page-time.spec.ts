/** One stretch of time for the pages of metrics and logs: kept from page to page, zoomed into, out of again, and followed. */
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, test as base } from './clew.ts'
import { incidentLines, lokiWith } from './fake-loki.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import { startServer } from './fake-servers.ts'

const endMs = Date.now() - 60_000

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  clewArgs: async ({}, use) => {
    const prometheus = await startServer(prometheusAnswers)
    const loki = await startServer(lokiWith(incidentLines(500, endMs)))
    await use(['--connect', `prometheus=${prometheus.url}`, '--connect', `loki=${loki.url}`])
    await prometheus.stop()
    await loki.stop()
  },
})

const whole = `from=${endMs - 3_600_000}&to=${endMs}`
const rail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name, exact: true })
const undo = (page: Page) => page.getByRole('button', { name: 'Undo zoom' })

async function drag(page: Page, selector: string): Promise<void> {
  const drawn = page.locator(selector).first()
  const box = await drawn.boundingBox()
  if (box === null) throw new Error('Nothing is drawn.')
  // Each waits until the page has stopped moving.
  await drawn.hover({ position: { x: box.width * 0.96, y: 20 } })
  await page.mouse.down()
  await drawn.hover({ position: { x: box.width * 0.99, y: 20 } })
  await page.mouse.up()
}

test('a zoom is kept from page to page, and undone by its button on whatever page one is', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/metrics?p=lines::up&${whole}`)
  await expect(page.locator('.u-over')).toBeVisible()
  await expect(undo(page)).toBeHidden()
  await drag(page, '.u-over')
  await expect(page).not.toHaveURL(new RegExp(whole))
  await expect(undo(page)).toBeVisible()
  const zoomed = new URL(page.url()).searchParams.get('from') ?? ''
  await rail(page, 'Overview').click()
  await expect(page).toHaveURL(new RegExp(`/overview\\?.*from=${zoomed}`))
  // A page without a time in between does not lose it.
  await rail(page, 'Settings').click()
  await rail(page, 'Logs').click()
  await expect(page).toHaveURL(new RegExp(`/logs\\?.*from=${zoomed}`))
  await undo(page).click()
  await expect(page).toHaveURL(new RegExp(`/logs\\?.*${whole}`))
  await expect(undo(page)).toBeHidden()
})

test('lines are zoomed into by their volume, and a key undoes it', async ({ page, url }) => {
  const query = encodeURIComponent('{service_name="payment-service"}')
  await page.goto(`${url}/logs?query=${query}&${whole}`)
  const status = page.getByText(/^That is all of this time range: /)
  await expect(status).toContainText('500 lines')
  await drag(page, 'figure[aria-label="Lines over time"] svg')
  await expect(status).not.toContainText('500 lines')
  await expect(undo(page)).toBeVisible()
  await expectAxeClean(page, 'header')
  await page.keyboard.press('u')
  await expect(page).toHaveURL(new RegExp(whole))
  await expect(status).toContainText('500 lines')
})

test('a page that follows moves on to now, and a time in the past ends that', async ({ page, url }) => {
  await page.goto(`${url}/overview?${whole}`)
  await page.getByRole('button', { name: 'Follow live' }).click()
  await expect(page).toHaveURL(/\/overview\?follow=1$/)
  await page.keyboard.press('f')
  await expect(page).toHaveURL(/\/overview$/)
  await page.keyboard.press('f')
  await page.getByRole('button', { name: /^Time range/ }).click()
  await page.getByRole('textbox', { name: 'Type or paste a time' }).fill('3 h ago – 2 h ago')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/overview\?from=now-3h&to=now-2h$/)
})

test('the palette goes on at the same time', async ({ page, url }) => {
  await page.goto(`${url}/overview?${whole}`)
  await expect(page.getByRole('button', { name: /^Time range/ })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search or command' })).toBeFocused()
  await page.keyboard.type('Go to Logs')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/logs\\?.*${whole}`))
})
