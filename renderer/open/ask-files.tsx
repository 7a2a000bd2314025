import { countOf } from '#shared/derive/quantities'
import { hrefOfLogs } from '../state/log-location'
import { useGo } from '../state/location'
import { hrefOfMetrics } from '../state/metrics-location'
import { useOpenedSource } from '../state/opened-source'
import { hrefOfSearch } from '../state/search-location'
import { ComingFiles } from '../sources/coming-files'
import { Button } from '../ui/button'
import styles from './files-page.module.css'

/** What is below may be filtered: this is of all there is. */
const allOf = (count: number, one: string, many?: string): string =>
  `${count === 1 ? '' : 'all '}${countOf(count, one, many)}`

/** Ways to ask these files like a server, once they are a source; until then, how far that has come. */
export function AskFiles({ files }: { readonly files: readonly string[] }) {
  const source = useOpenedSource(files)
  const go = useGo()
  if (source === undefined) return <ComingFiles files={files} />
  const { id, startMs, endMs, holds, capabilities } = source
  const range = { from: startMs, to: endMs }
  const everyLine = holds.linesLabel === '' ? '' : `{${holds.linesLabel}=~".+"}`
  return (
    <div className={styles.choice} role="group" aria-label="Ask these files">
      {capabilities.traces && (
        <Button icon="search" onClick={() => go(hrefOfSearch({ sources: [id], range }))}>
          Search {allOf(holds.traces, 'trace')}
        </Button>
      )}
      {capabilities.logs && (
        <Button icon="logs" onClick={() => go(hrefOfLogs({ source: id, query: everyLine, range }))}>
          Query {allOf(holds.lines, 'line')}
        </Button>
      )}
      {capabilities.metrics && !holds.hasSamples && (
        <span className="t2">
          Exemplars alone make no chart: open the answer of the query that they belong to together with them.
        </span>
      )}
      {capabilities.metrics && holds.hasSamples && (
        <Button
          icon="metrics"
          onClick={() => go(hrefOfMetrics({ panels: [{ view: 'auto', source: id, query: '' }], range }))}
        >
          Browse {allOf(holds.series, 'series', 'series')}
        </Button>
      )}
    </div>
  )
}
