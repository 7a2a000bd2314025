import * as z from 'zod/mini'
import { createQueue } from '#shared/base/queue'
import { type KeptFacts, readKeptFacts } from '#shared/correlate/kept-facts'
import { createMemoryFacts } from '../handler/source-store.ts'
import type { FactStore } from '../handler/stores.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import type { Profile } from './profile.ts'

const fileName = 'facts.json'
/** Of the file. A newer one may mean something else by the same words: what it holds is learned anew. */
const version = 2

const file = z.object({ version: z.number(), sources: z.record(z.string(), z.unknown()) })

type Kept = Readonly<Record<string, KeptFacts>>

/**
 * What was learned of kept connections in `facts.json` of the profile: names, no lines and no secrets. Of what lasts for this run alone it
 * stays in memory. Another Clew on the same profile may write the file too: each change is made to what is there then.
 */
export function openFactStore(profile: Profile): FactStore {
  const ofRun = createMemoryFacts()
  const inTurn = createQueue()

  const change = (next: (kept: Kept) => Kept | undefined): Promise<void> =>
    inTurn(() =>
      profile.alone(fileName, async () => {
        const sources = next(await readKept(profile))
        if (sources) await writeJsonFile(profile, fileName, { version, sources })
      }),
    )

  return {
    get: (id) => inTurn(async () => ({ ...(await readKept(profile))[id], ...(await ofRun.get(id)) })),
    put: (id, parts, lasts) =>
      lasts === 'run'
        ? ofRun.put(id, parts, lasts)
        : change((kept) => ({ ...kept, [id]: { ...kept[id], ...parts } })),
    async remove(id) {
      await ofRun.remove(id)
      await change((kept) =>
        Object.hasOwn(kept, id)
          ? Object.fromEntries(Object.entries(kept).filter(([one]) => one !== id))
          : undefined,
      )
    },
  }
}

async function readKept(profile: Profile): Promise<Kept> {
  const found = await readJsonFile(profile, fileName, (value) => file.parse(value))
  if (found?.version !== version) return {}
  return Object.fromEntries(Object.entries(found.sources).map(([id, parts]) => [id, readKeptFacts(parts)]))
}
