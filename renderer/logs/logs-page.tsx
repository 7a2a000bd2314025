import { hrefOfConnections } from '../state/connections-location'
import { toApiError } from '../state/errors'
import { useGo } from '../state/location'
import { useLogSources, useSources } from '../state/sources'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { LogsView } from './logs-view'

/** Lines of a source of logs. */
export function LogsPage() {
  const answer = useSources()
  const sources = useLogSources()
  const go = useGo()
  if (answer.error)
    return (
      <ErrorNote
        error={toApiError(answer.error)}
        action={<Button onClick={() => void answer.refetch()}>Retry</Button>}
      />
    )
  if (!answer.data) return undefined
  if (sources.length === 0)
    return (
      <>
        <h1 className="sr">Logs</h1>
        <EmptyState
          title="No source of logs yet."
          action={
            <Button look="primary" icon="plug" onClick={() => go(hrefOfConnections({ isNew: true }))}>
              Connect a source
            </Button>
          }
        >
          Connect a Loki to read and search its lines, or begin a run of the demo shop on the start page.
        </EmptyState>
      </>
    )
  return <LogsView sources={sources} />
}
