import { z } from 'zod'
import { createQueue } from '#shared/base/queue'
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

const readPreferences = async (profile: Profile): Promise<Preferences> =>
  (await readJsonFile(profile, fileName, (value) => preferences.parse(value))) ?? { ...defaultPreferences }

/**
 * Preferences in `preferences.json` of the profile. `changed` hears of every new value (the window follows the theme). Another Clew on the
 * same profile may write them too: what was not changed here stays as it is there.
 */
export async function openPreferenceStore(
  profile: Profile,
  changed: (preferences: Preferences) => void = () => undefined,
): Promise<PreferenceStore> {
  /** What our pages know. */
  let current = await readPreferences(profile)
  const inTurn = createQueue()
  return {
    get: () =>
      inTurn(async () => {
        current = await readPreferences(profile)
        return current
      }),
    put(next) {
      const write = async (): Promise<Preferences> => {
        const ours = { ...current, ...next }
        const merged = withChanges(await readPreferences(profile), current, ours)
        await writeJsonFile(profile, fileName, merged)
        current = ours
        changed(merged)
        return merged
      }
      return inTurn(() => profile.alone(fileName, write))
    },
  }
}

type Entries = Readonly<Record<string, unknown>>

const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What is there, with what became of `before`: each entry by itself, and entries of entries too. */
function withChanges<Value extends object>(there: Value, before: Value, after: Value): Value {
  const [was, now] = [before as Entries, after as Entries]
  const merged: Record<string, unknown> = { ...(there as Entries) }
  for (const key of new Set([...Object.keys(was), ...Object.keys(now)])) {
    const [from, to, is] = [was[key], now[key], merged[key]]
    if (isSame(from, to)) continue
    if (to === undefined) delete merged[key]
    else if (isEntries(to) && isEntries(is)) merged[key] = withChanges(is, isEntries(from) ? from : {}, to)
    else if (isRecent(to) && isRecent(is))
      merged[key] = [...to, ...addedTo(is, [...to, ...(isRecent(from) ? from : [])])]
    else merged[key] = to
  }
  return merged as Value
}

type Recent = readonly { readonly href: string }[]

const isRecent = (value: unknown): value is Recent =>
  Array.isArray(value) && value.every((one) => isEntries(one) && 'href' in one)

/** Those of a list that are not known here: another Clew put them there. */
const addedTo = (list: Recent, known: Recent): Recent =>
  list.filter(({ href }) => !known.some((one) => one.href === href))
