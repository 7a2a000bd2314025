import type { ApiError } from '#shared/api/contract'
import { hrefOfConnections } from '../state/connections-location'
import { useChooseFiles } from '../state/use-open-files'
import { useGo } from '../state/location'
import type { TraceLocation } from '../state/trace-location'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/error-note'

interface Props {
  readonly error: ApiError
  readonly location: TraceLocation
}

/** A link to a trace that leads to nothing that could be asked: why, and the way on. */
export function NothingToRead({ error, location }: Props) {
  const go = useGo()
  const chooseFiles = useChooseFiles()
  return (
    <>
      <h1 className="sr">No trace</h1>
      <ErrorNote
        error={error}
        action={
          location.files.length > 0 ? (
            <Button icon="file" onClick={() => void chooseFiles()}>
              Open file
            </Button>
          ) : location.traceId === '' ? (
            <Button icon="search" onClick={() => go('/traces')}>
              Search traces
            </Button>
          ) : (
            <Button icon="plug" onClick={() => go(hrefOfConnections({ isNew: true }))}>
              Add a connection
            </Button>
          )
        }
      />
    </>
  )
}
