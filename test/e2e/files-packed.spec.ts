/** Files in zips and folders, the same file twice, and what is odd about either. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { zipOf } from '../builders/zip.ts'
import { expect, expectAxeClean, startClew, test } from './clew.ts'
import { chooseByKey } from './open-files.ts'

/** One trace of one span, as Zipkin v1 has it. */
function trace(number: number): string {
  const endpoint = { serviceName: 'order-service' }
  const timestamp = 1793000000000000 + number * 1_000_000
  return JSON.stringify([
    {
      traceId: number.toString(16).padStart(16, '0'),
      id: '1'.padStart(16, '0'),
      name: `get /orders/${number}`,
      timestamp,
      duration: 5_000,
      annotations: [{ timestamp, value: 'sr', endpoint }],
      binaryAnnotations: [],
    },
  ])
}

const reports = (page: Page) => page.getByRole('list', { name: 'Files' }).getByRole('listitem')
const traces = (page: Page) =>
  page.getByRole('grid', { name: 'Traces' }).locator('[role=row][aria-rowindex]:not([aria-rowindex="1"])')

let folder = ''
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clew-packed-'))
  await mkdir(join(folder, 'saved', 'deep'), { recursive: true })
  await writeFile(join(folder, 'saved', 'a.json'), trace(1))
  await writeFile(join(folder, 'saved', 'deep', 'a.json'), trace(2))
  await writeFile(join(folder, 'saved', '.hidden.json'), trace(3))
})
test.afterAll(() => rm(folder, { recursive: true }))

test('a zip opens as the files in it, and what cannot be read of it is named', async ({ page, url }) => {
  await page.goto(url)
  const zip = zipOf([
    { path: 'shop/1.json', content: Buffer.from(trace(1)) },
    { path: 'shop/2.json.zst', content: zstdCompressSync(trace(2)), method: 0 },
    { path: 'shop/again.json', content: Buffer.from(trace(1)) },
    { path: '../../3.json', content: Buffer.from(trace(3)) },
    { path: 'secret.json', content: Buffer.from(trace(4)), flags: 1 },
    { path: 'zeros.json', content: Buffer.alloc(80_000_000) },
    { path: 'bomb.log', content: Buffer.alloc(80_000_000, 'a') },
  ])
  await chooseByKey(page, [{ name: 'export.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) }])
  await expect(traces(page)).toHaveCount(2)
  await expect(reports(page)).toHaveText([
    /export\.zip › shop\/1\.json.*Zipkin v1 JSON.*1 span/,
    /export\.zip › shop\/2\.json\.zst.*Zipkin v1 JSON.*1 span/,
    /holds the same bytes as export\.zip › shop\/1\.json, and was not read again\./,
    /3\.json has a path that leads out of the zip; it was not read\./,
    /secret\.json is encrypted\./,
    /zeros\.json is a binary file/,
    /bomb\.log.*\d kB read.*bomb\.log unpacks to more than 500 times its size/,
  ])
})

test('a large zip is said to be read, by name, beside what is on screen, and can be given up', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/connections`)
  await expect(page.getByRole('main')).toBeVisible()
  const entries = Array.from({ length: 60_001 }, (_, at) => ({
    path: `${at}.txt`,
    content: Buffer.from(`nothing ${at}`),
    method: 0,
  }))
  await chooseByKey(page, [
    { name: 'many.zip', mimeType: 'application/zip', buffer: Buffer.from(zipOf(entries)) },
  ])
  const reading = page.getByRole('region', { name: 'Being opened' })
  await expect(reading).toContainText('Reading many.zip')
  await expectAxeClean(page)
  await reading.getByRole('button', { name: 'Cancel' }).click()
  await expect(reading).toBeHidden()
  await expect(page).toHaveURL(`${url}/connections`)
  await expect(page.getByRole('alert', { name: 'Not opened' })).toBeHidden()
})

test('a folder that is dropped opens as the files in it', async ({ page, url }) => {
  await page.goto(url)
  await expect(page.getByRole('main')).toBeVisible()
  const client = await page.context().newCDPSession(page)
  const data = { items: [], files: [join(folder, 'saved')], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data })
  await expect(traces(page)).toHaveCount(2)
  await expect(reports(page)).toHaveText([/saved\/a\.json/, /saved\/deep\/a\.json/])
  await page.reload()
  await expect(traces(page)).toHaveCount(2)
})

test('a folder on the command line opens as the files in it', async ({ page, profile }) => {
  const clew = await startClew([join(folder, 'saved')], profile)
  await page.goto(clew.address)
  await expect(traces(page)).toHaveCount(2)
  await expect(reports(page)).toHaveText([/saved\/a\.json/, /saved\/deep\/a\.json/])
  await clew.stop()
})
