import { z } from 'zod'
import type { Preferences } from '#shared/api/contract'
import { defaultPreferences, type PreferenceStore } from '../handler/stores.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import type { Profile } from './profile.ts'

const fileName = 'preferences.json'

const recentItem = z.object({
  name: z.string(),
  kind: z.string(),
  holds: z.string(),
  href: z.string(),
  openedMs: z.number(),
  sizeBytes: z.number(),
})

/** One preference that a newer Clew wrote differently falls back alone; the others and unknown keys stay. */
const preferences = z.looseObject({
  theme: z.enum(['system', 'light', 'dark']).catch(defaultPreferences.theme),
  recent: z.array(recentItem).catch([]),
  sizes: z.record(z.string(), z.number()).catch({}),
  timeZone: z.enum(['utc', 'local']).catch(defaultPreferences.timeZone),
})

/** Preferences in `preferences.json` of the profile. `changed` hears of every new value (the window follows the theme). */
export async function openPreferenceStore(
  profile: Profile,
  changed: (preferences: Preferences) => void = () => undefined,
): Promise<PreferenceStore> {
  let current: Preferences = (await readJsonFile(profile, fileName, (value) => preferences.parse(value))) ?? {
    ...defaultPreferences,
  }
  let queue: Promise<unknown> = Promise.resolve()
  return {
    get: () => Promise.resolve(current),
    put(next) {
      // One write at a time, so that the last one asked for is the last one written.
      const turn = queue.then(async () => {
        const merged = { ...current, ...next }
        await writeJsonFile(profile, fileName, merged)
        current = merged
        changed(merged)
        return merged
      })
      queue = turn.catch(() => undefined)
      return turn
    },
  }
}
