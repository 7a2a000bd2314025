import type { OpenedSource } from '#shared/api/contract'
import { formatDateTime } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { useGo } from '../state/location'
import { filesOfSource } from '../state/files-source'
import { hrefOfFiles } from '../state/files'
import { keptSets } from '../state/opened-source'
import { usePreferences } from '../state/preferences'
import { Button } from '../ui/button'
import styles from './connections.module.css'

interface Props {
  readonly opened: OpenedSource
  readonly onEnd: () => void
  readonly onClose: () => void
}

/** What opened files hold: nothing of them can be set, only closed. */
export function OpenedPanel({ opened, onEnd, onClose }: Props) {
  const go = useGo()
  const { timeZone } = usePreferences()
  const at = (ms: number): string => formatDateTime(ms, timeZone).slice(0, 16)
  const { spans, traces, lines, series } = opened.holds
  return (
    <section className={styles.form} aria-label={opened.name}>
      <header className="panel-h">
        <h2 className="cut">{opened.name}</h2>
        <span className="tag">this run only</span>
        <span className="grow" />
        <Button look="ghost" icon="close" label="Close" onClick={onClose} />
      </header>
      <div className={styles.body}>
        <p>{opened.place}</p>
        <dl className={styles.demo}>
          <dt>from</dt>
          <dd>{at(opened.startMs)}</dd>
          <dt>to</dt>
          <dd>{at(opened.endMs)}</dd>
          <dt>traces</dt>
          <dd>{`${countOf(traces, 'trace')}, ${countOf(spans, 'span')}`}</dd>
          <dt>logs</dt>
          <dd>{countOf(lines, 'line')}</dd>
          <dt>metrics</dt>
          <dd>{countOf(series, 'series')}</dd>
        </dl>
        <p className="t2">
          Clew holds what is in these files, and answers for it as a server would. Files opened next stand
          beside them. {keptSets}
        </p>
      </div>
      <footer className={styles.actions}>
        <Button look="ghost" size="lg" className={styles.remove} onClick={onEnd}>
          Close the files
        </Button>
        <span className="grow" />
        <Button size="lg" look="primary" onClick={() => go(hrefOfFiles(filesOfSource(opened.id)))}>
          Show the files
        </Button>
      </footer>
    </section>
  )
}
