/** Lines that repeat: as one row, or by the pattern they share where the server finds none. */
import { expect, expectAxeClean, test as base } from './clew.ts'
import { type HeldLine, lokiWith } from './fake-loki.ts'
import { startServer, text } from './fake-servers.ts'

const endMs = Date.now() - 60_000

/** Twelve times the same line, then three others, and twice the same again. */
const texts = [
  ...Array.from({ length: 12 }, () => 'connection refused, trying again'),
  'user ann logged in, session 41',
  'user bob logged in, session 42',
  'ready',
  'ready',
  'user eve logged in, session 43',
]
const lines = texts.map((line, at): HeldLine => ({
  ns: BigInt(endMs - (texts.length - at) * 1_000) * 1_000_000n,
  labels: { service_name: 'payment-service' },
  text: line,
  metadata: { detected_level: 'warn' },
}))

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  clewArgs: async ({}, use) => {
    const whole = lokiWith(lines)
    const loki = await startServer((request, response) =>
      request.url?.startsWith('/loki/api/v1/patterns') === true
        ? text('404 page not found\n', 404)(request, response)
        : whole(request, response),
    )
    await use(['--connect', `loki=${loki.url}`])
    await loki.stop()
  },
})

const path = (more = ''): string =>
  `/logs?query=${encodeURIComponent('{service_name="payment-service"}')}&from=${endMs - 600_000}&to=${endMs}${more}`

test('lines that say the same are one row, which opens to each of them, and a link keeps them folded', async ({
  page,
  url,
}) => {
  await page.goto(url + path())
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await expect(list.getByRole('row')).toHaveCount(texts.length)
  await page.getByRole('button', { name: 'Fold repeats' }).click()
  await expect(list.getByRole('row')).toHaveCount(5)
  await expect(page.getByText('in 5 rows')).toBeVisible()
  await expect(list.getByRole('row', { name: /×12 ?connection refused/ })).toBeVisible()
  await page.reload()
  await expect(list.getByRole('row')).toHaveCount(5)
  await expectAxeClean(page)
  await list.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Show each of them' }).click()
  await expect(list).toHaveAttribute('aria-rowcount', '16')
  await expect(list.getByRole('row', { name: /×2 ?ready/ })).toBeVisible()
})

test('where the server finds no patterns they are found in the lines, and filter them', async ({
  page,
  url,
}) => {
  await page.goto(url + path())
  const patterns = page.getByRole('region', { name: 'Patterns' })
  await expect(patterns).toContainText('in 17 lines')
  await expect(patterns.getByRole('button')).toHaveText([
    'connection refused, trying again12',
    'user <_> logged in, session <_>3',
    'ready2',
  ])
  await patterns.getByRole('button', { name: /^user/ }).click()
  await expect(page.locator('.view-lines')).toContainText('|~ `user .* logged in, session .*`')
})
