/** Names and values that hold characters which cannot be seen, or turn text round. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test as base } from './clew.ts'
import { jaegerDocument } from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

const value = 'invoice\u202egnp.exe'

const span = { id: 'a1', service: 'pay\u200bment', name: 'GET \u2066/pay', startMs: 0, durationMs: 4 }

const test = base.extend({
  clewArgs: async ({ profile }, use) => {
    const path = join(profile, 'turned.json')
    writeFileSync(path, jaegerDocument('4be1f0c2a9d84e7f', [{ ...span, tags: { 'file\u202e': value } }]))
    await use([path])
  },
})

test('are marked wherever they are drawn, and copied as they are', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { row, details } = tracePage(page)
  await row('pay‹U+200B›ment GET ‹U+2066›/pay').click()
  await expect(details.getByRole('heading', { name: 'GET ‹U+2066›/pay' })).toBeVisible()
  await expect(details.getByText('file‹U+202E›', { exact: true })).toBeVisible()
  await expect(details.getByText('invoice‹U+202E›gnp.exe')).toBeVisible()
  await expect(page).toHaveTitle(/^GET ‹U\+2066›\/pay /)
  await details.getByRole('button', { name: 'Copy value of file' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value)
})
