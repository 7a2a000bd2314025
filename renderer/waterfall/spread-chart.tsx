import type { CSSProperties } from 'react'
import type { Spread } from '#shared/correlate/spread'
import { formatDuration } from '#shared/derive/durations'
import { isOne } from './peer-words'
import styles from './peers.module.css'
import { spreadLabels, spreadShape } from './spread-shape'

interface Props {
  readonly spread: Spread
  /** Nanoseconds of the span itself. */
  readonly ownNs: number
  /** The CSS colour of its service. */
  readonly color: string
  /** What is seen, in words. */
  readonly label: string
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`

/** How durations are spread, on an axis of powers, and where one of them lies among them. */
export function SpreadChart({ spread, ownNs, color, label }: Props) {
  const { bars, ticks, at } = spreadShape(spread, ownNs)
  const here = at(ownNs)
  const isAlone = isOne(spread)
  return (
    <div className={styles.chart} role="img" aria-label={label} style={{ '--c': color } as CSSProperties}>
      <p className={styles.labels}>
        <b className={styles.label} data-side={here > 0.5 ? 'left' : 'right'} style={{ left: percent(here) }}>
          you are here
        </b>
      </p>
      <p className={`t3 ${styles.labels}`}>
        {(isAlone ? [] : spreadLabels(spread, at)).map(({ name, ns, share, side }) => (
          <span key={name} className={styles.label} data-side={side} style={{ left: percent(share) }}>
            {name} {formatDuration(ns)}
          </span>
        ))}
      </p>
      <div className={styles.plot}>
        {bars.map(({ from, to, height, isSlower }) => (
          <i
            key={from}
            data-slower={isSlower}
            style={{ left: percent(from), width: percent(to - from), height: percent(height) }}
          />
        ))}
        {(isAlone ? [] : [0.5, 0.95]).map((q) => (
          <u key={q} style={{ left: percent(at(spread.quantile(q))) }} />
        ))}
        <s style={{ left: percent(here) }} />
      </div>
      <p className={`t3 ${styles.labels}`}>
        {ticks.map(({ ns, share, side }) => (
          <span key={ns} className={styles.label} data-side={side} style={{ left: percent(share) }}>
            {formatDuration(ns).replace(/\.0+(?= )/, '')}
          </span>
        ))}
      </p>
    </div>
  )
}
