/** What leaves an investigation for other programs: traces, the story, pictures. */
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { zipOf } from '../builders/zip.ts'
import { expect, test } from './clew.ts'
import { chips, json, manifest, openElsewhere, step, trace, traceId } from './saved-investigation.ts'

test('a trace leaves as OTLP, as Jaeger’s JSON and as a picture, and the story as Markdown with its pictures, of flame graphs too', async ({
  browser,
  profile,
}) => {
  const file = join(profile, 'open.clew')
  const flame = { ...step, id: 'b', parent: 'a', place: `${step.place}&view=flame&flame=merged` }
  await writeFile(
    file,
    zipOf([
      {
        path: 'manifest.json',
        content: json({ ...manifest, thread: { ...manifest.thread, steps: [step, flame] } }),
      },
      { path: `traces/${traceId}.json`, content: json(trace) },
    ]),
  )
  const { page, clew } = await openElsewhere(browser, file, profile)
  const saved = async (menu: string, entry: string): Promise<Buffer> => {
    await page.getByRole('button', { name: menu, exact: true }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: entry }).click()
    return readFile(await (await download).path())
  }
  await expect(page.getByRole('button', { name: `answering ${basename(file)}` })).toBeVisible()
  const story = await saved('Export', 'Markdown with pictures')
  const parts = ['story.md', 'pictures/1.svg', 'pictures/2.svg']
  expect(parts.filter((part) => !story.includes(part))).toEqual([])

  await chips(page).first().getByRole('link').click()
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toContainText('POST /pay')
  const otlp = JSON.parse(String(await saved('Save trace', 'As OTLP JSON'))) as { resourceSpans: unknown[] }
  expect(otlp.resourceSpans).toHaveLength(1)
  const jaeger = JSON.parse(String(await saved('Save trace', 'As Jaeger JSON'))) as { data: unknown[] }
  expect(jaeger.data).toMatchObject([{ traceID: traceId, spans: [{ operationName: 'POST /pay' }] }])
  expect(String(await saved('Save trace', 'Waterfall as SVG'))).toContain('checkout POST /pay')
  expect((await saved('Save trace', 'Waterfall as PNG')).subarray(1, 4).toString()).toBe('PNG')
  await clew.stop()
})
