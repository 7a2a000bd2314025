/** Figures of calls as they stand on a map, and as they are said. */
import { formatShortCount } from '#shared/derive/quantities'
import type { CallFigures, NodeKind } from '#shared/map/graph'
import type { RateUnit } from '#shared/map/rate-unit'
import type { Change } from '#shared/map/shape'
import { noUnit, seconds, share } from '#shared/metrics/unit'
import { rateText as rateWords, valueText } from '#shared/metrics/value-text'
import type { MapFigure } from '../state/map-location'

/** One call in a hundred: fewer are no reason for red. */
const failing = 0.01

export const isFailing = ({ errors }: CallFigures): boolean => (errors ?? 0) >= failing

/** How often calls happen, in the unit of their map where that has one; else how many there were, where they were counted. */
export function rateText({ rate, calls }: CallFigures, unit?: RateUnit): string {
  if (unit !== undefined && rate !== undefined)
    return `${valueText(rate * unit.seconds, noUnit)}/${unit.word}`
  if (calls !== undefined) return formatShortCount(calls)
  return rate === undefined ? '' : rateWords(rate)
}

export const errorText = ({ errors, errorsAreLeast }: CallFigures): string =>
  errors === undefined ? '' : `${errorsAreLeast ? '≥ ' : ''}${valueText(errors, share)}`

export const secondsText = (value: number | undefined): string =>
  value === undefined ? '' : valueText(value, seconds)

/** What stands at a call: how many, and the figure that is looked at. */
export function labelOf(figures: CallFigures, figure: MapFigure, unit?: RateUnit): readonly [string, string] {
  const second = figure === 'errors' ? errorText(figures) : figure === 'p95' ? secondsText(figures.p95) : ''
  return [rateText(figures, unit), second]
}

/**
 * What stands at a call beside the window before: the figure that is looked at, and what it was. Both with how many there are would not
 * fit between two services. As without a comparison where nothing differs.
 */
export function labelBeside(
  figures: CallFigures,
  before: CallFigures,
  figure: MapFigure,
  unit?: RateUnit,
): readonly string[] {
  const label = labelOf(figures, figure, unit)
  const [now = '', was = ''] = [label, labelOf(before, figure, unit)].map((parts) => parts.findLast(Boolean))
  return was === '' || was === now ? label : [now, `was ${was}`]
}

/** What may stand at a call, the fullest first: between services that are near each other there is room for less. */
export function labelsOf(
  figures: CallFigures,
  figure: MapFigure,
  change: Change | undefined,
  before: CallFigures | undefined,
  unit?: RateUnit,
): readonly string[] {
  const label = labelOf(figures, figure, unit)
  const looked = label.findLast(Boolean) ?? ''
  const choices =
    change === 'new' || change === 'gone'
      ? [[...label, change], [looked, change], [change]]
      : [before ? labelBeside(figures, before, figure, unit) : label, [looked]]
  return choices.map((parts) => parts.filter((part) => part !== '').join('  ')).filter((text) => text !== '')
}

/** What stands in a service's box: how many and what share failed on the left, how long on the right. */
export interface BoxFigures {
  readonly rate: string
  readonly errors: string
  readonly p95: string
}

export const figureGapPx = 9

const twoDigits = (value: number): number => Number(value.toPrecision(2))

/** The same in two digits, without zeros behind a point. */
const inShort = (figures: CallFigures, { seconds: by } = { seconds: 1 }): CallFigures => ({
  ...figures,
  // As it is said: in the unit of the map.
  rate: figures.rate === undefined ? undefined : twoDigits(figures.rate * by) / by,
  calls: figures.calls && twoDigits(figures.calls),
  errors: figures.errors && twoDigits(figures.errors),
  p95: figures.p95 && twoDigits(figures.p95),
})
const asItIs = (text: string): string => text
const withoutZeros = (text: string): string => text.replace(/\.0+(?= )|(\.\d*[1-9])0+(?= )/, '$1')

/** The figures that fit side by side with a gap: first they are said in fewer digits, then what is not looked at is left out. */
export function figuresInRoom(
  figures: CallFigures,
  looked: MapFigure,
  roomPx: number,
  widthOf: (text: string) => number,
  unit?: RateUnit,
): BoxFigures {
  const textsOf = (of: CallFigures, said: (text: string) => string) => ({
    rate: said(rateText(of, unit)),
    errors: said(errorText(of)),
    p95: said(secondsText(of.p95)),
  })
  const widthPx = (texts: BoxFigures): number => {
    const widths = Object.values(texts)
      .filter((text: string) => text !== '')
      .map((text: string) => widthOf(text))
    return widths.reduce((sum, width) => sum + width + figureGapPx, -figureGapPx)
  }
  const full = textsOf(figures, asItIs)
  if (widthPx(full) <= roomPx) return full
  const texts = textsOf(inShort(figures, unit), withoutZeros)
  for (const one of ['rate', 'p95', 'errors'] as const)
    if (one !== looked && widthPx(texts) > roomPx) texts[one] = ''
  return texts
}

const kindWords: Readonly<Record<NodeKind, string>> = {
  service: 'service',
  database: 'database',
  queue: 'message queue',
  outside: 'outside service',
}

/** For a screen reader: `33/s, 31 % errors, p95 4.83 s`. */
export function spokenFigures(figures: CallFigures, unit?: RateUnit): string {
  const rate = rateText(figures, unit)
  const errors = errorText(figures)
  const p95 = secondsText(figures.p95)
  return [
    rate && `${rate} ${rate === '1' ? 'call' : 'calls'}`,
    errors && `${errors} errors`,
    p95 && `p95 ${p95}`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}

export const kindWord = (kind: NodeKind): string => kindWords[kind]
