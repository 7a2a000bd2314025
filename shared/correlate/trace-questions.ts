/** From a place in a metric, a span or an alert to the traces that belong to it. */
import type { Labels } from '#shared/api/logs'
import { serviceOfLabels } from '#shared/correlate/service-panels'
import type { SpanKindName } from '#shared/trace/table'

/** Which traces are looked for; milliseconds since 1970. */
export interface TraceQuestion {
  readonly service: string
  readonly operation: string
  readonly minDurationNs: number | undefined
  readonly maxDurationNs: number | undefined
  /** Of which kind the span is that all of this is said of; undefined for any. */
  readonly kind: SpanKindName | undefined
  readonly errorsOnly: boolean
  readonly startMs: number
  readonly endMs: number
}

/** A stretch of a chart. */
interface Region {
  readonly startMs: number
  readonly endMs: number
  /** The lowest value of the region, where values are durations. */
  readonly leastSeconds: number | undefined
  /** The highest, where it is bounded above. */
  readonly mostSeconds?: number | undefined
  /** The kind of span that the chart measures, where that is known: jobs of minutes are no slow requests. */
  readonly kind?: SpanKindName | undefined
  /** The chart counts failures. */
  readonly isErrors: boolean
}

/** A scrape may come a minute after the request it counts. */
const scrapeMs = 60_000
const peersMs = 600_000

/** Traces of a service that lie in a region of a chart of it: then, at least that slow, or failed. */
export const tracesOfRegion = (service: string, region: Region): TraceQuestion => ({
  service,
  operation: '',
  minDurationNs:
    region.leastSeconds !== undefined && region.leastSeconds > 0
      ? Math.floor(region.leastSeconds * 1e9)
      : undefined,
  maxDurationNs: region.mostSeconds === undefined ? undefined : Math.ceil(region.mostSeconds * 1e9),
  kind: region.kind,
  errorsOnly: region.isErrors,
  startMs: region.startMs - scrapeMs,
  endMs: region.endMs,
})

/** Traces with the same operation around a span's time, whatever they took: what is usual, what is slow, what failed. */
export const tracesLikeSpan = (span: {
  readonly service: string
  readonly operation: string
  readonly startMs: number
  readonly endMs: number
}): TraceQuestion => ({
  service: span.service,
  operation: span.operation,
  minDurationNs: undefined,
  maxDurationNs: undefined,
  kind: undefined,
  errorsOnly: false,
  startMs: span.startMs - peersMs,
  endMs: span.endMs + peersMs,
})

/** An alert is late: what it fires for began before it was active. */
const beforeAlertMs = 300_000

/** What an alert is about: its service and since when. `asked`: the service its rule asks about; undefined where neither that nor its labels name one. */
export function subjectOfAlert(
  labels: Labels,
  activeMs: number,
  nowMs: number,
  asked: string | undefined,
): { readonly service: string; readonly startMs: number; readonly endMs: number } | undefined {
  const service = serviceOfLabels(labels) ?? asked
  return service === undefined
    ? undefined
    : { service, startMs: activeMs - beforeAlertMs, endMs: Math.max(activeMs, nowMs) }
}

/** A service is looked at so long before and after what names it. */
const namedMs = 300_000

/** The stretch of time around a span or a line in which its service is looked at. */
export const aroundPlace = (place: {
  readonly startMs: number
  readonly endMs: number
}): { readonly startMs: number; readonly endMs: number } => ({
  startMs: place.startMs - namedMs,
  endMs: place.endMs + namedMs,
})
