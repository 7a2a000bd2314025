import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultPreferences } from '../handler/stores.ts'
import { openPreferenceStore } from './preference-store.ts'
import { openProfile } from './profile.ts'

const newProfile = async () => openProfile(await mkdtemp(join(tmpdir(), 'clew-preferences-')))

test('a new profile has the defaults', async () => {
  expect(await (await openPreferenceStore(await newProfile())).get()).toEqual(defaultPreferences)
})

test('preferences last, and whoever listens hears of them', async () => {
  const profile = await newProfile()
  const heard: string[] = []
  const store = await openPreferenceStore(profile, ({ theme }) => heard.push(theme))
  await store.put({ ...defaultPreferences, theme: 'dark', sizes: { detail: 320 } })
  expect(heard).toEqual(['dark'])
  expect(await (await openPreferenceStore(profile)).get()).toMatchObject({
    theme: 'dark',
    sizes: { detail: 320 },
  })
})

test('keys of a newer Clew stay in the file', async () => {
  const profile = await newProfile()
  const path = join(profile.folder, 'preferences.json')
  await writeFile(path, JSON.stringify({ theme: 'neon', timeZone: 'utc', future: 1 }))
  const store = await openPreferenceStore(profile)
  expect(await store.get()).toEqual({ ...defaultPreferences, timeZone: 'utc', future: 1 })
  await store.put({ ...defaultPreferences, theme: 'light' })
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ theme: 'light', future: 1 })
})

const recent = (href: string) => ({ name: href, kind: '', holds: '', href, openedMs: 1, sizeBytes: 1 })

test('two Clews on one profile change different things, and neither is lost', async () => {
  const profile = await newProfile()
  const [one, other] = [await openPreferenceStore(profile), await openPreferenceStore(profile)]
  await one.put({ ...defaultPreferences, theme: 'dark', sizes: { detail: 1 }, recent: [recent('/a')] })
  await other.put({ ...defaultPreferences, timeZone: 'utc', sizes: { logs: 2 }, recent: [recent('/b')] })
  const all = { theme: 'dark', timeZone: 'utc', sizes: { detail: 1, logs: 2 } }
  expect(await one.get()).toMatchObject(all)
  expect((await other.get()).recent.map(({ href }) => href)).toEqual(['/b', '/a'])
  // What is taken out is gone for both.
  await one.put({ ...(await one.get()), recent: [], sizes: {} })
  expect(await other.get()).toMatchObject({ theme: 'dark', recent: [] })
})

test('of many puts at once the last one is what remains', async () => {
  const profile = await newProfile()
  const store = await openPreferenceStore(profile)
  await Promise.all([1, 2, 3, 4, 5].map((px) => store.put({ ...defaultPreferences, sizes: { detail: px } })))
  expect((await (await openPreferenceStore(profile)).get()).sizes).toEqual({ detail: 5 })
})
