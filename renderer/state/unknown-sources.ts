import type { Source } from '#shared/api/contract'
import { filesOfSource } from './files-source'
import { metricsLocation } from './metrics-location'

/** Ids of the sources that an address names, each once. */
export function askedSources(path: string, params: URLSearchParams): readonly string[] {
  const panels = path === metricsLocation.path ? metricsLocation.parse(params).panels : []
  const asked = [...params.getAll('source'), ...panels.map(({ source }) => source)]
  return [...new Set(asked)].filter((id) => id !== '')
}

/** The opened files that an address asks and nobody else, where they are a source but none of `able`; undefined where somebody can answer. */
export function filesWithout(
  path: string,
  params: URLSearchParams,
  known: readonly Pick<Source, 'id'>[],
  able: readonly Pick<Source, 'id'>[],
): readonly string[] | undefined {
  const asked = askedSources(path, params)
  const isAsked = ({ id }: Pick<Source, 'id'>): boolean => asked.includes(id)
  const there = known.find(isAsked)
  const isOfFiles = asked.every((id) => filesOfSource(id).length > 0)
  return there && isOfFiles && !able.some(isAsked) ? filesOfSource(there.id) : undefined
}

/** Ids of sources that an address asks and that are not here: it may come from another machine, or its source was removed. */
export function unknownSources(
  path: string,
  params: URLSearchParams,
  known: readonly Pick<Source, 'id'>[],
): readonly string[] {
  return askedSources(path, params).filter((id) => !known.some((source) => source.id === id))
}
