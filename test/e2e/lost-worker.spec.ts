/** A worker that ends without a word, as one does that the browser ends. */
import { expect } from './clew.ts'
import { testWithLargeTrace } from './large-trace.ts'
import { tracePage } from './trace-page.ts'

const test = testWithLargeTrace(`
  self.addEventListener('message', ({ data }) => {
    if (data.request.text === 'end') self.close()
  })
`)

test('a find whose worker has ended says so, and the trace is there again after a reload', async ({
  page,
}) => {
  const trace = tracePage(page)
  await trace.find.fill('end')
  await expect(page.getByText('The part of Clew that reads traces stopped unexpectedly')).toBeVisible()
  await trace.find.fill('payment')
  await expect(page.getByText('This trace is no longer in memory.')).toBeVisible()
  // What is typed goes into the address a moment later.
  await expect(page).toHaveURL(/[?&]find=payment/)
  await page.reload()
  await expect(trace.found).toHaveText(/^[\d\s]+ of 20\D000$/u)
})
