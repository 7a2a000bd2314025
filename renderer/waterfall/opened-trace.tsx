import type { Source } from '#shared/api/contract'
import type { LocationActions } from '../state/location'
import type { TraceInput } from '../state/trace-inputs'
import type { TraceLocation } from '../state/trace-location'
import type { TracePanes } from '../state/trace-pane'
import { useTraceView } from '../state/trace-view'
import { again } from '../ui/arrival'
import { useKeys } from '../ui/keys'
import { ReadingProgress } from './load-strips'
import { TraceAbsent } from './trace-absent'
import { TraceWorkspace } from './trace-workspace'

interface Props {
  readonly session: string
  readonly inputs: readonly TraceInput[]
  /** Connections that were not asked. */
  readonly others: readonly Source[]
  readonly location: TraceLocation
  readonly actions: LocationActions<TraceLocation>
  readonly onOpenTrace: (traceId: string, spanId: string, isHeld: boolean) => void
  readonly onAllTraces: () => void
  readonly onSearch: () => void
  readonly panes: TracePanes
}

/** A trace while it is read, once it is there, or what became of it instead. */
export function OpenedTrace(props: Props) {
  const { session, inputs, others, location, actions, onOpenTrace, onAllTraces, onSearch, panes } = props
  const view = useTraceView(session, inputs, location.files, location.traceId, location.rawClock)
  const { trace, isReading, result, error } = view
  const otherNames = others.map((source) => source.name)
  const askOthers = again(() =>
    actions.go({ sources: [...location.sources, ...others.map((source) => source.id)] }),
  )
  if (trace)
    return (
      <TraceWorkspace
        session={session}
        trace={trace}
        view={view}
        location={location}
        actions={actions}
        others={otherNames}
        onAskOthers={askOthers}
        onOpenTrace={onOpenTrace}
        onAllTraces={onAllTraces}
        panes={panes}
      />
    )
  if (isReading || (result && result.traces.length > 0 && !error))
    return (
      <>
        <h1 className="sr">Reading a trace</h1>
        <StopOnEscape stop={view.stop} />
        <ReadingProgress view={view} />
      </>
    )
  return (
    <TraceAbsent
      traceId={location.traceId}
      startMs={location.startMs}
      endMs={location.endMs}
      told={location.told}
      read={location.read}
      inputs={view.inputs}
      error={error}
      wasStopped={view.wasStopped}
      others={otherNames}
      hasTimeHint={location.startMs !== undefined || location.endMs !== undefined}
      part={view.part}
      onRetry={again(view.retry)}
      onAskOthers={askOthers}
      onDropTimeHint={again(() => actions.go({ startMs: undefined, endMs: undefined }))}
      onSearch={onSearch}
      onOpenOther={(traceId) => onOpenTrace(traceId, '', false)}
    />
  )
}

function StopOnEscape({ stop }: { readonly stop: () => void }) {
  useKeys({ scope: 'Waterfall', bindings: [{ keys: 'Escape', title: 'Stop reading', run: stop }] })
  return undefined
}
