/** How a span compares with its peers, in a saved investigation: as it was seen, though the traces of the others are not in the file. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, startClew, test } from './clew.ts'
import { tracePage } from './trace-page.ts'

const peersOf = (page: Page) => tracePage(page).details.getByRole('region', { name: 'Among its peers' })

/** All that the section shows, once it has settled. */
async function shown(page: Page) {
  const peers = peersOf(page)
  await expect(peers).toHaveAttribute('aria-busy', 'false')
  await expect(peers.getByRole('img')).toBeVisible()
  return { text: await peers.innerText(), picture: await peers.getByRole('img').getAttribute('aria-label') }
}

/** Selects a span by what finds it and nothing else. */
async function select(page: Page, find: string, name: string) {
  const { find: field, found, details } = tracePage(page)
  // While a trace is still arriving, what was found may be found anew.
  await expect(async () => {
    await field.fill('')
    await field.fill(find)
    await expect(found).toHaveText(/^\d+ of/, { timeout: 5_000 })
    await field.press('Enter')
    await expect(details.getByRole('heading', { level: 2 })).toHaveText(name, { timeout: 5_000 })
  }).toPass()
}

async function saveTo(page: Page, file: string) {
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'Save investigation' })
  await expect(dialog).toContainText(/Traces\d+ trace/, { timeout: 150_000 })
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as file' }).click()
  await (await download).saveAs(file)
}

test.use({ clewArgs: ['--demo', 'pool-exhaustion'] })
test.slow()

const chips = (page: Page) => page.getByRole('navigation', { name: 'Thread' }).getByRole('listitem')

test('a span that a step is at compares with its peers as before, whether counted or found; others with what is in the file; saved twice', async ({
  page,
  url,
  browser,
  profile,
}) => {
  await page.getByRole('link', { name: 'Traces' }).click()
  await page.getByLabel('Service', { exact: true }).fill('payment-service')
  await page.getByLabel('Duration over').fill('3s')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const results = page.getByRole('grid', { name: 'Traces' })
  await results.getByRole('row').filter({ hasText: 'POST /api/checkout' }).first().dblclick()
  await select(page, 'service:payment-service kind:server', 'POST /payments/charge')
  const placeOfCounted = page.url()
  await select(page, 'name:payments-db', 'payments-db pool.acquire')
  const placeOfFound = page.url()
  await page.goto(`${url}/investigation`)
  await page.getByRole('button', { name: 'New thread' }).click()
  await page.goto(placeOfCounted)
  const counted = await shown(page)
  expect(counted.text).toContain('counted by http_server_request_duration_seconds in Demo shop')
  await page.goto(placeOfFound)
  const found = await shown(page)
  expect(found.text).toContain('found in Demo shop')
  await expect(chips(page)).toHaveCount(2)
  const once = join(profile, 'once.clew')
  await saveTo(page, once)

  /** Opens it with nothing else there, and compares both steps. */
  const open = async (file: string, where: string) => {
    const clew = await startClew([file], join(profile, where))
    const other = await (await browser.newContext()).newPage()
    await other.goto(clew.address)
    await expect(other.getByRole('button', { name: /^answering .*\.clew$/ })).toBeVisible()
    const compare = async (at: number, before: typeof counted) => {
      await chips(other).nth(at).getByRole('link').click()
      await expect(peersOf(other)).toHaveText(before.text, { useInnerText: true })
      expect(await shown(other)).toEqual(before)
    }
    await compare(0, counted)
    await compare(1, found)
    return { clew, other }
  }
  const second = await open(once, 'second')
  await expectAxeClean(second.other)
  const twice = join(profile, 'twice.clew')
  await saveTo(second.other, twice)
  await second.clew.stop()

  const { clew, other } = await open(twice, 'third')
  await peersOf(other).getByRole('button', { name: 'A typical one' }).click()
  await expect(other.getByRole('status').filter({ hasText: 'of another trace' })).toHaveText(
    'A typical one of another trace is not in twice.clew.',
  )
  await select(other, 'name:"UPDATE orders"', 'UPDATE orders')
  await expect(peersOf(other)).toContainText(
    'in twice.clew, which has what was saved: at the time there may have been others',
  )
  await clew.stop()
})
