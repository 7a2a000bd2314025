/** The stretch of time one came from, marked on charts: in the URL. */
export interface ChartMark {
  readonly startMs: number
  readonly endMs: number
  /** What it was: `payment-service POST /charge`. */
  readonly name: string
}

/** A longer name is cut where it is shown, and fills a link. */
const mostNameUnits = 120

/** From the URL; undefined where there is none that can be read. */
export function readMark(params: URLSearchParams): ChartMark | undefined {
  const [, start, end, name] = /^(\d+(?:\.\d+)?)~(\d+(?:\.\d+)?)~(.*)$/s.exec(params.get('mark') ?? '') ?? []
  if (start === undefined) return undefined
  const [startMs, endMs] = [Number(start), Number(end)]
  return startMs <= endMs ? { startMs, endMs, name } : undefined
}

/** For the URL. */
export const formatMark = ({ startMs, endMs, name }: ChartMark): string =>
  `${startMs}~${endMs}~${name.slice(0, mostNameUnits)}`
