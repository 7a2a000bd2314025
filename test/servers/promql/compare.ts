/** Compares two answers in the shape of Prometheus's API, numbers to nine digits. */
import type { HistogramAnswer, PromqlAnswer, PromqlData } from '#shared/query/promql/answer'

const tolerance = 1e-9

/** Where two answers differ, in words; undefined where they agree. `anywhere`: whatever place of the query warnings name. */
export function difference(
  ours: PromqlAnswer,
  theirs: PromqlAnswer,
  { anywhere = false }: { readonly anywhere?: boolean } = {},
): string | undefined {
  return dataDifference(ours.data, theirs.data) ?? notesDifference(ours, theirs, anywhere)
}

function dataDifference(ours: PromqlData, theirs: PromqlData): string | undefined {
  if (ours.resultType !== theirs.resultType) return `${ours.resultType}, not ${theirs.resultType}`
  const [our, their] = [pointsOf(ours), pointsOf(theirs)]
  for (const [key, value] of their) {
    const own = our.get(key)
    if (own === undefined) return `nothing at ${key}, where ${text(value)} should be`
    if (!equal(own, value)) return `${text(own)} at ${key}, where ${text(value)} should be`
  }
  const extra = [...our.keys()].find((key) => !their.has(key))
  return extra === undefined ? undefined : `${text(our.get(extra))} at ${extra}, where nothing should be`
}

type Point = string | HistogramAnswer

/** Every point of an answer by its series and time. */
function pointsOf(data: PromqlData): Map<string, Point> {
  const points = new Map<string, Point>()
  const put = (
    metric: Readonly<Record<string, string>>,
    point: readonly [number, Point] | undefined,
  ): void => {
    const labels = Object.entries(metric).sort(([one], [other]) => (one < other ? -1 : 1))
    if (point !== undefined) points.set(`${JSON.stringify(labels)} @${point[0]}`, point[1])
  }
  if (data.resultType === 'vector')
    for (const { metric, value, histogram } of data.result) put(metric, value ?? histogram)
  else if (data.resultType === 'matrix')
    for (const { metric, values = [], histograms = [] } of data.result)
      for (const point of [...values, ...histograms]) put(metric, point)
  else put({}, data.result)
  return points
}

function text(point: Point | undefined): string {
  return JSON.stringify(point)
}

function equal(ours: Point, theirs: Point): boolean {
  if (typeof ours === 'string' || typeof theirs === 'string')
    return typeof ours === 'string' && typeof theirs === 'string' && (ours === theirs || close(ours, theirs))
  const [our, their] = [numbersOf(ours), numbersOf(theirs)]
  return our.length === their.length && our.every((number, at) => close(number, their[at]))
}

function numbersOf({ count, sum, buckets = [] }: HistogramAnswer): string[] {
  return [count, sum, ...buckets.flatMap(([rule, ...numbers]) => [String(rule), ...numbers])]
}

function close(one: string, other: string): boolean {
  const [our, their] = [numberOf(one), numberOf(other)]
  if (Object.is(our, their) || our === their) return true
  return Math.abs(our - their) <= tolerance * Math.max(Math.abs(our), Math.abs(their))
}

function numberOf(written: string): number {
  return Number(written.replace('Inf', 'Infinity'))
}

/** What is said besides the answer; of more than ten sentences Prometheus says ten. */
function notesDifference(ours: PromqlAnswer, theirs: PromqlAnswer, anywhere: boolean): string | undefined {
  for (const kind of ['warnings', 'infos'] as const) {
    const wanted = comparable(theirs[kind]).filter((words) => !words.includes('conflicting counter resets'))
    const said = comparable(ours[kind])
    const missing = wanted.find(
      (words) =>
        !said.some((own) => sameNote(own, words, anywhere)) && !/more \w+ annotations omitted/.test(words),
    )
    if (missing !== undefined) return `not said: ${missing} (but ${JSON.stringify(said)})`
    const extra = said.find((own) => !wanted.some((words) => sameNote(own, words, anywhere)))
    if (extra !== undefined && wanted.length < 10) return `said, and should not be: ${extra}`
  }
  return undefined
}

/** Without the number of mended samples: Prometheus doubles it at each step, and says 741204033260393084 where there were 23. */
function comparable(notes: readonly string[] = []): string[] {
  return notes.map((words) => words.replace(/over \d+ samples/, 'over samples'))
}

/** Of what is in a subquery Prometheus does not know the place, and names the query's beginning; of several places it names one. */
function sameNote(ours: string, theirs: string, anywhere: boolean): boolean {
  const place = / \(\d+:\d+\)$/
  const words = anywhere || theirs.endsWith(' (1:1)')
  return ours === theirs || (words && ours.replace(place, '') === theirs.replace(place, ''))
}
