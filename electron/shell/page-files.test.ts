import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pageFiles } from './page-files.ts'

const parent = await mkdtemp(join(tmpdir(), 'clew-page-'))
const folder = join(parent, 'renderer')
await mkdir(join(folder, 'assets'), { recursive: true })
await mkdir(join(parent, 'renderer-old'))
await writeFile(join(folder, 'index.html'), '<!doctype html>')
await writeFile(join(folder, 'assets', 'a-1.js'), 'let a')
await writeFile(join(folder, 'notes.txt'), 'mine')
await writeFile(join(parent, 'secret.json'), '{}')
await writeFile(join(parent, 'renderer-old', 'x.js'), 'old')
const get = pageFiles(folder)

test('a file comes with its type and length', async () => {
  const response = await get('/assets/a-1.js')
  expect(await response?.text()).toBe('let a')
  expect(Object.fromEntries(response?.headers ?? [])).toEqual({
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': '5',
  })
})

test.each([
  '/none.js',
  '/assets',
  '/notes.txt',
  '/../secret.json',
  '/assets/../../secret.json',
  '/../renderer-old/x.js',
  '/a\0.js',
  '',
])('%s names no file of the page', async (path) => {
  expect(await get(path)).toBeUndefined()
})
