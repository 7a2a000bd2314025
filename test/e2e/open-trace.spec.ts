/** What the palette and the map know of the trace on screen. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, test as base } from './clew.ts'
import { jaegerWith } from './fake-jaeger.ts'
import { type FakeServer, startServer } from './fake-servers.ts'
import { incident, incidentId, jaegerDocument } from './incident-trace.ts'
import { jaegerHolding } from './search-servers.ts'

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

const counted = [{ parent: 'edge-gateway', child: 'order-service', callCount: 1234 }]

const withJaeger = base.extend<{ jaeger: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  jaeger: async ({}, use) => {
    const holding = jaegerWith({ [incidentId]: jaegerDocument(incidentId, incident) })
    const counting = jaegerHolding([], counted)
    const server = await startServer((request, response) =>
      ((request.url ?? '').includes(incidentId) ? holding : counting)(request, response),
    )
    await use(server)
    await server.stop()
  },
  clewArgs: async ({ jaeger }, use) => use(['--connect', `jaeger=${jaeger.url}`]),
})

withJaeger(
  'a trace whose link names no source: its step says who had it, over the map its calls stand beside what that counted, and it is saved',
  async ({ page, url }) => {
    await page.goto(`${url}/trace?id=${incidentId}`)
    await expect(page.getByRole('button', { name: 'Show on the map' })).toBeVisible()
    await page.keyboard.press('g')
    await expect(page.getByRole('contentinfo')).toContainText(
      /\d services, \d+ calls from Jaeger.* and this trace, /,
    )
    await page.getByRole('radio', { name: 'Table' }).click()
    const calls = page.getByRole('grid', { name: 'Calls between services' }).getByRole('row')
    await expect(calls.filter({ hasText: /1\s234/ })).toHaveText([/^edge-gatewayorder-service.*Jaeger$/])
    await expect(calls.filter({ hasText: 'payment-service' }).first()).toContainText('this trace')
    await expectAxeClean(page)

    await page.keyboard.press('Control+s')
    const dialog = page.getByRole('dialog', { name: 'Save investigation' })
    await expect(dialog).toContainText(/Traces1 trace/)
    await expect(dialog.getByRole('region', { name: 'Not in the file' })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: /Investigation/ }).click()
    const steps = page.getByRole('region', { name: 'Steps' }).getByRole('listitem')
    await expect(steps.first()).toContainText('Jaeger')
    await expect(steps.first().getByRole('img')).toHaveAttribute('src', /svg.*%3Crect/)
  },
)
