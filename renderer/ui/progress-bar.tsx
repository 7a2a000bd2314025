import { useEffect, useState } from 'react'
import { Button } from './button'
import { Keys } from './key-caps'
import styles from './progress-bar.module.css'

interface Props {
  /** What is going on: `Reading the trace`. */
  readonly label: string
  /** Counts so far: `184,220 spans, 61 of 148 MB`. */
  readonly counts?: string | undefined
  /** 0 to 1; undefined when nobody knows the end. */
  readonly fraction?: number | undefined
  readonly onCancel?: (() => void) | undefined
  /** Of its button: `Cancel` where nothing is left of what was begun, `Stop` where what came is kept. */
  readonly cancelText?: 'Cancel' | 'Stop' | undefined
  /** Shown on the Cancel button; the page binds it. */
  readonly cancelKey?: string | undefined
}

/** Shown at once it would only flicker: most answers are there sooner (--d-spinner). */
const quietMs = 300

/** Progress in the panel that waits: nothing for 300 ms, then a bar with counts and Cancel. */
export function ProgressBar({ label, counts, fraction, onCancel, cancelText = 'Cancel', cancelKey }: Props) {
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), quietMs)
    return () => clearTimeout(timer)
  }, [])
  if (!isShown) return undefined
  const percent = fraction === undefined ? undefined : Math.round(Math.min(1, Math.max(0, fraction)) * 100)
  return (
    <div className={styles.progress}>
      <div className="grow">
        <div className="row">
          <span className="m cut">{label}</span>
          <span className="grow" />
          {counts !== undefined && <span className="t2 nowrap">{counts}</span>}
        </div>
        <div
          className={styles.track}
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          aria-valuetext={counts}
        >
          {percent === undefined ? (
            <b className={styles.unknown} />
          ) : (
            <b style={{ transform: `scaleX(${percent / 100})` }} />
          )}
        </div>
      </div>
      {onCancel && (
        <Button onClick={onCancel}>
          {cancelText}
          {cancelKey !== undefined && <Keys keys={cancelKey} />}
        </Button>
      )}
    </div>
  )
}
