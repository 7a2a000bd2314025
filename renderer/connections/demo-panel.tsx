import type { DemoSource } from '#shared/api/contract'
import { findScenario } from '#shared/api/demo-scenarios'
import { formatDateTime } from '#shared/derive/clock-times'
import { hrefOfStory, storyTitle } from '../state/demo'
import { useGo } from '../state/location'
import { usePreferences } from '../state/preferences'
import { Button } from '../ui/button'
import styles from './connections.module.css'

interface Props {
  readonly demo: DemoSource
  readonly onEnd: () => void
  readonly onClose: () => void
}

/** What the demo shop is: nothing of it can be set, only ended. */
export function DemoPanel({ demo, onEnd, onClose }: Props) {
  const go = useGo()
  const { timeZone } = usePreferences()
  const at = (ms: number): string => formatDateTime(ms, timeZone).slice(0, 16)
  return (
    <section className={styles.form} aria-label={demo.name}>
      <header className="panel-h">
        <h2 className="cut">{demo.name}</h2>
        <span className="tag">simulated</span>
        <span className="tag">this run only</span>
        <span className="grow" />
        <Button look="ghost" icon="close" label="Close" onClick={onClose} />
      </header>
      <div className={styles.body}>
        <p>{findScenario(demo.demo.scenario)?.sees}</p>
        <dl className={styles.demo}>
          <dt>scenario</dt>
          <dd className="mono">{demo.demo.scenario}</dd>
          <dt>seed</dt>
          <dd className="mono">{demo.demo.seed}</dd>
          <dt>from</dt>
          <dd>{at(demo.startMs)}</dd>
          <dt>to</dt>
          <dd>{at(demo.endMs)}</dd>
          <dt>answers for</dt>
          <dd>traces, logs and metrics</dd>
        </dl>
        <p className="t2">
          It runs within Clew and asks no server. The same scenario and seed leave the same behind, at another
          time.
        </p>
      </div>
      <footer className={styles.actions}>
        <Button look="ghost" size="lg" className={styles.remove} onClick={onEnd}>
          End the demo
        </Button>
        <span className="grow" />
        <Button size="lg" look="primary" onClick={() => go(hrefOfStory(demo))}>
          {storyTitle(demo)}
        </Button>
      </footer>
    </section>
  )
}
