import { formatShortMoment } from '#shared/derive/clock-times'
import type { CallFigures } from '#shared/map/graph'
import type { Point } from '#shared/metrics/frame'
import { Course } from '../chart/course'
import type { CallCurves } from '../state/call-curves'
import { usePreferences } from '../state/preferences'
import { errorText, isFailing, rateText, secondsText } from './figure-text'
import styles from './map-detail.module.css'

interface Props {
  readonly figures: CallFigures
  /** Those of the window before. */
  readonly before?: CallFigures | undefined
  /** Undefined where nothing measures the calls over time, or it is not known yet. */
  readonly curves: CallCurves | undefined
  /** What measures them: a metric of a source, which need not be what tells the figures. */
  readonly curvesBy: string | undefined
  readonly window: { readonly startMs: number; readonly endMs: number }
  /** What they are of. */
  readonly note?: string
}

type Row = readonly [name: string, value: string, was: string | undefined]

const isKnown = (points: readonly Point[]): boolean => points.some((point) => point !== null)

/** How calls do: their figures over the window, and under each its course, where metrics tell it. */
export function CallFiguresList({ figures, before, curves, curvesBy, window, note }: Props) {
  const zone = usePreferences().timeZone
  const groups: readonly {
    readonly rows: readonly Row[]
    readonly lines: readonly (readonly Point[] | undefined)[]
    readonly look: 'plain' | 'error'
    readonly what: string
  }[] = [
    {
      rows: [['Calls', rateText(figures), before && rateText(before)]],
      lines: [curves?.rates],
      look: 'plain',
      what: 'calls a second',
    },
    {
      rows: [['Errors', errorText(figures), before && errorText(before)]],
      lines: [curves?.errors],
      look: 'error',
      what: 'share of failed calls',
    },
    {
      rows: [
        ['p50', secondsText(figures.p50), before && secondsText(before.p50)],
        ['p95', secondsText(figures.p95), before && secondsText(before.p95)],
        ['p99', secondsText(figures.p99), before && secondsText(before.p99)],
      ],
      lines: curves?.quantiles ?? [],
      look: 'plain',
      what: 'durations, p50, p95 and p99',
    },
  ]
  const shown = groups.map((group) => ({
    ...group,
    unknown: group.rows.flatMap(([name, value]) => (value === '' ? [name] : [])),
    lines: group.lines.flatMap((points) => (points && isKnown(points) ? [points] : [])),
  }))
  // Its course tells it all the same.
  const untold = shown.flatMap(({ unknown, lines }) => (lines.length > 0 ? [] : unknown))
  const hasCurves = shown.some(({ lines }) => lines.length > 0)
  const [from, to] = [curves?.startMs ?? window.startMs, window.endMs].map((ms) =>
    formatShortMoment(ms, zone, window.endMs),
  )
  return (
    <>
      {shown.map(({ rows, unknown, lines, look, what }) => (
        <div key={what} className={styles.group}>
          <dl className={styles.figures}>
            {rows.map(
              ([name, value, was]) =>
                value !== '' && (
                  <div key={name}>
                    <dt>{name}</dt>
                    {was !== undefined && was !== '' && <dd className="t3 small">was {was}</dd>}
                    <dd className={`m ${name === 'Errors' && isFailing(figures) ? 'err' : ''}`}>{value}</dd>
                  </div>
                ),
            )}
          </dl>
          {lines.length > 0 && unknown.length === rows.length && (
            <p className={styles.untold}>{unknown.join(', ')}</p>
          )}
          {lines.length > 0 && (
            <Course label={`Course of ${what}, ${from} to ${to}`} lines={lines} look={look} />
          )}
        </div>
      ))}
      {hasCurves && (
        <p className={`t3 small ${styles.ends}`}>
          <span>{from}</span>
          <span>{to}</span>
        </p>
      )}
      <p className={`t3 small ${styles.note}`}>
        {[
          note,
          hasCurves && curvesBy && `curves by ${curvesBy}`,
          untold.length > 0 && `not known: ${untold.join(', ')}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </>
  )
}
