/** Answers of Prometheus and what speaks its API, checked and brought into the shape of the contract. */
import * as z from 'zod/mini'
import type {
  AlertState,
  ExemplarSeries,
  MetricAnswer,
  MetricMetadata,
  MetricRule,
  TsdbStatus,
} from '#shared/api/metrics'
import { metricAnswer, readValue } from './metric-answer.ts'
import { texts } from './shapes.ts'

const success = z.literal('success')
const labels = z.record(z.string(), z.string())
const said = { warnings: z.optional(texts), infos: z.optional(texts) }

/** Time in seconds and a value as text. Checked by hand: zod would take a second for a million of them. */
type TextSample = readonly [number, string]

const isTextSample = (sample: unknown): sample is TextSample =>
  Array.isArray(sample) &&
  sample.length === 2 &&
  typeof sample[0] === 'number' &&
  typeof sample[1] === 'string'

const textSample = z.custom<TextSample>(isTextSample, { error: 'a sample is not a time and a value' })
const textSamples = z.custom<readonly TextSample[]>(
  (list) => Array.isArray(list) && list.every(isTextSample),
  { error: 'samples are not times and values' },
)

const histogramBody = z.object({
  count: z.string(),
  sum: z.string(),
  buckets: z.optional(z.array(z.tuple([z.number(), z.string(), z.string(), z.string()]))),
})
const histogramSample = z.tuple([z.number(), histogramBody])

const stats = z.optional(
  z.looseObject({
    timings: z.optional(z.looseObject({ evalTotalTime: z.optional(z.number()) })),
    samples: z.optional(z.looseObject({ totalQueryableSamples: z.optional(z.number()) })),
  }),
)

const matrix = z.object({
  resultType: z.literal('matrix'),
  result: z.array(
    z.object({
      metric: labels,
      values: z.optional(textSamples),
      histograms: z.optional(z.array(histogramSample)),
    }),
  ),
  stats,
})
const vector = z.object({
  resultType: z.literal('vector'),
  result: z.array(
    z.object({ metric: labels, value: z.optional(textSample), histogram: z.optional(histogramSample) }),
  ),
  stats,
})
const scalar = z.object({ resultType: z.literal('scalar'), result: textSample, stats })
const string = z.object({ resultType: z.literal('string'), result: textSample, stats })

/** Of `query` and `query_range`. */
export const queryShape = z.object({
  status: success,
  data: z.discriminatedUnion('resultType', [matrix, vector, scalar, string]),
  ...said,
})

/** An answer as the contract has it. */
export function readAnswer({ data, warnings, infos }: z.infer<typeof queryShape>): MetricAnswer {
  return metricAnswer(
    { data, warnings, infos },
    {
      evaluationTime: data.stats?.timings?.evalTotalTime,
      samples: data.stats?.samples?.totalQueryableSamples,
    },
  )
}

/** Of `query_exemplars`. */
export const exemplarsShape = z.object({
  status: success,
  data: z.nullish(
    z.array(
      z.object({
        seriesLabels: labels,
        exemplars: z.array(
          z.object({
            labels: z.nullish(labels),
            value: z.union([z.string(), z.number()]),
            timestamp: z.number(),
          }),
        ),
      }),
    ),
  ),
})

/** Exemplars as the contract has them; one whose value is no number cannot be placed and is left out. */
export function readExemplars({ data }: z.infer<typeof exemplarsShape>): readonly ExemplarSeries[] {
  return (data ?? []).map(({ seriesLabels, exemplars }) => ({
    labels: seriesLabels,
    exemplars: exemplars
      .map(({ labels, value, timestamp }) => ({
        labels: labels ?? {},
        value: Number(value),
        time: timestamp,
      }))
      .filter(({ value }) => Number.isFinite(value)),
  }))
}

/** Of `labels` and `label/…/values`. */
export const namesShape = z.object({ status: success, data: z.optional(texts), ...said })

/** Of `series`. */
export const seriesShape = z.object({ status: success, data: z.nullish(z.array(labels)) })

/** Of `metadata`. */
export const metadataShape = z.object({
  status: success,
  data: z.nullish(
    z.record(
      z.string(),
      z.array(
        z.object({
          type: z.optional(z.string()),
          help: z.optional(z.string()),
          unit: z.optional(z.string()),
        }),
      ),
    ),
  ),
})

/** Targets may differ in what they say of a metric: the first one's word is taken. */
export function readMetadata({ data }: z.infer<typeof metadataShape>): readonly MetricMetadata[] {
  return Object.entries(data ?? {}).map(([name, [first]]) => ({
    name,
    type: first?.type ?? 'unknown',
    help: first?.help ?? '',
    unit: first?.unit ?? '',
  }))
}

const alertShape = z.looseObject({
  labels: z.optional(labels),
  annotations: z.optional(labels),
  state: z.optional(z.string()),
  activeAt: z.nullish(z.string()),
  value: z.optional(z.string()),
})

/** Of `rules`. */
export const rulesShape = z.object({
  status: success,
  data: z.object({
    groups: z.nullish(
      z.array(
        z.looseObject({
          name: z.string(),
          rules: z.array(
            z.looseObject({
              type: z.string(),
              name: z.string(),
              query: z.string(),
              duration: z.optional(z.number()),
              labels: z.optional(labels),
              annotations: z.optional(labels),
              state: z.optional(z.string()),
              alerts: z.nullish(z.array(alertShape)),
              lastError: z.optional(z.string()),
            }),
          ),
        }),
      ),
    ),
  }),
})

const stateOf = (text: string | undefined): AlertState =>
  text === 'firing' || text === 'pending' || text === 'inactive' ? text : 'unknown'

function readTime(text: string | null | undefined): number | undefined {
  const ms = Date.parse(text ?? '')
  // Go's zero time is the year 1.
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}

/** Rules as the contract has them, in the server's order. */
export function readRules({ data }: z.infer<typeof rulesShape>): readonly MetricRule[] {
  return (data.groups ?? []).flatMap((group) =>
    group.rules.map((rule) => ({
      kind: rule.type === 'recording' ? ('recording' as const) : ('alerting' as const),
      name: rule.name,
      group: group.name,
      query: rule.query,
      holdSeconds: rule.duration ?? 0,
      labels: rule.labels ?? {},
      annotations: rule.annotations ?? {},
      state: stateOf(rule.state),
      alerts: (rule.alerts ?? []).map((alert) => ({
        labels: alert.labels ?? {},
        annotations: alert.annotations ?? {},
        state: stateOf(alert.state),
        sinceMs: readTime(alert.activeAt),
        value: alert.value === undefined ? undefined : readValue(alert.value),
      })),
      problem: rule.lastError === undefined || rule.lastError === '' ? undefined : rule.lastError,
    })),
  )
}

const counts = z.nullish(z.array(z.object({ name: z.string(), value: z.number() })))

/** Of `status/tsdb`. */
export const tsdbShape = z.object({
  status: success,
  data: z.object({
    headStats: z.object({ numSeries: z.number(), minTime: z.number(), maxTime: z.number() }),
    seriesCountByMetricName: counts,
    labelValueCountByLabelName: counts,
    memoryInBytesByLabelName: counts,
    seriesCountByLabelValuePair: counts,
  }),
})

/** What the store holds as the contract has it. */
export function readTsdb({ data }: z.infer<typeof tsdbShape>): TsdbStatus {
  return {
    series: data.headStats.numSeries,
    startMs: data.headStats.minTime,
    endMs: data.headStats.maxTime,
    seriesByMetric: data.seriesCountByMetricName ?? [],
    valuesByLabel: data.labelValueCountByLabelName ?? [],
    bytesByLabel: data.memoryInBytesByLabelName ?? [],
    seriesByPair: data.seriesCountByLabelValuePair ?? [],
  }
}
