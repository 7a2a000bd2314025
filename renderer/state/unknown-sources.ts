import type { Source } from '#shared/api/contract'
import { metricsLocation } from './metrics-location'

/** Ids of the sources that an address names, each once. */
export function askedSources(path: string, params: URLSearchParams): readonly string[] {
  const panels = path === metricsLocation.path ? metricsLocation.parse(params).panels : []
  const asked = [...params.getAll('source'), ...panels.map(({ source }) => source)]
  return [...new Set(asked)].filter((id) => id !== '')
}

/** Ids of sources that an address asks and that are not here: it may come from another machine, or its source was removed. */
export function unknownSources(
  path: string,
  params: URLSearchParams,
  known: readonly Pick<Source, 'id'>[],
): readonly string[] {
  return askedSources(path, params).filter((id) => !known.some((source) => source.id === id))
}
