import { SourceGate } from '../sources/source-gate'
import { LogsView } from './logs-view'

/** Lines of a source of logs. */
export function LogsPage() {
  return (
    <SourceGate
      heading="Logs"
      needs="logs"
      title="No source of logs yet."
      advice="Connect a Loki to read and search its lines, or try the simulated shop."
    >
      {(sources) => <LogsView sources={sources} />}
    </SourceGate>
  )
}
