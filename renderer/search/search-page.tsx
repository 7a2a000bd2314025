import { hrefOfIncident } from '../state/demo'
import { useChooseFiles } from '../state/use-open-files'
import { SourceGate } from '../sources/source-gate'
import { Button } from '../ui/button'
import { TraceSearchView } from './trace-search-view'

/** Finds traces in every connected source at once. */
export function SearchPage() {
  const chooseFiles = useChooseFiles()
  return (
    <SourceGate
      heading="Traces"
      needs="traces"
      title="No source of traces yet."
      advice="Connect a Jaeger, Tempo or Zipkin to search it, open a saved trace, or try a simulated shop in which something went wrong."
      hrefOfDemo={hrefOfIncident}
      more={
        <Button look="ghost" icon="file" onClick={() => void chooseFiles()}>
          Open file
        </Button>
      }
    >
      {(sources) => <TraceSearchView sources={sources} />}
    </SourceGate>
  )
}
