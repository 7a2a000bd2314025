import type uPlot from 'uplot'
import { formatShortTime, type TimeZone } from '#shared/derive/clock-times'
import styles from './chart.module.css'

/** What a chart is read against: bounds that its values should not pass, and what happened meanwhile. */
export interface Guides {
  readonly bounds: readonly { readonly value: number; readonly name: string }[]
  readonly events: readonly { readonly atMs: number; readonly name: string }[]
}

interface Props {
  readonly plot: uPlot
  readonly guides: Guides
  readonly zone: TimeZone
  readonly format: (value: number) => string
}

const isWithin = (value: number, { min, max }: uPlot.Scale): boolean =>
  value >= (min ?? Infinity) && value <= (max ?? -Infinity)

/** What the guides say, for who does not see them. */
export const guideWords = (
  { bounds, events }: Guides,
  { zone, format }: Omit<Props, 'plot' | 'guides'>,
): string =>
  [
    ...bounds.map(({ value, name }) => `Bound: ${format(value)}, ${name}.`),
    ...events.map(({ atMs, name }) => `${formatShortTime(atMs, zone)}: ${name}.`),
  ].join(' ')

/** Bounds as lines across the plot, events as lines down it, each with its name; what lies outside of it is left out. */
export function ChartGuides({ plot, guides, zone, format }: Props) {
  const { x, y } = plot.scales
  return (
    <div aria-hidden="true">
      {guides.bounds
        .filter(({ value }) => isWithin(value, y))
        .map(({ value, name }) => (
          <div key={`${value} ${name}`} className={styles.bound} style={{ top: plot.valToPos(value, 'y') }}>
            <span>
              {format(value)}, {name}
            </span>
          </div>
        ))}
      {guides.events
        .filter(({ atMs }) => isWithin(atMs / 1_000, x))
        .map(({ atMs, name }, row) => {
          const left = plot.valToPos(atMs / 1_000, 'x')
          return (
            <div
              key={`${atMs} ${name}`}
              className={styles.event}
              data-side={left > plot.over.clientWidth / 2 ? 'left' : 'right'}
              style={{ left }}
            >
              {/* Below how many exemplars there are, and each below the one before. */}
              <span style={{ top: 18 + row * 16 }}>
                {formatShortTime(atMs, zone)} {name}
              </span>
            </div>
          )
        })}
    </div>
  )
}
