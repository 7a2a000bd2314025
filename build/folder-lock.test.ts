import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { fingerprint } from './fingerprint.ts'
import { withFolderLock } from './folder-lock.ts'

const temporary = (): string => mkdtempSync(join(tmpdir(), 'clew-lock-'))

test('work under one lock runs one after the other', async () => {
  const lock = join(temporary(), '.lock')
  const steps: string[] = []
  const work = (name: string) => async () => {
    steps.push(`${name} begins`)
    await wait(20)
    steps.push(`${name} ends`)
  }
  await Promise.all([withFolderLock(lock, work('a')), withFolderLock(lock, work('b'))])
  expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  expect(existsSync(lock)).toBe(false)
})

test('work that fails gives its lock back', async () => {
  const lock = join(temporary(), '.lock')
  await expect(withFolderLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await withFolderLock(lock, () => Promise.resolve('next'))).toBe('next')
})

test('the lock of a process that is gone is taken over', async () => {
  const lock = join(temporary(), '.lock')
  const { pid } = spawnSync(process.execPath, ['--version'])
  mkdirSync(lock)
  writeFileSync(join(lock, 'pid'), String(pid))
  expect(await withFolderLock(lock, () => Promise.resolve('mine'))).toBe('mine')
})

test('a fingerprint follows content and names, not tests and not times', () => {
  const root = temporary()
  mkdirSync(join(root, 'a'))
  writeFileSync(join(root, 'a/x.ts'), '1')
  const before = fingerprint(root, ['a', 'missing'])
  writeFileSync(join(root, 'a/x.ts'), '1')
  writeFileSync(join(root, 'a/x.test.ts'), 'new test')
  expect(fingerprint(root, ['a'])).toBe(before)
  writeFileSync(join(root, 'a/y.ts'), '')
  const named = fingerprint(root, ['a'])
  writeFileSync(join(root, 'a/x.ts'), '2')
  expect(new Set([before, named, fingerprint(root, ['a'])]).size).toBe(3)
})
