import { EventEmitter } from 'node:events'
import { writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DownloadItem } from 'electron'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepDownloadsWhole } from './downloads.ts'

let root: string
let target: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'clew-downloads-'))
  await mkdir(join(root, 'unfinished'))
  await mkdir(join(root, 'chosen'))
  target = join(root, 'chosen', 'Checkout.clew')
  await writeFile(target, 'before')
})
afterEach(() => rm(root, { recursive: true }))

/** Downloads some text; what was asked and said, once nothing is left of it where it was unfinished. */
async function download(state: string, path: string | undefined) {
  const session = new EventEmitter()
  const said: string[] = []
  const asked: unknown[] = []
  const seen: string[] = []
  keepDownloadsWhole(session as never, {
    folder: join(root, 'unfinished'),
    ask: async (options) => {
      asked.push(options.defaultPath)
      seen.push(await readFile(target, 'utf8'))
      return path
    },
    fail: (sentence) => void said.push(sentence),
  })
  let savePath = ''
  const item = Object.assign(new EventEmitter(), {
    setSavePath: (to: string) => (savePath = to),
    getFilename: () => 'Checkout.clew',
  }) as unknown as DownloadItem
  session.emit('will-download', {}, item)
  writeFileSync(savePath, 'after')
  item.emit('done', {}, state)
  await expect.poll(() => readdir(join(root, 'unfinished'))).toEqual([])
  return { said, asked, seen, there: await readdir(join(root, 'chosen')) }
}

test('a file stands in its place once it is whole', async () => {
  expect(await download('completed', target)).toEqual({
    said: [],
    asked: ['Checkout.clew'],
    seen: ['before'],
    there: ['Checkout.clew'],
  })
  expect(await readFile(target, 'utf8')).toBe('after')
})

test('one that nobody wants any more leaves nothing', async () => {
  expect(await download('completed', undefined)).toMatchObject({ said: [], there: ['Checkout.clew'] })
  expect(await readFile(target, 'utf8')).toBe('before')
})

test('one that breaks off is said, and what was there stays', async () => {
  expect(await download('interrupted', target)).toMatchObject({
    said: ['Checkout.clew could not be saved (it did not come to its end).'],
    asked: [],
  })
  expect(await readFile(target, 'utf8')).toBe('before')
})

test('a place that cannot be written is said, and nothing is left beside it', async () => {
  // A folder in its place: nobody can put a file there, whatever they may.
  const folder = join(root, 'chosen', 'folder')
  await mkdir(folder)
  const { said, there } = await download('completed', folder)
  expect(said).toEqual([expect.stringMatching(/^Checkout\.clew could not be saved \(.*folder/)])
  expect(there.toSorted()).toEqual(['Checkout.clew', 'folder'])
})
