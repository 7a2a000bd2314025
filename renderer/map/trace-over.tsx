import { useEffect } from 'react'
import { countOf } from '#shared/derive/quantities'
import type { Telling } from '#shared/map/graph'
import { useTraceInputs } from '../state/trace-inputs'
import { hrefOfTrace, sessionOf, traceLocation } from '../state/trace-location'
import { useTraceTelling } from '../state/trace-telling'
import { useTraceView } from '../state/trace-view'
import type { TraceInput } from '../worker/messages'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/error-note'
import { ProgressBar } from '../ui/progress-bar'
import styles from './map-page.module.css'

interface Props {
  /** The query of the trace's link. */
  readonly link: string
  readonly onTold: (telling: Telling) => void
  readonly onClose: () => void
}

/** Reads the trace that is laid over the map, and says so above it. */
export function TraceOver({ link, onTold, onClose }: Props) {
  const location = traceLocation.parse(new URLSearchParams(link))
  const { inputs, error } = useTraceInputs(location)
  if (error) return <ErrorNote error={error} action={<Button onClick={onClose}>Show the map alone</Button>} />
  if (!inputs) return undefined
  return <Reading link={link} inputs={inputs} onTold={onTold} onClose={onClose} />
}

function Reading({ link, inputs, onTold, onClose }: Props & { readonly inputs: readonly TraceInput[] }) {
  const location = traceLocation.parse(new URLSearchParams(link))
  const session = sessionOf(location)
  const view = useTraceView(session, inputs, location.files, location.traceId, location.rawClock)
  const telling = useTraceTelling(session, view.isBuilt ? view.trace : undefined)
  useEffect(() => {
    if (telling) onTold(telling)
  }, [telling, onTold])
  if (view.error) return <ErrorNote error={view.error} action={<Button onClick={view.retry}>Retry</Button>} />
  if (!telling) return <ProgressBar label="Reading the trace" />
  return (
    <p className={styles.over}>
      <span>
        One trace is laid over the map: {countOf(telling.calls.length, 'call')} between services are its own,
        the rest steps back.
      </span>
      <a href={hrefOfTrace(location)}>Open the trace</a>
      <Button look="ghost" icon="close" label="Take the trace off the map" onClick={onClose} />
    </p>
  )
}
