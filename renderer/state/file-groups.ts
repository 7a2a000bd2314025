/**
 * Many files opened together go by one short id, so that the address stays short enough to be copied, kept and shown. Which files a
 * group holds is kept in this browser beside the files themselves; an address means as little elsewhere with ids as with a group.
 */
import { hashOfText } from '#shared/base/text-hash'
import { machineStorage } from './browser-storage'

/** So many ids (17 characters each) may stand in an address. */
const idsInAddress = 8
const storageKey = 'clew.file-groups'
/** The groups opened last are kept, while they fit: 20,000 files are 400 KB of text. */
const keptGroups = 20
const keptIds = 20_000

type Groups = ReadonlyMap<string, readonly string[]>

const inMemory = new Map<string, readonly string[]>()

function readKept(): Groups {
  const kept = machineStorage.get(storageKey)
  if (kept === undefined) return new Map()
  try {
    const value: unknown = JSON.parse(kept)
    return new Map(Array.isArray(value) ? value.filter(isGroup) : [])
  } catch (cause) {
    // Written by something else: the groups are unknown then, and their pages say so.
    if (cause instanceof SyntaxError) return new Map()
    throw cause
  }
}

const isGroup = (value: unknown): value is [string, readonly string[]] =>
  Array.isArray(value) &&
  typeof value[0] === 'string' &&
  Array.isArray(value[1]) &&
  value[1].every((id) => typeof id === 'string')

/** The groups that stay, the last opened first. */
export function keptOf(groups: Groups): Groups {
  let ids = 0
  return new Map(
    [...groups].slice(0, keptGroups).filter(([, files], at) => {
      ids += files.length
      return ids <= keptIds || at === 0
    }),
  )
}

/** The ids that stand for these files in an address: themselves, or one for all of them. */
export function addressIds(files: readonly string[]): readonly string[] {
  if (files.length <= idsInAddress) return files
  const id = `g${hashOfText(files.join('\n'))}`
  inMemory.set(id, files)
  const groups = readKept()
  machineStorage.set(storageKey, JSON.stringify([...keptOf(new Map([[id, files], ...groups]))]))
  return [id]
}

/** The files that ids of an address stand for; an unknown group stays, as a file that is not here any more. */
export function filesOfAddress(ids: readonly string[]): readonly string[] {
  if (!ids.some((id) => id.startsWith('g'))) return ids
  const kept = readKept()
  return ids.flatMap((id) => inMemory.get(id) ?? kept.get(id) ?? [id])
}

/** Forgets which files were opened together, except those on screen. */
export function forgetGroups(): void {
  machineStorage.remove(storageKey)
}
