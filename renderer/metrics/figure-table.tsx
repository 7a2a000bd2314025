import type { ReactNode } from 'react'
import { isSilent } from '#shared/metrics/red'
import { seconds, share } from '#shared/metrics/unit'
import { rateText, valueText } from '#shared/metrics/value-text'
import { Sparkline } from '../chart/sparkline'
import type { FigureRow } from '../state/figures'
import styles from './overview.module.css'

interface Props<Row> {
  /** What its rows are; the name of the table. */
  readonly label: string
  /** What one row is. */
  readonly heading: string
  readonly rows: readonly Row[]
  /** Name of the row that is looked at. */
  readonly selected?: string | undefined
  readonly renderName: (row: Row) => ReactNode
  /** How full what a row uses is; without it there is no such column. */
  readonly renderSaturation?: (row: Row) => ReactNode
  /** Where a row leads. */
  readonly renderFollow: (row: Row) => ReactNode
}

/** Of every column but the first, which has the rest up to a wide page, where saturation has it: tables one above the other have theirs in line. */
const widthsPx = [78, 70, 58, 78, 58, 66, 84, 84, 78, 84, 56] as const
const followPx = 84

const text = (value: number | undefined, unit: Parameters<typeof valueText>[1]): string =>
  value === undefined ? '–' : valueText(value, unit)

/** Against before: `+12 %`, `×15`; nothing where it is not known. */
function change(now: number | undefined, before: number | undefined): string {
  if (now === undefined || before === undefined || before === 0) return ''
  const ratio = now / before
  if (ratio >= 2) return `×${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)}`
  const percent = Math.round((ratio - 1) * 100)
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %`
}

/** Against before, in points of a hundred: `+38 pp`. */
function points(now: number | undefined, before: number | undefined): string {
  if (now === undefined || before === undefined) return ''
  const difference = (now - before) * 100
  const size =
    Math.abs(difference) < 10 ? Number(Math.abs(difference).toFixed(1)) : Math.round(Math.abs(difference))
  return `${size === 0 ? '' : difference > 0 ? '+' : '−'}${size} pp`
}

/** Slower by half is worth a look. */
const isSlower = (now: number | undefined, before: number | undefined): boolean =>
  now !== undefined && before !== undefined && now > before * 1.5

/** Requests, failures and durations, one service or part of one a row: as they are now, their course over the window, and what changed. */
export function FigureTable<Row extends FigureRow & { readonly name: string }>({
  label,
  heading,
  rows,
  selected,
  renderName,
  renderSaturation,
  renderFollow,
}: Props<Row>) {
  return (
    <table className={`tbl ${styles.table}`} aria-label={label}>
      <colgroup>
        <col className={renderSaturation && styles.nameColumn} />
        {widthsPx.map((width, column) => (
          // oxlint-disable-next-line react/no-array-index-key -- columns keep their places
          <col key={column} style={{ width }} />
        ))}
        {renderSaturation && <col className={styles.saturationColumn} />}
        <col style={{ width: followPx }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col" colSpan={3}>
            Requests per second
          </th>
          <th scope="col" colSpan={3}>
            Errors
          </th>
          <th scope="col" className="num">
            p50
          </th>
          <th scope="col" className="num">
            p95
          </th>
          <th scope="col" colSpan={3}>
            p99
          </th>
          {renderSaturation && <th scope="col">Saturation</th>}
          <th scope="col">
            <span className="sr">Follow</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { name, figures, rates, errors, p99s } = row
          const isFailing = (figures.errors ?? 0) > (figures.errorsBefore ?? 0) + 0.005
          return (
            <tr key={name} aria-current={name === selected || undefined}>
              <td>{renderName(row)}</td>
              <td>
                <Sparkline points={rates} look="plain" />
              </td>
              <td className="num">{figures.rate === undefined ? '–' : rateText(figures.rate)}</td>
              {isSilent(figures) ? (
                <td className="num wrn" title="It was asked before, and is not any more">
                  silent
                </td>
              ) : (
                <td className="num t3">{change(figures.rate, figures.rateBefore)}</td>
              )}
              <td>
                <Sparkline points={errors} look="error" />
              </td>
              <td className={isFailing ? 'num err' : 'num'}>{text(figures.errors, share)}</td>
              <td className={isFailing ? 'num err' : 'num t3'}>
                {points(figures.errors, figures.errorsBefore)}
              </td>
              <td className="num t2">{text(figures.p50, seconds)}</td>
              <td className="num">{text(figures.p95, seconds)}</td>
              <td>
                <Sparkline points={p99s} look="strong" />
              </td>
              <td className="num">{text(figures.p99, seconds)}</td>
              <td className={isSlower(figures.p99, figures.p99Before) ? 'num wrn' : 'num t3'}>
                {change(figures.p99, figures.p99Before)}
              </td>
              {renderSaturation && <td className={styles.saturation}>{renderSaturation(row)}</td>}
              <td>{renderFollow(row)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
