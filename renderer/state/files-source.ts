import type { RecentItem } from '#shared/api/contract'
import type { Step, Thread } from '#shared/thread/thread'
import { partsOfPlace } from './thread-place'

/** The id by which opened files are asked as a source. */
const prefix = 'files:'

/** The id of the source that files of an address become. */
export const sourceOfFiles = (ids: readonly string[]): string => `${prefix}${ids.join(',')}`

/** The files that a source is made of, as they stand in an address; none where it is another source. */
export function filesOfSource(id: string): readonly string[] {
  return id.startsWith(prefix) ? id.slice(prefix.length).split(',') : []
}

/** In an address a chart names its source within a longer value, where it is written once more. */
const sourceInValue = /(?:^|:)files(?::|%3A)((?:[\w,-]|%2C)+)/i

/** The files that a place is about: those in its address, or those of the source that it asks. */
export function filesOfPlace(params: URLSearchParams): readonly string[] {
  const files = params.getAll('file')
  if (files.length > 0) return files
  for (const name of ['source', 'p'])
    for (const value of params.getAll(name)) {
      const ids = sourceInValue.exec(value)?.[1]
      if (ids !== undefined) return decodeURIComponent(ids).split(',')
    }
  return []
}

/** The files that each step of a thread is about, each set once. */
export function fileSetsOf({ steps }: Pick<Thread, 'steps'>): readonly (readonly string[])[] {
  const sets = steps.map(({ place }) => filesOfPlace(new URLSearchParams(partsOfPlace(place).query)))
  const byId = new Map(sets.filter((ids) => ids.length > 0).map((ids) => [sourceOfFiles(ids), ids]))
  return [...byId.values()]
}

/** The files that the steps of a thread are asked of: those of the current one, or of the first that has some. */
export function filesOfThread({ steps, current }: Pick<Thread, 'steps' | 'current'>): readonly string[] {
  const at = steps.find(({ id }) => id === current)
  for (const { place } of at ? [at, ...steps] : steps) {
    const files = filesOfPlace(new URLSearchParams(partsOfPlace(place).query))
    if (files.length > 0) return files
  }
  return []
}

/** Which of the sets of files in a saved investigation a list shows; undefined for one of files that are opened here. */
export function savedSetOf(params: URLSearchParams): number | undefined {
  const number = Number(params.get('set') ?? NaN)
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}

/** The same for every list of the same files. */
export const keyOfFiles = (params: URLSearchParams): string =>
  [...params.getAll('file'), ...params.getAll('set')].join(',')

/** The place of a list of files, seen again as set `set` of the investigation that these files are. */
export function placeOfSaved(place: string, files: readonly string[], set: number): string {
  const { path, query } = partsOfPlace(place)
  const kept = [...new URLSearchParams(query)].filter(([name]) => name !== 'file' && name !== 'set')
  const params = new URLSearchParams([...files.map((id) => ['file', id]), ['set', String(set)], ...kept])
  return `${path}?${params.toString()}`
}

const filesOf = (href: string): string =>
  filesOfPlace(new URLSearchParams(partsOfPlace(href).query)).join(',')

const isOfFiles = (href: string): boolean => href.startsWith('/files?')

/** As the start page remembers them, or as a step of the thread says; empty where neither knows them. */
export function namesOfFiles(
  ids: readonly string[],
  recent: readonly Pick<RecentItem, 'name' | 'href'>[],
  steps: readonly Pick<Step, 'place' | 'title' | 'sources'>[],
): string {
  const key = ids.join(',')
  const named = recent.find(({ href }) => isOfFiles(href) && filesOf(href) === key)
  if (named) return named.name
  const shown = steps.filter(({ place }) => filesOf(place) === key)
  const listed = shown.find(({ place }) => isOfFiles(place))
  return listed?.title ?? shown.find(({ sources }) => sources.length > 0)?.sources.join(', ') ?? ''
}
