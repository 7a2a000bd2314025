/** Traces for which there is no room: said in plain words, with a way on. */
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { jaegerJson } from '../builders/generate-trace.ts'
import { expect, test as base } from './clew.ts'
import { tracePage } from './trace-page.ts'

/** Columns of more than 15,000 spans find no room. */
const scarce = `{
  const Real = SharedArrayBuffer
  self.SharedArrayBuffer = function (bytes) {
    if (bytes > 120_000) throw new RangeError('Array buffer allocation failed')
    return new Real(bytes)
  }
}
`

const test = base.extend({
  clewArgs: async ({ profile }, use) => {
    const file = join(profile, 'large.json')
    await pipeline(Readable.from(jaegerJson({ spanCount: 20_000, seed: 1 })), createWriteStream(file))
    await use([file])
  },
  context: async ({ context }, use) => {
    await context.route(/\/trace\.worker\b.*\.js/u, async (route) => {
      const script = await route.fetch()
      await route.fulfill({ response: script, body: scarce + (await script.text()) })
    })
    await use(context)
  },
})

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
