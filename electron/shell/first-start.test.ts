import { expect, test } from 'vitest'
import type { Preferences } from '#shared/api/contract'
import { plainSource } from '#shared/api/new-source'
import { arrive, emptyThread } from '#shared/thread/thread'
import { changeBetween } from '#shared/thread/change'
import { createMemoryPreferences, createMemoryThread, createSourceStore } from '../handler/source-store.ts'
import { defaultPreferences } from '../handler/stores.ts'
import { isFirstStart } from './first-start.ts'

const nothing = { files: [], links: [], demo: undefined }

const kept = (preferences: Partial<Preferences> = {}) => ({
  store: createSourceStore(),
  preferences: createMemoryPreferences({ ...defaultPreferences, ...preferences }),
  thread: createMemoryThread(),
})

async function keptWithStep(sources: readonly string[]) {
  const all = kept()
  const empty = await all.thread.get()
  const facts = { signal: 'metric', title: 'Overview', sources, query: '', count: '' } as const
  const thread = arrive(empty, { bound: '', newId: 'one', place: '/overview', facts, atMs: 1 })
  const change = changeBetween(emptyThread(empty.id), thread)
  if (change) await all.thread.change(change)
  return all
}

test('with nothing asked for and nothing kept it is the first start', async () => {
  expect(await isFirstStart(nothing, kept())).toBe(true)
})

test.each([
  ['a file', { ...nothing, files: ['/a.json'] }],
  ['a link', { ...nothing, links: ['clew://trace/abc'] }],
  ['another demo', { ...nothing, demo: { scenario: 'healthy', seed: 1 } }],
])('with %s on the command line it is not', async (_, options) => {
  expect(await isFirstStart(options, kept())).toBe(false)
})

test('with a connection it is not', async () => {
  const all = kept()
  await all.store.add(plainSource('tempo', 'http://tempo.test', []), 'run')
  expect(await isFirstStart(nothing, all)).toBe(false)
})

const recent = { name: '', kind: '', holds: '', openedMs: 1, sizeBytes: 1 }

test.each<[string, Partial<Preferences>]>([
  ['the demo was ended', { demoEnded: true }],
  ['files were opened', { recent: [{ ...recent, href: '/files?file=a' }] }],
])('where %s it is not', async (_, preferences) => {
  expect(await isFirstStart(nothing, kept(preferences))).toBe(false)
})

test.each([
  ['the demo shop alone', ['Demo shop'], true],
  ['a server', ['Tempo'], false],
  ['a server beside the demo shop', ['Demo shop', 'Tempo'], false],
  ['files', [], false],
])('with a thread through %s: %j', async (_, sources, isFirst) => {
  expect(await isFirstStart(nothing, await keptWithStep(sources))).toBe(isFirst)
})
