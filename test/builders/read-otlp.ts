/** OTLP's JSON as tests look at it: spans, log records and points, each with the instance it is of. */

export interface KeyValue {
  readonly key: string
  readonly value: {
    readonly stringValue?: string
    readonly intValue?: string
    readonly doubleValue?: number
    readonly boolValue?: boolean
  }
}

export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly KeyValue[]
  readonly links?: readonly { readonly spanId: string }[]
  readonly status: { readonly code?: number }
}

interface OtlpLine {
  readonly timeUnixNano: string
  readonly traceId: string
  readonly spanId: string
}

/** A point of a histogram of either kind. */
interface OtlpPoint {
  readonly attributes: readonly KeyValue[]
  readonly count: string
  readonly bucketCounts?: readonly string[]
  readonly positive?: { readonly bucketCounts: readonly string[] }
  readonly exemplars?: readonly {
    readonly traceId: string
    readonly spanId: string
    readonly asDouble: number
    readonly timeUnixNano: string
  }[]
}

interface Points {
  readonly dataPoints: readonly OtlpPoint[]
}

interface Request {
  readonly resourceSpans: readonly (Resource & {
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[]
  })[]
  readonly resourceLogs: readonly (Resource & {
    readonly scopeLogs: readonly { readonly logRecords: readonly OtlpLine[] }[]
  })[]
  readonly resourceMetrics: readonly (Resource & {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string
        readonly histogram?: Points
        readonly exponentialHistogram?: Points
      }[]
    }[]
  })[]
}

interface Resource {
  readonly resource: { readonly attributes: readonly KeyValue[] }
}

/** The text or whole number under a key. */
export function valueOf(attributes: readonly KeyValue[], key: string): string | undefined {
  const value = attributes.find((one) => one.key === key)?.value
  return value?.stringValue ?? value?.intValue
}

function instanceOf({ resource }: Resource): string {
  return valueOf(resource.attributes, 'service.instance.id') ?? ''
}

export function readSpans(text: string) {
  return (JSON.parse(text) as Request).resourceSpans.flatMap((resource) =>
    resource.scopeSpans
      .flatMap(({ spans }) => spans)
      .map((span) => ({ instance: instanceOf(resource), resource: resource.resource.attributes, span })),
  )
}

export function readLines(text: string) {
  return (JSON.parse(text) as Request).resourceLogs.flatMap((resource) =>
    resource.scopeLogs
      .flatMap(({ logRecords }) => logRecords)
      .map((line) => ({ instance: instanceOf(resource), line })),
  )
}

/** The points of all histograms, classic and exponential. */
export function readHistograms(text: string) {
  return (JSON.parse(text) as Request).resourceMetrics.flatMap((resource) =>
    resource.scopeMetrics
      .flatMap(({ metrics }) => metrics)
      .flatMap(({ name, histogram, exponentialHistogram }) =>
        [...(histogram?.dataPoints ?? []), ...(exponentialHistogram?.dataPoints ?? [])].map((point) => ({
          instance: instanceOf(resource),
          name,
          point,
        })),
      ),
  )
}
