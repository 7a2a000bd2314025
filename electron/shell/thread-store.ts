import { randomUUID } from 'node:crypto'
import { createQueue } from '#shared/base/queue'
import { applyChange } from '#shared/thread/change'
import { readThread } from '#shared/thread/schema'
import { emptyThread, type Thread } from '#shared/thread/thread'
import type { ThreadStore } from '../handler/stores.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import type { Profile } from './profile.ts'

const fileName = 'thread.json'
const earlierName = 'earlier-threads.json'
/** As many as are looked for again. */
const mostEarlier = 20
/** Of the file. A newer one may mean something else by the same words: it is set aside whole. */
const version = 1

/**
 * The running thread in `thread.json` of the profile. What of it cannot be used is set aside, and the rest goes on. Another Clew on the same
 * profile may write it too: each change is made to what is there then, and of two threads one is the running one, the other an earlier one.
 */
export async function openThreadStore(profile: Profile): Promise<ThreadStore> {
  let thread = (await readKept(profile)) ?? emptyThread(randomUUID())
  let earlier = await readEarlier(profile)
  const inTurn = createQueue()
  return {
    // A page that was left a moment ago may still be heard: what it changed is there when the next one asks.
    get: () => inTurn(() => Promise.resolve(thread)),
    earlier: () => inTurn(() => Promise.resolve(earlier)),
    change(change) {
      const write = async (): Promise<void> => {
        const ours = thread
        thread = (await readKept(profile)) ?? ours
        earlier = await readEarlier(profile)
        const changed = [thread, ...earlier, ours].find(({ id }) => id === change.id)
        const next = applyChange(changed ?? thread, change)
        // One that another takes the place of is kept first: between the two writes it is there twice, never not at all.
        if (next.id !== thread.id && thread.steps.length > 0) {
          const kept = [thread, ...earlier.filter(({ id }) => id !== thread.id && id !== next.id)]
          await writeJsonFile(profile, earlierName, kept.slice(0, mostEarlier))
          earlier = kept.slice(0, mostEarlier)
        }
        await writeJsonFile(profile, fileName, { version, ...next })
        thread = next
      }
      return inTurn(() => profile.alone(fileName, write))
    },
  }
}

async function readKept(profile: Profile): Promise<Thread | undefined> {
  const value = await readJsonFile(profile, fileName, (content) => content)
  if (value === undefined) return undefined
  const written = versionOf(value)
  if (written > version) {
    await profile.setAside(
      fileName,
      `was written by a newer Clew (version ${written}, this one knows ${version})`,
    )
    return undefined
  }
  const { thread, lost } = readThread(value)
  const isThread = typeof value === 'object' && value !== null && 'steps' in value
  if (lost > 0 || !isThread)
    await profile.setAside(fileName, isThread ? `has ${lost} damaged of its steps` : 'holds no thread')
  return thread
}

async function readEarlier(profile: Profile): Promise<readonly Thread[]> {
  const value = await readJsonFile(profile, earlierName, (content) => content)
  return (Array.isArray(value) ? value : []).map((one) => readThread(one).thread)
}

function versionOf(value: unknown): number {
  const found = typeof value === 'object' && value !== null && 'version' in value ? value.version : version
  return typeof found === 'number' ? found : version
}
