/** From a point, a cell or a stretch of a chart to the traces behind it: what its query tells of service, time, duration and failure. */
import type { Correction } from '#shared/api/contract'
import type { Labels } from '#shared/api/logs'
import { kindMeasured, kindOfLabels, kindOfSpanMetrics } from '#shared/correlate/measured-kind'
import { type LogFacts, serviceOfStream, usualFacts } from '#shared/correlate/log-facts'
import { lastPart } from '#shared/correlate/service-names'
import { serviceOfExpression, serviceOfLabels } from '#shared/correlate/service-panels'
import { type TraceQuestion, tracesOfRegion } from '#shared/correlate/trace-questions'
import { redFamilies, secondsIn } from '#shared/metrics/red'
import { childrenOf, metricsIn, selectorsIn, type Unit } from '#shared/metrics/unit'
import { readDuration } from '#shared/query/durations'
import { conditionsOf } from '#shared/query/logql/query'
import type { Expression, VectorSelector } from '#shared/query/promql/expression'
import type { Matcher } from '#shared/query/promql/matcher'
import type { SpanKindName } from '#shared/trace/table'

/** What a chart shows, as far as its query tells. */
export interface ChartMeaning {
  /** The one service that all of it is of; undefined where its series say, or nobody does. */
  readonly service: string | undefined
  /** The label of its series that names the service where that is none of the usual ones. */
  readonly label: string | undefined
  /** What a person said that services are called there. */
  readonly names: Readonly<Record<string, string>>
  /** How many seconds one of its values is; undefined where they are not how long requests took. */
  readonly seconds: number | undefined
  /** It counts failures. */
  readonly isErrors: boolean
  /** Each point tells of so much time before it. */
  readonly reachMs: number
  readonly offsetMs: number
  /** The histogram whose buckets its durations are guessed from; undefined where they are exact. */
  readonly histogram: string | undefined
  /** The kind of span it measures; undefined where that is not told, or they are of several. */
  readonly kind: SpanKindName | undefined
}

/** What is pointed at, milliseconds since 1970; `least` is a value of the chart, `labels` are those of its series. */
export interface ChartPlace {
  readonly startMs: number
  readonly endMs: number
  readonly least: number | undefined
  /** The highest that is meant, where it is bounded above. */
  readonly most?: number | undefined
  readonly labels: Labels
}

const failedValue = /(^|[|[(])(5(\.\.|xx|\d\d)|error|fail|fatal|critical|exception)|error\b|^5/i
const succeeded = /(^|\|)(0|ok|2\.\.|2xx|success)/i

function isFailing({ name, op, value }: Pick<Matcher, 'name' | 'op' | 'value'>): boolean {
  if (name === '__name__') return failedName.test(value)
  if (name === 'error' || name === 'failed')
    return (op === '=' && value === 'true') || (op === '!=' && value === '')
  if (name.endsWith('error_type') && op === '!=' && value === '') return true
  if (op === '!=' || op === '!~') return /code|status|outcome|result/.test(name) && succeeded.test(value)
  return /code|status|outcome|result|level|severity/.test(name) && failedValue.test(value)
}

/** Counters of failures are called so. */
const failedName = /(^|_)(errors?|failed|failures?|timeouts?|exceptions?)(_total)?(_count)?$/

const walk = (node: Expression): readonly Expression[] => [node, ...childrenOf(node).flatMap(walk)]

/** What a query of metrics means, by what was said of its source; undefined for `expression` where it cannot be read. */
export function meaningOfPromql(
  expression: Expression | undefined,
  unit: Unit,
  isHeatmap: boolean,
  said: Correction = {},
): ChartMeaning {
  if (expression === undefined) return { ...unknown, seconds: isHeatmap ? secondsOf(unit) : undefined }
  const nodes = walk(expression)
  const selectors = selectorsIn(expression)
  const metrics = metricsIn(expression)
  const isQuantile = nodes.some(
    (node) => node.kind === 'call' && /^histogram_(quantile|avg)$/.test(node.name),
  )
  const ofHistogram = isHeatmap || (isQuantile && (unit.kind === 'seconds' || unit.kind === 'none'))
  // A sum by a count is how long one took on average.
  const isAverage =
    unit.kind === 'seconds' && metrics.length > 0 && metrics.every((name) => /_(sum|count)$/.test(name))
  const [family] = redFamilies(metrics)
  const isGraph = metrics.length > 0 && metrics.every((name) => name.startsWith('traces_service_graph_'))
  // Of a service graph it is who answers.
  const label = isGraph ? 'server' : said.service
  return {
    service: namedBy(label, selectors) ?? serviceOfExpression(expression),
    label,
    names: said.names ?? {},
    seconds: ofHistogram
      ? family
        ? secondsIn(family)
        : secondsOf(unit)
      : isAverage
        ? secondsOf(unit)
        : undefined,
    isErrors:
      selectors.some(({ matchers }) => matchers.some(isFailing)) ||
      metrics.some((name) => failedName.test(name)),
    reachMs: Math.max(
      0,
      ...nodes.map((node) =>
        node.kind === 'matrix-selector' || node.kind === 'subquery' ? node.rangeMs : 0,
      ),
    ),
    offsetMs: selectors[0]?.offsetMs ?? 0,
    histogram: isQuantile && !isHeatmap ? metrics.find((name) => name.endsWith('_bucket')) : undefined,
    kind: kindOfAll(selectors),
  }
}

/** The kind that all of the metrics measure. */
function kindOfAll(selectors: readonly VectorSelector[]): SpanKindName | undefined {
  const kinds = selectors.map(
    ({ name, matchers }) =>
      kindMeasured(name || (matchers.find((one) => one.name === '__name__')?.value ?? '')) ??
      kindOfSpanMetrics(matchers),
  )
  return kinds.every((kind) => kind === kinds[0]) ? kinds[0] : undefined
}

/** The one value that all selectors ask of a label. */
function namedBy(label: string | undefined, selectors: readonly VectorSelector[]): string | undefined {
  if (label === undefined) return undefined
  const values = selectors.map(
    ({ matchers }) => matchers.find(({ name, op }) => name === label && op === '=')?.value,
  )
  return values.every((value) => value === values[0]) ? values[0] : undefined
}

const unknown: ChartMeaning = {
  service: undefined,
  label: undefined,
  names: {},
  seconds: undefined,
  isErrors: false,
  reachMs: 0,
  offsetMs: 0,
  histogram: undefined,
  kind: undefined,
}

const secondsOf = ({ kind, scale, perSecond }: Unit): number | undefined =>
  kind === 'seconds' && !perSecond ? scale : undefined

/** What a query that counts lines means. */
export function meaningOfLogql(
  query: string,
  facts: Pick<LogFacts, 'services' | 'names'> = usualFacts,
): ChartMeaning {
  const conditions = conditionsOf(query)
  const named = Object.fromEntries(
    conditions.filter(({ op }) => op === '=').map(({ name, value }) => [name, value]),
  )
  const ranges = [...query.matchAll(/\[(\w+)\]/g)].map(([, text]) => readDuration(text) ?? 0)
  return {
    ...unknown,
    service: serviceOfStream(named, facts),
    label: facts.services[0]?.label,
    names: facts.names ?? {},
    isErrors: conditions.some(
      ({ name, op, value }) => (op === '=' || op === '=~') && isFailing({ name, op, value }),
    ),
    reachMs: Math.max(0, ...ranges) / 1e6,
  }
}

/** The lower bound of the bucket a value was guessed within: the requests it tells of took at least that long, and may be faster than it. */
const bucketBelow = (value: number, bounds: readonly number[]): number =>
  bounds.length === 0 ? value : Math.max(0, ...bounds.filter((bound) => bound < value))

/** The traces behind a place in a chart whose points are `stepMs` apart; `bounds` are those of the buckets of its histogram. */
export function tracesAt(
  meaning: ChartMeaning,
  place: ChartPlace,
  stepMs: number,
  bounds: readonly number[],
): TraceQuestion {
  const { label, names, seconds, reachMs, offsetMs } = meaning
  const { labels } = place
  const called =
    (label === undefined ? undefined : labels[label]) ??
    serviceOfLabels(labels) ??
    serviceOfStream(labels, usualFacts) ??
    meaning.service ??
    ''
  const service =
    Object.keys(names).find((one) => lastPart(names[one]) === lastPart(called)) ?? lastPart(called)
  const least = place.least === undefined ? undefined : bucketBelow(place.least, bounds)
  const inSeconds = (value: number | undefined): number | undefined =>
    seconds !== undefined && value !== undefined ? value * seconds : undefined
  return tracesOfRegion(service, {
    startMs: place.startMs - offsetMs - Math.max(reachMs, stepMs),
    endMs: place.endMs - offsetMs + stepMs,
    leastSeconds: inSeconds(least),
    mostSeconds: inSeconds(place.most),
    kind: kindOfLabels(labels) ?? meaning.kind,
    isErrors: meaning.isErrors,
  })
}
