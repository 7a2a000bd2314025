/** A trace for which there is no room: said in plain words, with a way on. */
import { expect } from './clew.ts'
import { testWithLargeTrace } from './large-trace.ts'
import { tracePage } from './trace-page.ts'

/** Columns of more than 15,000 spans find no room. */
const test = testWithLargeTrace(`
  const Real = SharedArrayBuffer
  self.SharedArrayBuffer = function (bytes) {
    if (bytes > 120_000) throw new RangeError('Array buffer allocation failed')
    return new Real(bytes)
  }
`)

test('a trace for which there is no room can be opened in part', async ({ page }) => {
  const trace = tracePage(page)
  await expect(page.getByText('There was not enough memory to hold this.')).toBeVisible()
  await expect(page.getByText('Putting the spans in order')).toHaveCount(0)
  const part = page.getByRole('button', { name: /^Open the first / })
  await expect(part).toHaveText('Open the first 11.1 MB')
  await part.click()
  await expect(page.getByText(/^There is not enough memory for all of large\.json/)).toBeVisible()
  await expect(part).toHaveCount(0)
  await expect(trace.rows.first()).toBeVisible()
  await trace.find.fill('service:p1')
  await expect(trace.found).toHaveText(/of 1\d\D\d{3}$/)
})
