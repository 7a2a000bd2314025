import { useCallback } from 'react'
import { useGo, useLocationState } from '../state/location'
import { useTraceInputs, type TraceInputs } from '../state/trace-inputs'
import { hrefOfTrace, sessionOf, type TraceLocation, traceLocation } from '../state/trace-location'
import { ErrorNote } from '../ui/error-note'
import { OpenedTrace } from './opened-trace'

/** One trace: read from its sources or files, and shown as a waterfall. */
export function TracePage() {
  const [location, actions] = useLocationState(traceLocation)
  const go = useGo()
  const inputs = useTraceInputs(location)
  const openTrace = useCallback(
    (traceId: string, span: string) => go(hrefOfTrace(nextTrace(location, inputs, traceId, span))),
    [go, location, inputs],
  )
  if (inputs.error) return <ErrorNote error={inputs.error} />
  if (!inputs.inputs) return undefined
  const session = sessionOf({ ...location, sources: inputs.asked })
  return (
    <OpenedTrace
      // What was read, folded and sought belongs to one trace of one session.
      key={`${session} ${location.traceId} ${location.startMs ?? ''} ${location.endMs ?? ''}`}
      session={session}
      inputs={inputs.inputs}
      others={inputs.others}
      location={location}
      actions={actions}
      onOpenTrace={openTrace}
      onSearch={() => go('/traces')}
    />
  )
}

/** Another trace, looked for where this one came from. */
function nextTrace(
  location: TraceLocation,
  inputs: TraceInputs,
  traceId: string,
  span: string,
): Partial<TraceLocation> {
  return {
    sources: inputs.asked,
    files: location.files,
    traceId,
    span,
    rawClock: location.rawClock,
  }
}
