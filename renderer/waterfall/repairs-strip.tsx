import { useState } from 'react'
import type { Problem, SpanIndex } from '#shared/trace/table'
import { countOf, formatCount } from '#shared/derive/quantities'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import styles from './repairs-strip.module.css'

interface Props {
  readonly repairs: readonly Problem[]
  /** Times as recorded are shown; undefined where no clock differs. */
  readonly rawClock: boolean | undefined
  readonly selected: SpanIndex
  readonly onShow: (row: SpanIndex) => void
  readonly onRawClock: (raw: boolean) => void
}

/** What each kind of repair is called where there is room for a word or two. */
const names: Readonly<Record<Problem['kind'], readonly [string, string]>> = {
  'missing-parent': ['missing parent', 'missing parents'],
  'several-roots': ['root', 'roots'],
  'duplicate-id': ['duplicate id', 'duplicate ids'],
  merged: ['span merged', 'spans merged'],
  cycle: ['cycle', 'cycles'],
  'clock-skew': ['span with clock skew', 'spans with clock skew'],
  'negative-duration': ['negative duration', 'negative durations'],
  'no-time': ['span without time', 'spans without time'],
  'impossible-time': ['impossible time', 'impossible times'],
  'no-id': ['span without id', 'spans without id'],
  'odd-value': ['value not understood', 'values not understood'],
  'unreadable-span': ['span left out', 'spans left out'],
  'other-signal': ['part of another signal', 'parts of other signals'],
  'unknown-object': ['object not understood', 'objects not understood'],
  'no-span': ['event left out', 'events left out'],
  'cut-off': ['cut off', 'cut off'],
  partial: ['partial', 'partial'],
  'too-large': ['too large', 'too large'],
}

/** What was mended so that this trace can be shown: counted in a line, in full sentences below it, each leading to its spans. */
export function RepairsStrip({ repairs, rawClock, selected, onShow, onRawClock }: Props) {
  const [isOpen, setOpen] = useState(false)
  if (repairs.length === 0) return undefined
  const next = (rows: readonly SpanIndex[]) => rows[(rows.indexOf(selected) + 1) % rows.length]
  return (
    <section className={styles.repairs} aria-label="Repairs">
      <div className={styles.line}>
        <button
          type="button"
          className={`inset ${styles.toggle}`}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'down' : 'right'} size="x" />
          {countOf(repairs.length, 'kind of repair', 'kinds of repair')}
        </button>
        {!isOpen && (
          <span className="cut">
            {repairs
              .map(({ kind, count }) => `${formatCount(count)} ${names[kind][count === 1 ? 0 : 1]}`)
              .join(', ')}
          </span>
        )}
      </div>
      {isOpen && (
        <ul className={styles.list}>
          {repairs.map((repair) => (
            <li key={`${repair.kind} ${repair.message}`}>
              <span className={styles.message}>{repair.message}</span>
              {repair.kind === 'clock-skew' && rawClock !== undefined && (
                <Button pressed={rawClock} onClick={() => onRawClock(!rawClock)}>
                  Show recorded times
                </Button>
              )}
              {repair.rows.length > 0 && (
                <Button onClick={() => onShow(next(repair.rows))}>
                  {repair.rows.includes(selected) && repair.rows.length > 1
                    ? `Show next, ${repair.rows.indexOf(selected) + 1} of ${repair.rows.length}`
                    : 'Show'}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
