import { formatBytes } from '#shared/derive/quantities'
import { stopHanding, useHanding, useHandOverNow } from '../state/opened-source'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/error-note'
import { ProgressBar } from '../ui/progress-bar'

/** How far opened files have come on their way to be a source, and what is to be done where they stopped on it. */
export function ComingFiles({ files }: { readonly files: readonly string[] }) {
  const handing = useHanding(files)
  const again = useHandOverNow(files)
  switch (handing.kind) {
    case 'reading':
      return (
        <ProgressBar
          label="Reading for queries"
          counts={`${formatBytes(handing.bytes)} of ${formatBytes(handing.totalBytes)}`}
          fraction={handing.totalBytes === 0 ? undefined : handing.bytes / handing.totalBytes}
          onCancel={() => stopHanding(files)}
        />
      )
    case 'failed':
      return <ErrorNote error={handing.error} action={<Button onClick={again}>Retry</Button>} />
    case 'large':
    case 'stopped':
      return (
        <div className="row">
          <Button icon="search" onClick={again}>
            Read for queries
          </Button>
        </div>
      )
    default:
      return undefined
  }
}
