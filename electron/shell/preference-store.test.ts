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

test('of many puts at once the last one is what remains', async () => {
  const profile = await newProfile()
  const store = await openPreferenceStore(profile)
  await Promise.all([1, 2, 3, 4, 5].map((px) => store.put({ ...defaultPreferences, sizes: { detail: px } })))
  expect((await (await openPreferenceStore(profile)).get()).sizes).toEqual({ detail: 5 })
})
