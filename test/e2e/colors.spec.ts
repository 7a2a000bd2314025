/** Colours by an attribute, over the incident of incident-trace.ts. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, expectAxeClean, test as base } from './clew.ts'
import { incident, incidentId, jaegerDocument } from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

const test = base.extend({
  clewArgs: async ({ profile }, use) => {
    const file = join(profile, 'incident.json')
    await writeFile(file, jaegerDocument(incidentId, incident))
    await use([file])
  },
})

test('spans are coloured by an attribute from the keyboard, with a legend, in the link, and back', async ({
  page,
}) => {
  const trace = tracePage(page)
  const acquire = trace.row(/pool.acquire/)
  await expect(acquire).toBeVisible()
  const colorOf = (name: RegExp) => trace.row(name).evaluate((row) => row.style.getPropertyValue('--c'))
  const before = await colorOf(/pool.acquire/)
  await page.keyboard.press('c')
  await expect(page.getByRole('combobox', { name: 'Colour by attribute' })).toBeFocused()
  await page.keyboard.type('db.system')
  await page.keyboard.press('Enter')
  const legend = page.getByRole('region', { name: 'Colours of db.system.name' })
  await expect(legend).toBeVisible()
  await expect(legend).toContainText('not said')
  await expect.poll(() => trace.param('color')).toBe('db.system.name')
  await expect.poll(() => colorOf(/SELECT stock_levels/)).toBe('var(--svc-1)')
  expect(await colorOf(/smtp.send/)).toBe('var(--svc-none)')

  await page.reload()
  await expect(legend).toBeVisible()
  await legend.getByRole('button', { name: /postgresql/ }).click()
  await expect(trace.find).toHaveValue('db.system.name=postgresql')
  await legend.getByRole('button', { name: 'Colour by service again' }).click()
  await expect(legend).toBeHidden()
  await expect.poll(() => trace.param('color')).toBeNull()
  expect(await colorOf(/pool.acquire/)).toBe(before)
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`colours by an attribute are clean for axe in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const trace = tracePage(page)
    await expect(trace.row(/pool.acquire/)).toBeVisible()
    await page.keyboard.press('c')
    await page.getByRole('combobox', { name: 'Colour by attribute' }).click()
    await expectAxeClean(page)
    await page.getByRole('option', { name: /service.name/ }).click()
    await expect(page.getByRole('region', { name: 'Colours of service.name' })).toBeVisible()
    await expectAxeClean(page)
  })
