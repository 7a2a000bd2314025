import type { QueryStats } from '#shared/api/metrics'
import { formatDuration } from '#shared/derive/durations'
import { countOf, formatBytes } from '#shared/derive/quantities'
import { stepText } from '#shared/metrics/step'
import styles from './answer-foot.module.css'

interface Props {
  readonly series: number
  readonly stepMs: number
  /** From the question to the last byte. */
  readonly tookMs: number
  readonly bytes: number
  readonly stats: QueryStats
  /** What else there is to say: `120 of 4,300 exemplars`. */
  readonly more?: string | undefined
}

/** Under what was drawn: how much came, how long it took, and what it cost the server. */
export function AnswerFoot({ series, stepMs, tookMs, bytes, stats, more }: Props) {
  return (
    <footer className={styles.foot}>
      <span>{countOf(series, 'series', 'series')}</span>
      <span>every {stepText(stepMs)}</span>
      <span>{formatDuration(tookMs * 1e6)}</span>
      <span>{formatBytes(bytes)}</span>
      {more !== undefined && <span>{more}</span>}
      {stats.samples !== undefined && <span>{countOf(stats.samples, 'sample')} read</span>}
      {stats.searchedBytes !== undefined && <span>{formatBytes(stats.searchedBytes)} looked through</span>}
    </footer>
  )
}
