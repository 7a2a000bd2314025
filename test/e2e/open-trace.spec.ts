/** What the palette and the map know of the trace on screen. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, test as base } from './clew.ts'
import { incident, incidentId, jaegerDocument } from './incident-trace.ts'

const test = base.extend({
  clewArgs: async ({ profile }, use) => {
    const file = join(profile, 'incident.json')
    await writeFile(file, jaegerDocument(incidentId, incident))
    await use([file])
  },
})

const group = (page: Page, name: string) => page.getByRole('group', { name })

async function type(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Show on the map' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type(text)
}

test('the palette finds spans of the trace by name, all that match, and attributes to colour by', async ({
  page,
}) => {
  await type(page, 'stock_levels')
  await expect(group(page, 'In this trace').getByRole('option').first()).toContainText('SELECT stock_levels')
  await group(page, 'In this trace').getByRole('option').first().click()
  await expect(page.getByRole('complementary', { name: 'Span details' })).toContainText('SELECT stock_levels')

  await type(page, 'stock_levels')
  await page.getByRole('option', { name: /^Find stock_levels/ }).click()
  await expect(page).toHaveURL(/find=stock_levels/)

  await type(page, 'db.')
  await expectAxeClean(page)
  const key = group(page, 'Attributes').getByRole('option').first()
  const named = (await key.locator('.cut').first().innerText()).trim()
  await key.click()
  await expect(page).toHaveURL(new RegExp(`color=${named}`))
})

test('a trace is shown on the map without any other source of calls, and leads back', async ({ page }) => {
  await expect(page.getByRole('button', { name: 'Show on the map' })).toBeVisible()
  await page.keyboard.press('g')
  await expect(page).toHaveURL(/\/map\?from=\d+&to=\d+&trace=/)
  const services = page.getByRole('listbox', { name: 'Services' })
  await expect(services.getByRole('option', { name: /edge-gateway/ })).toBeVisible()
  await expect(services.getByRole('option', { name: /order-service/ })).toBeVisible()
  await expectAxeClean(page)
  await page.getByRole('link', { name: 'Open the trace' }).click()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toBeVisible()
})
