import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { mostInFolder } from './files-in-folder.ts'
import { createOpenedFiles, fileError } from './opened-files.ts'

const folder = await mkdtemp(join(tmpdir(), 'clew-files-'))
afterAll(() => rm(folder, { recursive: true }))

test('a file is listed with its size and streamed whole', async () => {
  const path = join(folder, 'trace.json')
  const content = Buffer.alloc(700_001, 'abcdefg')
  await writeFile(path, content)
  const files = createOpenedFiles([path])
  const [listed] = await files.list()
  expect(listed).toMatchObject({ name: 'trace.json', size: 700_001, error: undefined })
  const opened = await files.open(listed.id)
  expect(opened).toMatchObject({ name: 'trace.json', sizeBytes: 700_001 })
  expect(Buffer.from(await new Response(opened?.stream).arrayBuffer()).equals(content)).toBe(true)
})

test('the same path has the same id, and is listed once', () => {
  const files = createOpenedFiles(['/a/b.json'])
  const [id] = files.add(['/a/b.json'])
  expect(createOpenedFiles().add(['/a/b.json'])).toEqual([id])
  expect(files.add(['/a/b.json', '/a/c.json'])).toEqual([id, expect.not.stringMatching(id)])
})

test('a missing file and an empty folder say what they are', async () => {
  const empty = join(folder, 'empty')
  await mkdir(join(empty, '.hidden'), { recursive: true })
  await writeFile(join(empty, '.hidden', 'x.json'), '{}')
  const listed = await createOpenedFiles([join(folder, 'none.json'), empty]).list()
  expect(listed.map((file) => file.error?.message)).toEqual([
    `There is no file none.json in ${folder}.`,
    `There is no file in the folder ${empty}.`,
  ])
  expect(listed[0].error).toMatchObject({
    detail: undefined,
    advice: expect.stringContaining('folder') as unknown,
  })
})

test('a link that leads back to itself and a name that no file can have say so', async () => {
  const link = join(folder, 'self')
  await symlink(link, link)
  const listed = await createOpenedFiles([link, join(folder, 'x'.repeat(5_000))]).list()
  expect(listed.map((file) => file.error?.message)).toEqual([
    `${link} is a link that leads back to itself.`,
    expect.stringMatching(/x could not be read\.$/),
  ])
})

test('a folder stands for the files in it, in order, without what is hidden or linked', async () => {
  const top = join(folder, 'top')
  await mkdir(join(top, 'b'), { recursive: true })
  for (const file of ['b/2.json', 'b/1.json', 'a.json', '.git']) await writeFile(join(top, file), '{}')
  await symlink('/', join(top, 'root'))
  const files = createOpenedFiles()
  const ids = files.addAll([top])
  const listed = await files.list()
  expect(listed.map(({ name, error }) => [name, error])).toEqual([
    ['top/a.json', undefined],
    ['top/b/1.json', undefined],
    ['top/b/2.json', undefined],
  ])
  expect(ids).toEqual(listed.map(({ id }) => id))
  const opened = await files.open(ids[2])
  expect(opened?.name).toBe('top/b/2.json')
  await opened?.stream.cancel()
})

test('of a folder without bound some are opened, and that there are more is said', async () => {
  const large = join(folder, 'large')
  await mkdir(large)
  for (let at = 0; at < mostInFolder + 1; at++) await writeFile(join(large, `${at}.json`), '')
  const listed = await createOpenedFiles([large]).list()
  expect(listed.length).toBe(mostInFolder + 1)
  expect(listed.at(-1)?.error?.message).toContain('more than 1,000 files')
})

test('a named pipe does not hang the list', async () => {
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const [listed] = await createOpenedFiles([pipe]).list()
  expect(listed.error?.kind).toBe('bad-request')
})

test('opening what is not there throws what the file system said', async () => {
  const files = createOpenedFiles()
  const [id] = files.add([join(folder, 'none.json')])
  await expect(files.open(id)).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await files.open('0000')).toBeUndefined()
})

test('a reader that leaves closes the file', async () => {
  const path = join(folder, 'left.json')
  await writeFile(path, Buffer.alloc(2_000_000))
  const files = createOpenedFiles()
  const [id] = files.add([path])
  const reader = (await files.open(id))?.stream.getReader()
  await reader?.read()
  await expect(reader?.cancel()).resolves.toBeUndefined()
})

test('a file that may not be read is told apart from one that is not there', () => {
  expect(fileError('/x', { code: 'EACCES' }).kind).toBe('forbidden')
  expect(fileError('/x', { code: 'EIO' }).kind).toBe('internal')
})
