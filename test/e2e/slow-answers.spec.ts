/** Answers that take long: what is told meanwhile, and the way back. */
import { expect } from './clew.ts'
import { testWithLargeTrace } from './large-trace.ts'
import { tracePage } from './trace-page.ts'

/** Once a find or a table by an attribute is asked for, every step ends with a long pause, as a million spans have many steps. */
const test = testWithLargeTrace(`
  let isSlow = false
  let leaps = 0
  const now = performance.now.bind(performance)
  performance.now = () => now() + (isSlow ? (leaps += 20) : 0)
  const post = MessagePort.prototype.postMessage
  MessagePort.prototype.postMessage = function () {
    if (isSlow) setTimeout(() => post.call(this, undefined), 100)
    else post.call(this, undefined)
  }
  self.addEventListener('message', ({ data }) => {
    if (['find', 'color-classes'].includes(data.request.kind)) isSlow = true
    if (data.request.question) isSlow = data.request.question.by.kind === 'attribute'
  })
`)

test('a table by an attribute of many values says how far it is, and can be left', async ({ page }) => {
  await page.getByRole('radio', { name: 'Table' }).click()
  const pane = page.getByRole('region', { name: 'Span table' })
  await expect(pane.getByText('frontend').first()).toBeVisible()
  await pane.getByRole('radio', { name: 'Attribute' }).click()
  const key = pane.getByRole('combobox', { name: 'Attribute' })
  await key.fill('url.path')
  await page.keyboard.press('Enter')
  const bar = pane.getByRole('progressbar', { name: 'Reading url.path of every span' })
  await expect(bar).toHaveAttribute('aria-valuetext', /^[\d\s]+ of 20\D000 spans$/u)
  await pane.getByRole('button', { name: 'Cancel' }).click()
  await expect(bar).toHaveCount(0)
  await expect(pane.getByRole('radio', { name: 'Operation' })).toBeChecked()
  await expect(pane.getByText('frontend').first()).toBeVisible()
})

test('matches that are not all are said to be those so far', async ({ page }) => {
  const trace = tracePage(page)
  await trace.find.fill('user-4999')
  await expect(trace.found).toHaveText(/^\d+ of 20\D000 so far$/u)
  await expect(trace.found).toHaveText(/^\d+ of 20\D000$/u)
})

test('colours by an attribute say how far its reading is, and can be left', async ({ page }) => {
  await page.getByRole('button', { name: /^Colour/ }).click()
  await page.getByRole('combobox', { name: 'Colour by attribute' }).fill('url.path')
  await page.keyboard.press('Enter')
  const bar = page.getByRole('progressbar', { name: 'Reading url.path of every span' })
  await expect(bar).toHaveAttribute('aria-valuetext', /^[\d\s]+ of 20\D000 spans$/u)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(bar).toHaveCount(0)
  await expect(page).not.toHaveURL(/color=/)
})
