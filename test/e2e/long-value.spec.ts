/** An attribute whose value is 5 MB long. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test as base } from './clew.ts'
import { jaegerDocument } from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

const value = `begins ${'0123456789'.repeat(500_000)} ends`
const span = { service: 'shop', startMs: 0, durationMs: 4 }

const test = base.extend({
  clewArgs: async ({ profile }, use) => {
    const path = join(profile, 'long.json')
    const spans = [
      { ...span, id: 'a1', name: 'GET /long', tags: { body: value } },
      { ...span, id: 'a2', name: 'GET /short', parent: 'a1', tags: { body: 'short' } },
    ]
    writeFileSync(path, jaegerDocument('4be1f0c2a9d84e7f', spans))
    await use([path])
  },
})

test('is shown in steps, copied whole and saved as a file', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { row, details } = tracePage(page)
  await row(/GET \/long/).click()
  const block = details.locator('pre').filter({ hasText: /^begins/ })
  const shown = () => block.evaluate((element) => element.textContent.length)
  await expect.poll(shown).toBe(2_001)
  await details.getByRole('button', { name: 'Show more' }).click()
  await expect.poll(shown).toBe(20_001)
  await details.getByRole('button', { name: 'Show more' }).click()
  await expect.poll(shown).toBe(200_001)
  await expect(details.getByRole('button', { name: 'Show more' })).toBeHidden()

  await details.getByRole('button', { name: 'Copy all' }).click()
  await expect(page.getByText('Copied the whole value.')).toBeVisible()
  expect((await page.evaluate(() => navigator.clipboard.readText())) === value).toBe(true)

  const download = page.waitForEvent('download')
  await details.getByRole('button', { name: 'Save as file' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('body.txt')
  expect(readFileSync(await saved.path(), 'utf8') === value).toBe(true)

  // With all that can be shown laid out, the page still answers.
  await row(/GET \/short/).click()
  await expect(details.getByText('short', { exact: true })).toBeVisible()
})
