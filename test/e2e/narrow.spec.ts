/** Half a screen, and one at twice its size: no page is wider than what it stands in. */
import { expect, test } from './clew.ts'

test.use({ isDemoEnded: false })

const places = [
  'start',
  'overview',
  'service?service=order-service',
  'metrics',
  'cardinality',
  'rules',
  'logs',
  'traces',
  'map',
  'map?view=table',
  'connections',
  'investigation',
]

const widths = [900, 640]

test('no page is wider than half a screen', async ({ page, url }) => {
  test.slow()
  const wider: string[] = []
  const measure = async (place: string): Promise<void> => {
    for (const width of widths) {
      // oxlint-disable-next-line no-await-in-loop -- one page has one width at a time
      await page.setViewportSize({ width, height: 700 })
      // oxlint-disable-next-line no-await-in-loop -- as above
      const there = await page.evaluate(() => document.documentElement.scrollWidth)
      if (there > width) wider.push(`${place} at ${width}: ${there}`)
    }
  }
  await page.goto(`${url}/overview`)
  await expect(page.getByRole('row').nth(3)).toBeVisible()
  for (const place of places) {
    // oxlint-disable-next-line no-await-in-loop -- one page after the other
    await page.goto(`${url}/${place}`)
    // oxlint-disable-next-line no-await-in-loop -- as above
    await expect(page.getByRole('progressbar')).toHaveCount(0)
    // oxlint-disable-next-line no-await-in-loop -- as above
    await measure(place)
  }
  await page.goto(`${url}/traces`)
  await page.getByRole('button', { name: 'Newest traces' }).click()
  await page.getByRole('row').nth(2).dblclick()
  await expect(page.getByRole('treegrid')).toBeVisible()
  await measure('trace')
  expect(wider).toEqual([])
})
