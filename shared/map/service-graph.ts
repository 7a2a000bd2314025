/**
 * Metrics of a service graph, as Tempo's metrics generator and the Collector's connector write them, and what to ask of them.
 * https://grafana.com/docs/tempo/latest/metrics-from-traces/service_graphs/
 */
import type { MetricSeries } from '#shared/api/metrics'
import { numberOf } from '#shared/metrics/frame'
import type { RedFamily } from '#shared/metrics/red'
import { type CallFigures, edgeId, moreSpecial, type NodeKind, sumOf, type ToldCall } from '#shared/map/graph'

/** The names one writer uses. */
interface Names {
  readonly total: string
  readonly failed: string
  /** A histogram of what the caller waited, seconds; without `_bucket`. */
  readonly duration: string
  readonly isNative: boolean
}

/** Selects all metrics that a service graph may be made of. */
export const graphMetrics = '{__name__=~"traces_service_graph_.+"}'

const total = 'traces_service_graph_request_total'

/** The service graph among the metrics of a server; undefined where there is none. */
export function serviceGraphIn(metrics: readonly string[]): Names | undefined {
  const all = new Set(metrics)
  if (!all.has(total)) return undefined
  // The Collector writes `…_client_seconds` and, in older versions, `…_client`. Of the callee's side there is the same.
  const durations = ['client_seconds', 'server_seconds', 'client', 'server'].map(
    (side) => `traces_service_graph_request_${side}`,
  )
  const duration = durations.find((name) => all.has(`${name}_bucket`) || all.has(name)) ?? durations[0]
  return {
    total,
    failed: 'traces_service_graph_request_failed_total',
    duration,
    isNative: !all.has(`${duration}_bucket`),
  }
}

export const quantiles = [0.5, 0.95, 0.99] as const

/** The same metrics as the histogram that measures its calls (red.ts). */
export const familyOfGraph = ({ duration, failed, isNative }: Names): RedFamily => ({
  metric: duration,
  isNative,
  served: '',
  failed: undefined,
  failures: failed,
  services: ['server'],
  operation: [],
  between: ' ',
})

/** What is asked of a service graph: instant queries at the window's end. `range` is the window, such as `3600s`. */
export function serviceGraphQueries(names: Names, range: string) {
  const by = 'client, server, connection_type'
  const [bucket, le] = names.isNative ? ['', ''] : ['_bucket', ', le']
  return {
    rate: `sum by (${by}) (rate(${names.total}[${range}]))`,
    failed: `sum by (client, server) (rate(${names.failed}[${range}]))`,
    quantiles: quantiles.map(
      (q) =>
        `histogram_quantile(${q}, sum by (client, server${le}) (rate(${names.duration}${bucket}[${range}])))`,
    ),
    /** The same of all calls a service answers. */
    answered: quantiles.map(
      (q) => `histogram_quantile(${q}, sum by (server${le}) (rate(${names.duration}${bucket}[${range}])))`,
    ),
  }
}

/** `user` is what Tempo calls a caller that sent no span. */
const isOutside = (name: string): boolean => name === 'user' || name === 'unknown'

/**
 * Of the called one. Of a pair with a virtual node it is that which sent no span: the callee, unless that is the caller. A pair of type
 * `messaging_system` is the service that sent a message and the one that took it; the queue between them is not named.
 */
const kindOf = ({ client = '', connection_type: connection }: MetricSeries['labels']): NodeKind =>
  connection === 'database'
    ? 'database'
    : connection === 'virtual_node' && !isOutside(client)
      ? 'outside'
      : 'service'

type Answer = readonly MetricSeries[]

const valueOf = ({ values }: MetricSeries): number | undefined => {
  const last = values.at(-1)
  const number = last === undefined ? Number.NaN : numberOf(last)
  return Number.isFinite(number) ? number : undefined
}

const pairOf = ({ labels }: MetricSeries): string => edgeId(labels['client'] ?? '', labels['server'] ?? '')

/** The calls in the answers to `serviceGraphQueries`, each pair once. Pairs without a call in the window are left out. */
export function callsOfServiceGraph(answers: {
  readonly rate: Answer
  readonly failed: Answer
  readonly quantiles: readonly Answer[]
}): readonly ToldCall[] {
  const byPair = (series: Answer) => new Map(series.map((one) => [pairOf(one), valueOf(one)]))
  const failed = byPair(answers.failed)
  const [p50, p95, p99] = answers.quantiles.map((one) => byPair(one))
  // A pair has several types where some of its calls were answered by a span that came too late: failures and quantiles are of all of them.
  return [...Map.groupBy(answers.rate, pairOf)].flatMap(([pair, series]) => {
    const called = series.filter((one) => (valueOf(one) ?? 0) > 0)
    const { client: parent = '', server: child = '' } = series[0].labels
    if (called.length === 0 || parent === '' || child === '') return []
    const rate = called.reduce((sum, one) => sum + (valueOf(one) ?? 0), 0)
    return [
      {
        parent,
        child,
        parentKind: isOutside(parent) ? ('outside' as const) : ('service' as const),
        childKind: called.map(({ labels }) => kindOf(labels)).reduce(moreSpecial),
        figures: {
          rate,
          calls: undefined,
          // A counter that never counted is not there; each is extrapolated by itself, and may come out above the other.
          errors: Math.min(1, (failed.get(pair) ?? 0) / rate),
          p50: p50.get(pair),
          p95: p95.get(pair),
          p99: p99.get(pair),
        },
      },
    ]
  })
}

/** What each service answers, in all: the sum of its calls, with the quantiles of `serviceGraphQueries().answered`. */
export function answeredOf(
  calls: readonly ToldCall[],
  answers: readonly Answer[],
): ReadonlyMap<string, CallFigures> {
  const byServer = (series: Answer) =>
    new Map(series.map((one) => [one.labels['server'] ?? '', valueOf(one)]))
  const [p50, p95, p99] = answers.map((one) => byServer(one))
  return new Map(
    [...Map.groupBy(calls, ({ child }) => child)].map(([server, all]) => [
      server,
      {
        ...sumOf(all.map(({ figures }) => figures)),
        p50: p50.get(server),
        p95: p95.get(server),
        p99: p99.get(server),
      },
    ]),
  )
}
