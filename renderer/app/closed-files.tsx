import { hrefOfFiles } from '../state/files'
import { useGo } from '../state/location'
import { useNamesOfFiles } from '../state/names-of-files'
import { useHanding, useHandOverNow } from '../state/opened-source'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'

/** In the place of a page that asks files which are no source yet, or none any more: they are read again where they are still kept. */
export function ClosedFiles({ files }: { readonly files: readonly string[] }) {
  const go = useGo()
  const handing = useHanding(files)
  const names = useNamesOfFiles(files)
  const handOverNow = useHandOverNow(files)
  const isUnderWay = handing.kind === 'waiting' || handing.kind === 'reading'
  return (
    <>
      <h1 className="sr">Opened files</h1>
      {handing.kind === 'failed' && <ErrorNote error={handing.error} />}
      {isUnderWay ? (
        <EmptyState title="Reading the files again…" />
      ) : (
        <EmptyState
          title={names === '' ? 'These files are not open any more.' : `Not open any more: ${names}`}
          action={
            handing.kind === 'gone' ? (
              <Button look="primary" icon="file" onClick={() => go(hrefOfFiles([]))}>
                Open files
              </Button>
            ) : (
              <Button look="primary" onClick={handOverNow}>
                Read them again
              </Button>
            )
          }
        >
          {handing.kind === 'gone'
            ? `Clew does not have them any more: open ${names === '' ? 'them' : names} again.`
            : 'They were closed, others took their place, or Clew was started again.'}
        </EmptyState>
      )}
    </>
  )
}
