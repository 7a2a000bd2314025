import { useGo } from '../state/location'
import { hrefOnMap } from '../state/map-location'
import { useSources } from '../state/sources'
import type { PivotItem } from './pivot-list'

/** The pivot to a service's place on the map; undefined where no source tells who calls whom. */
export function useMapPivot(
  service: string | undefined,
  window: { readonly startMs: number; readonly endMs: number },
): PivotItem | undefined {
  const go = useGo()
  const known = useSources().data
  const tells = known?.some(({ capabilities }) => capabilities.dependencies || capabilities.metrics) === true
  if (service === undefined || !tells) return undefined
  return {
    id: 'map',
    to: 'map',
    icon: 'map',
    title: 'Who calls it, whom it calls',
    why: 'on the map, at that time',
    keys: 'G',
    run: () => go(hrefOnMap(service, window)),
  }
}
