import { useChooseFiles } from '../state/use-open-files'
import { useOpenIncident } from '../state/demo'
import { hrefOfConnections } from '../state/connections-location'
import { toApiError } from '../state/errors'
import { useGo } from '../state/location'
import { useSources, useTraceSources } from '../state/sources'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { TraceSearchView } from './trace-search-view'

/** Finds traces in every connected source at once. */
export function SearchPage() {
  const answer = useSources()
  const sources = useTraceSources()
  const go = useGo()
  const incident = useOpenIncident()
  const chooseFiles = useChooseFiles()
  if (answer.error)
    return (
      <ErrorNote
        error={toApiError(answer.error)}
        action={<Button onClick={() => void answer.refetch()}>Retry</Button>}
      />
    )
  // The list comes from this machine: there is no time in which to show that it is coming.
  if (!answer.data) return undefined
  if (sources.length === 0)
    return (
      <>
        <h1 className="sr">Traces</h1>
        <EmptyState
          title="No source of traces yet."
          action={
            <>
              <Button look="primary" icon="plug" onClick={() => go(hrefOfConnections({ isNew: true }))}>
                Connect a source
              </Button>
              <Button isDisabled={incident.isPending} onClick={() => incident.open()}>
                Try the demo incident
              </Button>
              <Button look="ghost" icon="file" onClick={() => void chooseFiles()}>
                Open file
              </Button>
            </>
          }
        >
          Connect a Jaeger, Tempo or Zipkin to search it, open a saved trace, or try a simulated shop in which
          something went wrong.
        </EmptyState>
        {incident.error && <ErrorNote error={toApiError(incident.error)} />}
      </>
    )
  return <TraceSearchView sources={sources} />
}
