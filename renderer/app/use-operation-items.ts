import { lastHour } from '#shared/derive/time-range'
import type { Source } from '#shared/api/contract'
import { useGo } from '../state/location'
import { hrefOfSearch } from '../state/search-location'
import { useOperations } from '../state/search-names'
import { useTraceSources } from '../state/sources'
import { rankNames } from '../ui/rank-names'
import type { PaletteItem } from './palette-items'

/** More operations than this are found by typing on. */
const mostOperations = 50
const nobody: readonly Source[] = []

/**
 * Operations that hold what was typed: of the service it begins with, or, from sources that know them without a service, of all.
 */
export function useOperationItems(text: string, services: readonly string[]): readonly PaletteItem[] {
  const go = useGo()
  const sources = useTraceSources()
  const typed = text.trim()
  const service = services.find((name) => typed === name || typed.startsWith(`${name} `)) ?? ''
  const { names } = useOperations(typed === '' ? nobody : sources, service, lastHour)
  if (typed === '') return []
  return rankNames(names, typed.slice(service.length))
    .slice(0, mostOperations)
    .map((operation) => ({
      id: `operation-${operation}`,
      group: 'Operations',
      icon: 'search',
      title: operation,
      note: service === '' ? 'its traces, last hour' : `of ${service}, last hour`,
      run: () => go(hrefOfSearch({ service, operation })),
    }))
}
