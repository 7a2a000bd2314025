import { countOf, formatBytes } from '#shared/derive/quantities'
import { hrefOfLogs } from '../state/log-location'
import { useGo } from '../state/location'
import { hrefOfMetrics } from '../state/metrics-location'
import {
  type Handing,
  stopHanding,
  useHanding,
  useHandOverNow,
  useOpenedSource,
} from '../state/opened-source'
import { hrefOfSearch } from '../state/search-location'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/error-note'
import { ProgressBar } from '../ui/progress-bar'
import styles from './files-page.module.css'

/** Ways to ask these files like a server, once they are a source; until then, how far that has come. */
export function AskFiles({ files }: { readonly files: readonly string[] }) {
  const source = useOpenedSource(files)
  const handing = useHanding(files)
  const again = useHandOverNow(files)
  const go = useGo()
  if (source === undefined) return <UntilThere handing={handing} onAgain={again} />
  const { id, startMs, endMs, holds, capabilities } = source
  const range = { from: startMs, to: endMs }
  return (
    <div className={styles.choice} role="group" aria-label="Ask these files">
      {capabilities.traces && (
        <Button icon="search" onClick={() => go(hrefOfSearch({ sources: [id], range }))}>
          Search {countOf(holds.traces, 'trace')}
        </Button>
      )}
      {capabilities.logs && (
        <Button icon="logs" onClick={() => go(hrefOfLogs({ source: id, range }))}>
          Query {countOf(holds.lines, 'line')}
        </Button>
      )}
      {capabilities.metrics && (
        <Button
          icon="metrics"
          onClick={() => go(hrefOfMetrics({ panels: [{ view: 'auto', source: id, query: '' }], range }))}
        >
          Chart {countOf(holds.series, 'series', 'series')}
        </Button>
      )}
    </div>
  )
}

function UntilThere({ handing, onAgain }: { readonly handing: Handing; readonly onAgain: () => void }) {
  switch (handing.kind) {
    case 'reading':
      return (
        <ProgressBar
          label="Reading for queries"
          counts={`${formatBytes(handing.bytes)} of ${formatBytes(handing.totalBytes)}`}
          fraction={handing.totalBytes === 0 ? undefined : handing.bytes / handing.totalBytes}
          onCancel={stopHanding}
        />
      )
    case 'failed':
      return <ErrorNote error={handing.error} action={<Button onClick={onAgain}>Retry</Button>} />
    case 'large':
    case 'stopped':
      return (
        <div className={styles.choice}>
          <Button icon="search" onClick={onAgain}>
            Read for queries
          </Button>
        </div>
      )
    default:
      return undefined
  }
}
