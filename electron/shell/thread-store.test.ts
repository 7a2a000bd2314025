import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { changeBetween } from '#shared/thread/change'
import { emptyThread, type Thread } from '#shared/thread/thread'
import { threadStep } from '../../test/builders/thread-step.ts'
import type { ThreadStore } from '../handler/stores.ts'
import { openProfile } from './profile.ts'
import { openThreadStore } from './thread-store.ts'

const folders: string[] = []
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))))

async function newProfile() {
  const folder = await mkdtemp(join(tmpdir(), 'clew-thread-'))
  folders.push(folder)
  return openProfile(folder)
}

/** Makes the kept thread the given one. */
async function become(store: ThreadStore, after: Thread): Promise<void> {
  const change = changeBetween(await store.get(), after)
  if (change) await store.change(change)
}

/** Puts a step into the thread of that id. */
const put = (store: ThreadStore, id: string, name: string): Promise<void> =>
  store.change({ id, current: name, tip: name, put: [{ step: threadStep(name) }], removed: [] })

test('a thread lasts', async () => {
  const profile = await newProfile()
  const store = await openThreadStore(profile)
  const thread = { ...emptyThread('t'), name: 'Checkout', steps: [threadStep('a')], current: 'a', tip: 'a' }
  await become(store, thread)
  expect(await (await openThreadStore(profile)).get()).toMatchObject(thread)
})

test('a change that comes while another is written is not lost', async () => {
  const profile = await newProfile()
  const store = await openThreadStore(profile)
  const { id } = await store.get()
  await Promise.all(['a', 'b', 'c'].map((name) => put(store, id, name)))
  const { steps } = await (await openThreadStore(profile)).get()
  expect(steps.map((one) => one.id).toSorted()).toEqual(['a', 'b', 'c'])
})

test('who asks while a change is written is told of it: a page that was left a moment ago loses nothing to the next', async () => {
  const store = await openThreadStore(await newProfile())
  const { id } = await store.get()
  const isWritten = put(store, id, 'a')
  expect((await store.get()).steps.map((one) => one.id)).toEqual(['a'])
  await isWritten
})

const stepsOf = ({ steps }: Thread) => steps.map(({ id }) => id).toSorted()

test('two Clews on one profile lose no step of each other, whether they follow one thread or two', async () => {
  const profile = await newProfile()
  const first = await openThreadStore(profile)
  await become(first, { ...emptyThread('t'), steps: [threadStep('a')], current: 'a', tip: 'a' })
  const second = await openThreadStore(profile)
  await Promise.all([put(first, 't', 'b'), put(second, 't', 'c')])
  expect(stepsOf(await (await openThreadStore(profile)).get())).toEqual(['a', 'b', 'c'])
  // The second begins another thread, while the first goes on with the old one.
  await put(second, 'u', 'x')
  await put(first, 't', 'd')
  await put(second, 'u', 'y')
  const after = await openThreadStore(profile)
  expect(stepsOf(await after.get())).toEqual(['x', 'y'])
  expect((await after.earlier()).map(stepsOf)).toEqual([['a', 'b', 'c', 'd']])
})

test('a thread that another takes the place of is kept, and can take its place again', async () => {
  const profile = await newProfile()
  const store = await openThreadStore(profile)
  const first = { ...emptyThread('t'), name: 'Checkout', steps: [threadStep('a')], current: 'a', tip: 'a' }
  await become(store, first)
  await become(store, { ...first, id: 'u', name: 'Search', steps: [threadStep('b')], current: 'b', tip: 'b' })
  expect((await (await openThreadStore(profile)).earlier()).map(({ name }) => name)).toEqual(['Checkout'])
  await become(store, first)
  const again = await openThreadStore(profile)
  expect(await again.get()).toMatchObject(first)
  expect((await again.earlier()).map(({ name }) => name)).toEqual(['Search'])
})

test('damaged steps cost themselves; the file as it was is set aside and said', async () => {
  const profile = await newProfile()
  const content = JSON.stringify({ version: 1, id: 't', steps: [threadStep('a'), { id: 'b' }] })
  await writeFile(join(profile.folder, 'thread.json'), content)
  const { steps } = await (await openThreadStore(profile)).get()
  expect(steps.map(({ id }) => id)).toEqual(['a'])
  expect(profile.notices).toEqual([expect.stringContaining('has 1 damaged of its steps')])
  const [aside] = await readdir(profile.folder)
  expect(await readFile(join(profile.folder, aside), 'utf8')).toBe(content)
})

test.each([
  ['a newer version', JSON.stringify({ version: 2, id: 't', steps: [threadStep('a')] }), 'newer Clew'],
  ['no JSON', '{"steps":', 'could not be understood'],
  ['no thread', '[1]', 'holds no thread'],
])('%s is set aside whole, and a new thread begins', async (_what, content, notice) => {
  const profile = await newProfile()
  await writeFile(join(profile.folder, 'thread.json'), content)
  expect((await (await openThreadStore(profile)).get()).steps).toEqual([])
  expect(profile.notices).toEqual([expect.stringContaining(notice)])
  const [aside] = await readdir(profile.folder)
  expect(await readFile(join(profile.folder, aside), 'utf8')).toBe(content)
})
