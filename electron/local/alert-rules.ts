/** What the demo shop is alarmed about, evaluated over its metrics as a Prometheus does it: each rule every fifteen seconds. */
import type { Alert, MetricLabels, MetricRule } from '#shared/api/metrics'
import { durationText } from '#shared/base/duration-text'
import type { BreathOptions } from '#shared/query/breath'
import { evaluateRange } from '#shared/query/promql/evaluate'
import type { SeriesStore } from '#shared/query/promql/series-store'
import type { TimeWindow } from '../backends/backend.ts'

interface Rule {
  readonly name: string
  readonly query: string
  readonly holdSeconds: number
  /** What is wrong, and what was to be. */
  readonly summary: (value: number, labels: MetricLabels) => string
}

const requests = 'http_server_request_duration_seconds_count'
const percent = (part: number): string => `${(part * 100).toFixed(1)} %`

/** On a good day a checkout takes up to 0.21 s, and a search up to 0.8. */
function slowRule(name: string, route: string, limitSeconds: number): Rule {
  const selector = `{job="edge-gateway", http_route="${route}"}`
  const limit = durationText(limitSeconds * 1e9)
  return {
    name,
    query: `histogram_quantile(0.95, sum by (le) (rate(http_server_request_duration_seconds_bucket${selector}[5m]))) > ${limitSeconds}`,
    holdSeconds: 120,
    summary: (seconds) => `p95 of ${route} is ${durationText(seconds * 1e9)}, over ${limit}`,
  }
}

const alertRules: readonly Rule[] = [
  slowRule('CheckoutSlow', '/api/checkout', 0.22),
  slowRule('SearchSlow', '/api/search', 1),
  {
    name: 'RequestsFail',
    query: `sum by (job) (rate(${requests}{http_response_status_code=~"5.."}[5m])) / sum by (job) (rate(${requests}[5m])) > 0.01`,
    holdSeconds: 120,
    summary: (part, { job }) => `${percent(part)} of the requests to ${job} fail, over 1 %`,
  },
  {
    name: 'ConnectionsWaitedForInVain',
    query: 'sum by (job) (rate(db_client_connection_timeouts_total[5m])) > 0.01',
    holdSeconds: 60,
    summary: (rate, { job }) =>
      `${job} gives up waiting for a connection ${(rate * 60).toFixed(1)} times a minute, over 0.6`,
  },
  {
    name: 'ConsumerBehind',
    query: 'sum by (job, messaging_destination_name) (kafka_consumer_records_lag) > 100',
    holdSeconds: 300,
    summary: (count, { job, messaging_destination_name }) =>
      `${job} is ${Math.round(count)} messages of ${messaging_destination_name} behind, over 100`,
  },
]

const intervalMs = 15_000

/** The rules as they are at the end of a window, with all that has happened in it. */
export async function evaluateRules(
  store: SeriesStore,
  window: TimeWindow,
  options: BreathOptions = {},
): Promise<readonly MetricRule[]> {
  const rules: MetricRule[] = []
  for (const rule of alertRules) {
    // oxlint-disable-next-line no-await-in-loop -- one thread answers them all
    const alerts = await alertsOf(rule, store, window, options)
    const { name, query, holdSeconds } = rule
    const isFiring = alerts.some(({ state }) => state === 'firing')
    const state = isFiring ? 'firing' : alerts.length > 0 ? 'pending' : 'inactive'
    rules.push({
      kind: 'alerting',
      name,
      group: 'shop',
      query,
      holdSeconds,
      labels: {},
      annotations: {},
      state,
      alerts,
      problem: undefined,
    })
  }
  return rules
}

async function alertsOf(
  { name, query, holdSeconds, summary }: Rule,
  store: SeriesStore,
  { startMs, endMs }: TimeWindow,
  options: BreathOptions,
): Promise<readonly Alert[]> {
  const steps = Math.floor((endMs - startMs) / intervalMs)
  const range = { startMs: endMs - steps * intervalMs, endMs, stepMs: intervalMs }
  const { data } = await evaluateRange(query, store, range, options)
  if (data.resultType !== 'matrix') return []
  return data.result.flatMap(({ metric, values = [] }): Alert[] => {
    // Since when it holds without a break; not at all where it does not now.
    let since = values.length
    while (since > 0 && values[since - 1][0] === (endMs - (values.length - since) * intervalMs) / 1000)
      since--
    if (since === values.length) return []
    const sinceMs = values[since][0] * 1000
    const value = Number(values[values.length - 1][1])
    return [
      {
        labels: { ...metric, alertname: name },
        annotations: { summary: summary(value, metric) },
        state: endMs - sinceMs >= holdSeconds * 1000 ? 'firing' : 'pending',
        sinceMs,
        value,
      },
    ]
  })
}
