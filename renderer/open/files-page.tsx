import type { FilePanes } from '../state/file-panes'
import { useLocationState } from '../state/location'
import { useOpenedSources } from '../state/opened-source'
import { useSources } from '../state/sources'
import { useChooseFiles } from '../state/use-open-files'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { filesLocation } from './files-location'
import { OpenFiles } from './open-files'
import { OpenSets } from './open-sets'

/** Opened files: straight to the trace where there is one, a list where there are several. */
export function FilesPage({ panes }: { readonly panes: FilePanes }) {
  const [place, actions] = useLocationState(filesLocation)
  const chooseFiles = useChooseFiles()
  const opened = useOpenedSources()
  const { isPending } = useSources()
  if (place.files.length === 0 && isPending) return undefined
  if (place.files.length === 0 && opened && opened.length > 0) return <OpenSets opened={opened} />
  if (place.files.length === 0)
    return (
      <>
        <h1 className="sr">Files</h1>
        <EmptyState
          title="No file is open."
          action={
            <Button look="primary" icon="file" onClick={() => void chooseFiles()}>
              Open file
            </Button>
          }
        >
          Drop a saved trace anywhere in this window, or choose one: Jaeger, OTLP, Tempo, Zipkin, Chrome or
          what an SDK printed, packed or not.
        </EmptyState>
      </>
    )
  // What was read belongs to these files.
  return <OpenFiles key={place.files.join(' ')} place={place} actions={actions} panes={panes} />
}
