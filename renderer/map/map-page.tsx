import { useCallback, useMemo, useState } from 'react'
import type { Source } from '#shared/api/contract'
import type { Telling } from '#shared/map/graph'
import { SourceGate } from '../sources/source-gate'
import { useLocationState } from '../state/location'
import { useSources } from '../state/sources'
import { mapLocation } from '../state/map-location'
import { MapView } from './map-view'
import { TraceOver } from './trace-over'

/** Who calls whom, from every source that knows, or from those that the address names. */
export function MapPage() {
  const [{ trace }] = useLocationState(mapLocation)
  const { data: sources } = useSources()
  const telling = useMemo(
    () => sources?.filter(({ capabilities }) => mapNeeds.some((need) => capabilities[need])),
    [sources],
  )
  // The calls of a trace are a map, also where nobody else tells of any.
  if (trace !== '' && telling?.length === 0) return <MapOf sources={telling} />
  return (
    <SourceGate
      heading="Map"
      needs={mapNeeds}
      title="No source that knows who calls whom."
      advice="Jaeger and Zipkin count calls between services, Prometheus may hold the service graph of Tempo or a Collector, and of a Tempo some traces are read; connect one of them, or try the simulated shop."
    >
      {(sources) => <MapOf sources={sources} />}
    </SourceGate>
  )
}

const mapNeeds = ['dependencies', 'metrics', 'traces'] as const

/** The trace laid over the map is read by a part of its own, made anew for another trace. */
function MapOf({ sources }: { readonly sources: readonly Source[] }) {
  const [{ trace, sources: named }, actions] = useLocationState(mapLocation)
  const [told, setTold] = useState<{ readonly trace: string; readonly telling: Telling }>()
  const asked = useMemo(() => {
    const found = sources.filter(({ id }) => named.includes(id))
    return found.length > 0 ? found : sources
  }, [sources, named])
  const tell = useCallback((telling: Telling) => setTold({ trace, telling }), [trace])
  const overlaid = useMemo(() => (told && told.trace === trace ? told.telling : undefined), [told, trace])
  return (
    <MapView sources={asked} isPart={asked.length < sources.length} overlaid={overlaid}>
      {trace !== '' && (
        <TraceOver key={trace} link={trace} onTold={tell} onClose={() => actions.adjust({ trace: '' })} />
      )}
    </MapView>
  )
}
