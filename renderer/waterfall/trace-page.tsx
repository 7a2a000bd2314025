import { useCallback } from 'react'
import { hrefOfFiles } from '../state/files'
import { useGo, useLocationState } from '../state/location'
import { useTraceInputs, type TraceInputs } from '../state/trace-inputs'
import { hrefOfTrace, sessionOf, type TraceLocation, traceLocation } from '../state/trace-location'
import type { TracePanes } from '../state/trace-pane'
import { NothingToRead } from './nothing-to-read'
import { OpenedTrace } from './opened-trace'

/** One trace: read from its sources or files, and shown as a waterfall or in one of the other ways that are given. */
export function TracePage({ panes }: { readonly panes: TracePanes }) {
  const [location, actions] = useLocationState(traceLocation)
  const go = useGo()
  const inputs = useTraceInputs(location)
  const openTrace = useCallback(
    (traceId: string, span: string, isHeld: boolean) =>
      go(hrefOfTrace(nextTrace(location, inputs, isHeld, traceId, span))),
    [go, location, inputs],
  )
  if (inputs.error) return <NothingToRead error={inputs.error} location={location} />
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
      onAllTraces={() => go(hrefOfFiles(location.files))}
      onSearch={() => go('/traces')}
      panes={panes}
    />
  )
}

/** Another trace, looked for where this one came from; a trace that the opened files do not hold, in every connection. */
function nextTrace(
  { files, rawClock }: TraceLocation,
  { asked }: TraceInputs,
  isHeld: boolean,
  traceId: string,
  span: string,
): Partial<TraceLocation> {
  return { sources: asked, files: isHeld ? files : [], traceId, span, rawClock }
}
