/** Figures of calls as they stand on a map, and as they are said. */
import { formatShortCount } from '#shared/derive/quantities'
import type { CallFigures, NodeKind } from '#shared/map/graph'
import type { Change } from '#shared/map/shape'
import { seconds, share } from '#shared/metrics/unit'
import { rateText as rateWords, valueText } from '#shared/metrics/value-text'
import type { MapFigure } from '../state/map-location'

/** One call in a hundred: fewer are no reason for red. */
const failing = 0.01

export const isFailing = ({ errors }: CallFigures): boolean => (errors ?? 0) >= failing

/** How many calls where they were counted, else how many a second. */
export const rateText = ({ rate, calls }: CallFigures): string =>
  calls === undefined ? (rate === undefined ? '' : rateWords(rate)) : formatShortCount(calls)

export const errorText = ({ errors }: CallFigures): string =>
  errors === undefined ? '' : valueText(errors, share)

export const secondsText = (value: number | undefined): string =>
  value === undefined ? '' : valueText(value, seconds)

/** What stands at a call: how many, and the figure that is looked at. */
export function labelOf(figures: CallFigures, figure: MapFigure): readonly [string, string] {
  const second = figure === 'errors' ? errorText(figures) : figure === 'p95' ? secondsText(figures.p95) : ''
  return [rateText(figures), second]
}

/**
 * What stands at a call beside the window before: the figure that is looked at, and what it was. Both with how many there are would not
 * fit between two services. As without a comparison where nothing differs.
 */
export function labelBeside(figures: CallFigures, before: CallFigures, figure: MapFigure): readonly string[] {
  const label = labelOf(figures, figure)
  const [now = '', was = ''] = [label, labelOf(before, figure)].map((parts) => parts.findLast(Boolean))
  return was === '' || was === now ? label : [now, `was ${was}`]
}

/** What may stand at a call, the fullest first: between services that are near each other there is room for less. */
export function labelsOf(
  figures: CallFigures,
  figure: MapFigure,
  change: Change | undefined,
  before: CallFigures | undefined,
): readonly string[] {
  const label = labelOf(figures, figure)
  const looked = label.findLast(Boolean) ?? ''
  const choices =
    change === 'new' || change === 'gone'
      ? [[...label, change], [looked, change], [change]]
      : [before ? labelBeside(figures, before, figure) : label, [looked]]
  return choices.map((parts) => parts.filter((part) => part !== '').join('  ')).filter((text) => text !== '')
}

/** What stands in a service's box: how many and what share failed on the left, how long on the right. */
export interface BoxFigures {
  readonly rate: string
  readonly errors: string
  readonly p95: string
}

export const figureGapPx = 9

/** The figures that fit side by side with a gap; what is not looked at is left out first. */
export function figuresInRoom(
  figures: CallFigures,
  looked: MapFigure,
  roomPx: number,
  widthOf: (text: string) => number,
): BoxFigures {
  const all = { rate: rateText(figures), errors: errorText(figures), p95: secondsText(figures.p95) }
  const kept = new Set<MapFigure>(['rate', 'errors', 'p95'])
  const widthPx = (): number => {
    const widths = [...kept]
      .map((one) => all[one])
      .filter((text) => text !== '')
      .map(widthOf)
    return widths.reduce((sum, width) => sum + width + figureGapPx, -figureGapPx)
  }
  for (const one of ['rate', 'p95', 'errors'] as const)
    if (one !== looked && widthPx() > roomPx) kept.delete(one)
  const textOf = (one: MapFigure): string => (kept.has(one) ? all[one] : '')
  return { rate: textOf('rate'), errors: textOf('errors'), p95: textOf('p95') }
}

const kindWords: Readonly<Record<NodeKind, string>> = {
  service: 'service',
  database: 'database',
  queue: 'message queue',
  outside: 'outside service',
}

/** For a screen reader: `33/s, 31 % errors, p95 4.83 s`. */
export function spokenFigures(figures: CallFigures): string {
  const errors = errorText(figures)
  const p95 = secondsText(figures.p95)
  return [
    rateText(figures) && `${rateText(figures)} calls`,
    errors && `${errors} errors`,
    p95 && `p95 ${p95}`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}

export const kindWord = (kind: NodeKind): string => kindWords[kind]
