import { countOf, formatBytes } from '#shared/derive/quantities'
import type { SavedCounts } from '#shared/investigation/manifest'
import styles from './investigation.module.css'

interface Props {
  readonly counts: SavedCounts
  /** Of what is about to be saved: its steps, and its bytes before they are packed. */
  readonly saved?: { readonly steps: number; readonly bytes: number }
}

/** How much there is of each kind in a file that was opened, or that is about to be written. */
export function InTheFile({ counts, saved }: Props) {
  return (
    <section aria-label="In the file" className={styles.section}>
      <h3>In the file</h3>
      <dl className={styles.holds}>
        {saved && (
          <>
            <dt>Steps and notes</dt>
            <dd>{countOf(saved.steps, 'step')}</dd>
          </>
        )}
        <dt>Traces</dt>
        <dd>{countOf(counts.traces, 'trace')}</dd>
        <dt>Log lines</dt>
        <dd>{countOf(counts.lines, 'line')}</dd>
        <dt>Metric series</dt>
        <dd>{countOf(counts.series, 'series', 'series')}</dd>
        {saved && (
          <>
            <dt>Before it is packed</dt>
            <dd>{formatBytes(saved.bytes)}</dd>
          </>
        )}
      </dl>
    </section>
  )
}
