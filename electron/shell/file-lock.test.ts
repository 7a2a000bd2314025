import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withFileLock } from './file-lock.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clew-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('one after the other, each whole, also where one fails', async () => {
  const events: string[] = []
  const work = (name: string) =>
    withFileLock(join(folder, 'lock'), async () => {
      events.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      events.push(`${name} ends`)
      if (name === 'a') throw new Error('a mistake')
    })
  const ends = await Promise.allSettled(['a', 'b'].map(work))
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  expect(
    [events.slice(0, 2), events.slice(2)].map(
      ([begins, ended]) => begins.replace('begins', 'ends') === ended,
    ),
  ).toEqual([true, true])
  expect(await readdir(folder)).toEqual([])
})

test('the lock of a process that was killed is taken over', async () => {
  const lock = join(folder, 'lock')
  await writeFile(lock, '')
  await utimes(lock, new Date(0), new Date(0))
  expect(await withFileLock(lock, () => Promise.resolve('done'))).toBe('done')
  expect(await readdir(folder)).toEqual([])
})
