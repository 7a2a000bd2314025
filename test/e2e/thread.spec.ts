/** The thread: every step kept in the head of every page, walked back and forth, branched, annotated, and there after a crash. */
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, startClew, test } from './clew.ts'

test.use({ clewArgs: ['--demo', 'pool-exhaustion'] })

const trail = (page: Page) => page.getByRole('navigation', { name: 'Thread' })
const chips = (page: Page) => trail(page).getByRole('listitem')

const charges = 'http_server_request_duration_seconds_bucket{job="payment-service"}'
const p99 = `histogram_quantile(0.99, sum by (le) (rate(${charges}[5m])))`
const exhausted = '{service_name="payment-service"} |= "pool exhausted"'

/** From the overview, on which it opens: a chart, log lines, a trace. */
async function goFour(page: Page, url: string): Promise<void> {
  await expect(chips(page)).toHaveText([/Overview\d+ services/])
  await page.goto(`${url}/metrics?${new URLSearchParams({ p: `lines::${p99}` })}`)
  await expect(chips(page).nth(1)).toHaveText(/p99 of payment-service\d/)
  await page.goto(`${url}/logs?${new URLSearchParams({ query: exhausted, from: 'now-1h', to: 'now' })}`)
  await expect(chips(page).nth(2)).toHaveText(/Lines of payment-service[\d,]+ lines/)
  await page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row').nth(1).click()
  await page.keyboard.press('t')
  await expect(chips(page).nth(3)).toHaveText(/ s$/)
}

test('what is looked at becomes a trail with what was found; it is walked back, ahead and elsewhere, and nothing of it is lost', async ({
  page,
  url,
}) => {
  await goFour(page, url)
  await expect(chips(page).nth(3)).toHaveAttribute('aria-current', 'step')
  await expectAxeClean(page)
  // Names give way where there is little room, never what was found.
  for (const width of [1280, 900]) {
    await page.setViewportSize({ width, height: 720 })
    for (const chip of await chips(page).all())
      expect(
        await chip
          .locator('.v')
          .evaluate(
            (count) =>
              count.getBoundingClientRect().right <= count.closest('a')!.getBoundingClientRect().right,
          ),
      ).toBe(true)
  }
  await page.setViewportSize({ width: 1280, height: 720 })

  await page.keyboard.press('{')
  await expect(chips(page).nth(2)).toHaveAttribute('aria-current', 'step')
  await expect(chips(page).nth(3)).toContainText(', ahead')
  await expect(page).toHaveURL(/\/logs\?.*pool\+exhausted/)
  await trail(page).getByRole('link', { name: /^p99/ }).click()
  await expect(page).toHaveURL(/\/metrics\?/)
  await expect(page.getByRole('figure')).toContainText('1 line')
  await page.keyboard.press('}')
  await expect(page).toHaveURL(/\/logs/)

  // On from the chart to somewhere else: both ways stay.
  await trail(page).getByRole('link', { name: /^p99/ }).click()
  await page.getByRole('link', { name: 'Map' }).click()
  await expect(chips(page)).toHaveText([/^Overview/, /^p99/, /^Who calls whom/])
  await trail(page).getByRole('link', { name: /^p99/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /On to Lines of payment-service/ }).click()
  await expect(chips(page)).toHaveText([/^Overview/, /^p99/, /^Lines/, / s/])

  await page.getByRole('link', { name: /Investigation.*5 steps/ }).click()
  const steps = page.getByRole('region', { name: 'Steps' })
  await expect(steps.getByRole('listitem')).toHaveCount(5)
  await expect(steps).toContainText(exhausted)
  await expectAxeClean(page)
})

test('within a page the step changes with its address, and Back finds the step again', async ({
  page,
  url,
}) => {
  await expect(chips(page)).toHaveText([/services$/])
  await page.goto(`${url}/logs?${new URLSearchParams({ query: exhausted, from: 'now-1h', to: 'now' })}`)
  await expect(chips(page)).toHaveText([/^Overview/, /lines$/])
  await page.getByRole('button', { name: 'Wrap' }).click()
  await expect(page).toHaveURL(/wrap=1/)
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await expect(chips(page)).toHaveText([/^Overview/, /^Lines/, /^Overview/])
  await trail(page).getByRole('button', { name: 'Back' }).click()
  await expect(chips(page).nth(1)).toHaveAttribute('aria-current', 'step')
  await expect(page).toHaveURL(/wrap=1/)
  await expect(chips(page)).toHaveCount(3)
})

test('a step is named, pinned, annotated and removed, by keyboard; Undo brings it back', async ({
  page,
  url,
}) => {
  await goFour(page, url)
  await page.keyboard.press('Shift+N')
  await page.keyboard.type('It waits, and gives up.')
  await page.getByRole('dialog').getByLabel('Name').fill('The slow charge')
  await page.getByRole('checkbox', { name: /Pinned/ }).check()
  await expectAxeClean(page)
  await page.keyboard.press('Control+Enter')
  await expect(chips(page).nth(3)).toHaveText(/^The slow charge.*, pinned, has a note/)

  await page.getByRole('link', { name: /Investigation.*4 steps/ }).click()
  const steps = page.getByRole('region', { name: 'Steps' }).getByRole('listitem')
  await expect(steps.nth(3)).toContainText('It waits, and gives up.')
  await steps.nth(2).getByRole('link').focus()
  await page.keyboard.press('Delete')
  await expect(steps).toHaveCount(3)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(steps).toHaveCount(4)
  await page.getByRole('button', { name: 'New thread' }).click()
  await expect(page.getByText('Nothing was looked at yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(steps).toHaveCount(4)
})

test('a note that is closed unsaid stays as a draft, is kept by one click, and cancelled for good', async ({
  page,
  url,
}) => {
  await goFour(page, url)
  const dialog = page.getByRole('dialog')
  const note = dialog.getByLabel('Note')
  await page.keyboard.press('Shift+N')
  await page.keyboard.type('It waits.')
  await page.reload()
  await expect(chips(page)).toHaveCount(4)
  await page.keyboard.press('Shift+N')
  await expect(note).toHaveValue('It waits.')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  const said = page.getByRole('status').filter({ hasText: /^What you wrote of .* is a draft/ })
  await expect(said).toBeVisible()
  await expect(chips(page).nth(3)).not.toContainText('has a note')
  await page.keyboard.press('Shift+N')
  await expect(note).toHaveValue('It waits.')
  await expect(dialog).toContainText('nothing of it is kept yet')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.keyboard.press('Shift+N')
  await expect(note).toHaveValue('')
  await page.keyboard.type('It gives up.')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Keep it' }).click()
  await expect(chips(page).nth(3)).toContainText('has a note')
  await page.keyboard.press('Shift+N')
  await expect(note).toHaveValue('It gives up.')
  await expect(dialog).not.toContainText('nothing of it is kept yet')
})

test('it is there after a reload, and after kill -9 of Clew, and its steps open', async ({
  page,
  url,
  clew,
  profile,
}) => {
  await goFour(page, url)
  await page.keyboard.press('Shift+N')
  await page.keyboard.type('found')
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/thread'))
  await page.keyboard.press('Control+Enter')
  await kept
  await page.reload()
  await expect(chips(page)).toHaveCount(4)
  await expect(chips(page).nth(3)).toHaveAttribute('aria-current', 'step')
  await expect(chips(page).nth(3)).toContainText('has a note')
  const texts = await chips(page).allTextContents()

  await clew.kill()
  const again = await startClew(['--demo', 'pool-exhaustion'], profile)
  await page.goto(again.address)
  // It opens on the overview, which is the first step.
  await expect(chips(page)).toHaveText(texts.map((text, at) => (at === 0 ? text : `${text}, ahead`)))
  await trail(page)
    .getByRole('link', { name: /^Lines/ })
    .click()
  await expect(page.getByLabel('LogQL')).toContainText('pool exhausted')
  await again.stop()
})

test('two windows lose nothing of each other, and each has what the other wrote', async ({ page, url }) => {
  await goFour(page, url)
  const other = await page.context().newPage()
  await other.goto(`${url}/investigation`)
  const kept = other.waitForResponse((answer) => answer.url().endsWith('/api/thread'))
  await other.getByRole('textbox', { name: 'What we know' }).fill('The pool is exhausted.')
  await kept
  await page.keyboard.press('Shift+N')
  await page.keyboard.type('It waits.')
  await page.keyboard.press('Control+Enter')
  await expect(chips(page).nth(3)).toContainText('has a note')

  await expect(other.getByRole('main')).toContainText('It waits.')
  await expect(other.getByRole('textbox', { name: 'What we know' })).toHaveValue('The pool is exhausted.')
  await other.reload()
  await expect(other.getByRole('main')).toContainText('It waits.')
  await expect(other.getByRole('main')).toContainText('The pool is exhausted.')
})

test('where it cannot be kept that is said, with the reason, and it is kept once it can be', async ({
  page,
  url,
  profile,
}) => {
  await goFour(page, url)
  await page.getByRole('link', { name: /^Investigation/ }).click()
  await expect(page.getByRole('contentinfo')).toContainText('Kept on this machine')
  // A folder in the place of the file: nobody can write over it, whatever they may.
  const file = join(profile, 'thread.json')
  await rm(file)
  await mkdir(join(file, 'in the way'), { recursive: true })
  await page.getByLabel('Name of the investigation').fill('Checkout')
  const note = page.getByRole('main').getByRole('status')
  await expect(note).toContainText(/not kept on this machine.*thread\.json cannot be read/i)
  await expect(page.getByRole('contentinfo')).toContainText('Not kept on this machine')
  await expectAxeClean(page)
  await rm(file, { recursive: true })
  await note.getByRole('button', { name: 'Try again' }).click()
  await expect(note).toBeHidden()
  expect(await readFile(file, 'utf8')).toContain('"name": "Checkout"')
})

test('a note takes no more than is kept, and says when it is full', async ({ page, url }) => {
  await goFour(page, url)
  await page.keyboard.press('Shift+N')
  const note = page.getByLabel('Note', { exact: true })
  await note.fill('n'.repeat(20_000))
  await expect(page.getByText(/This is full: no more than 20.000 characters are kept\./)).toBeVisible()
  await page.keyboard.type('more')
  await expect(note).toHaveValue('n'.repeat(20_000))
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/thread'))
  await page.keyboard.press('Control+Enter')
  expect((await kept).ok()).toBe(true)
})

test('of many steps each keeps enough of its name to know it by, and the one that is open is in view', async ({
  page,
  url,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  for (let step = 1; step <= 10; step++) {
    const p = `lines::sum by (job) (rate(http_server_request_duration_seconds_count[${step}m]))`
    await page.goto(`${url}/metrics?${new URLSearchParams({ p })}`)
    await expect(chips(page)).toHaveCount(step)
    await expect(chips(page).nth(step - 1)).toHaveAttribute('aria-current', 'step')
  }
  const widths = await chips(page)
    .locator('.cut')
    .evaluateAll((names) => names.map(({ clientWidth }) => clientWidth))
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(84)
  // It may begin in the middle of a pixel.
  await expect(chips(page).nth(9)).toBeInViewport({ ratio: 0.99 })
  await expect(chips(page).nth(0)).not.toBeInViewport()
})
