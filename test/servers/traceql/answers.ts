/** Answers of Clew and of Tempo in one form. */
import type { TraceqlQuery } from '#shared/query/traceql/expression'
import { evaluateMetrics, type MetricsRange } from '#shared/query/traceql/metrics'
import { searchTraces, selectedValues } from '#shared/query/traceql/search'
import type { TraceSpans } from '#shared/query/traceql/traces'
import { type Value, valueText } from '#shared/query/traceql/value'
import type { OtlpValue } from '../../builders/otlp-trace-spans.ts'

/** By trace, its groups of spans: how many, what they have in common, and their ids with what was selected. */
type FoundSpans = Readonly<Record<string, readonly string[]>>

/** By labels and time. */
export type Points = Readonly<Record<string, number>>

export async function ourSpans(query: TraceqlQuery, traces: readonly TraceSpans[]): Promise<FoundSpans> {
  const found: Record<string, readonly string[]> = {}
  const selected = selectedValues(query)
  for await (const { trace, spansets } of searchTraces(query, traces))
    found[trace.traceId] = spansets
      .map(({ spans, attributes }) =>
        JSON.stringify([
          spans.length,
          attributes.map(([, value]) => ourText(value)),
          spans
            .map((span) => [trace.spanId(span), ...selected(trace, span).map(([, value]) => ourText(value))])
            .sort(byFirst),
        ]),
      )
      .sort()
  return found
}

export interface TempoSearch {
  readonly traces?: readonly {
    readonly traceID: string
    readonly spanSets?: readonly {
      readonly matched?: number
      readonly attributes?: readonly TempoAttribute[]
      readonly spans: readonly {
        readonly spanID: string
        readonly name?: string
        readonly attributes?: readonly TempoAttribute[]
      }[]
    }[]
  }[]
}

interface TempoAttribute {
  readonly key: string
  readonly value: OtlpValue
}

/** Tempo sends more attributes than were selected, and calls each by its bare name. */
export function theirSpans({ traces = [] }: TempoSearch, selected: readonly string[]): FoundSpans {
  return Object.fromEntries(
    traces.map(({ traceID, spanSets = [] }) => [
      traceID.replace(/^0+/u, ''),
      spanSets
        .map(({ matched = 0, attributes = [], spans }) =>
          JSON.stringify([
            matched,
            attributes.map(({ value }) => theirText(value)),
            spans
              .map(({ spanID, name, attributes: own = [] }) => [
                spanID,
                ...selected.map((wanted) =>
                  wanted === 'name' ? name : theirText(own.find(({ key }) => key === wanted)?.value),
                ),
              ])
              .sort(byFirst),
          ]),
        )
        .sort(),
    ]),
  )
}

function byFirst([one]: readonly unknown[], [other]: readonly unknown[]): number {
  return String(one) < String(other) ? -1 : 1
}

export async function ourPoints(
  query: TraceqlQuery,
  store: { readonly traces: readonly TraceSpans[]; readonly epochNs: bigint },
  range: MetricsRange,
): Promise<Points> {
  const series = await evaluateMetrics(query, store, range)
  return Object.fromEntries(
    series.flatMap(({ labels, samples }) =>
      samples.map(([timeMs, value]) => [
        pointName(
          labels.map(([name, label]) => [name, ourText(label)]),
          timeMs,
        ),
        value,
      ]),
    ),
  )
}

export interface TempoSeries {
  readonly series?: readonly {
    readonly labels?: readonly TempoAttribute[]
    readonly samples?: readonly { readonly timestampMs: string; readonly value?: number }[]
  }[]
}

export function theirPoints({ series = [] }: TempoSeries): Points {
  return Object.fromEntries(
    series.flatMap(({ labels = [], samples = [] }) =>
      samples.map(({ timestampMs, value = 0 }) => [
        pointName(
          labels.map(({ key, value: label }) => [key, theirText(label)]),
          Number(timestampMs),
        ),
        value,
      ]),
    ),
  )
}

/** Where two answers differ, in words; undefined where they agree to nine digits. */
export function difference(ours: Points, theirs: Points): string | undefined {
  for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const [our, their] = [ours[name], theirs[name]]
    const isSame = our === their || Math.abs(our - their) <= 1e-9 * Math.max(Math.abs(our), Math.abs(their))
    if (!isSame) return `${our} at ${name}, where ${their} should be`
  }
  return undefined
}

function pointName(labels: readonly (readonly [name: string, value: string])[], timeMs: number): string {
  return JSON.stringify([...labels.toSorted(byFirst), timeMs])
}

function ourText(value: Value | undefined): string {
  return value?.type === 'float' ? numberText(value.value) : valueText(value)
}

function theirText(value: OtlpValue | undefined): string {
  const { stringValue, intValue, doubleValue, boolValue, arrayValue } = value ?? {}
  if (arrayValue !== undefined)
    return `[${arrayValue.values.map((item) => `"${theirText(item)}"`).join(', ')}]`
  if (doubleValue !== undefined) return numberText(doubleValue)
  return stringValue ?? intValue ?? (boolValue === undefined ? 'nil' : String(boolValue))
}

/** Averages come from sums in another order. */
function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(10)))
}
