/** Reading that is stopped: the reader sees at once that it was. */
import { expect } from './clew.ts'
import { testWithLargeTrace } from './large-trace.ts'

/** What the list of files has read, the page of its one trace waits for without end, as half a million spans take long to be put in order. */
const test = testWithLargeTrace(`
  let count = 0
  const post = self.postMessage.bind(self)
  self.postMessage = (message, transfer) => {
    if (message.answer?.kind !== 'opened' || ++count === 1) post(message, transfer)
  }
`)

test('what was stopped is no longer said to be read, and cannot be stopped again', async ({ page }) => {
  await expect(page.getByText('Reading the trace')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('Putting the spans in order')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0)
})

/** As above, and reading for queries takes for ever. */
const testWithoutQueries = testWithLargeTrace(`
  const post = self.postMessage.bind(self)
  const ask = self.fetch.bind(self)
  const never = ({ signal }) => new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason)))
  self.fetch = (url, init = {}) =>
    String(url).includes('/api/opened/') && init.method === 'POST' ? never(init) : ask(url, init)
  let count = 0
  self.postMessage = (message, transfer) => {
    if (message.answer?.kind !== 'opened' || ++count === 1) post(message, transfer)
  }
`)

testWithoutQueries('reading that is stopped on the trace page stops for queries too', async ({ page }) => {
  await expect(page.getByText('Reading the trace')).toBeVisible()
  const givenUp = page.waitForRequest(
    (request) => request.method() === 'DELETE' && request.url().includes('/api/opened/'),
  )
  await page.keyboard.press('Escape')
  await givenUp
})
