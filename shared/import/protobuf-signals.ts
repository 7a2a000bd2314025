/** OTLP's logs and metrics in protobuf, as the JSON that OTLP prescribes for them. Formats: opentelemetry-proto logs/v1, metrics/v1. */
import { detect, HEAD_BYTES } from './detect.ts'
import { malformed, needMore } from './json-scanner.ts'
import type { JsonObject } from './json-value.ts'
import {
  keyValue,
  anyValue,
  type MessageType,
  messageToJson,
  resourceMessage,
  scopeMessage,
} from './protobuf-json.ts'
import { ProtobufScanner, Wire } from './protobuf-scanner.ts'

const attributes: MessageType['fields'][number] = ['attributes', { list: keyValue }]

const logRecord: MessageType = {
  fields: {
    1: ['timeUnixNano', 'fixed64'],
    2: ['severityNumber', 'uint32'],
    3: ['severityText', 'string'],
    5: ['body', anyValue],
    6: attributes,
    7: ['droppedAttributesCount', 'uint32'],
    8: ['flags', 'fixed32'],
    9: ['traceId', 'hex'],
    10: ['spanId', 'hex'],
    11: ['observedTimeUnixNano', 'fixed64'],
    12: ['eventName', 'string'],
  },
}

const resourceLogs: MessageType = {
  fields: {
    1: ['resource', resourceMessage],
    2: [
      'scopeLogs',
      { list: { fields: { 1: ['scope', scopeMessage], 2: ['logRecords', { list: logRecord }] } } },
    ],
  },
}

const exemplars: MessageType['fields'][number] = [
  'exemplars',
  {
    list: {
      fields: {
        2: ['timeUnixNano', 'fixed64'],
        3: ['asDouble', 'double'],
        4: ['spanId', 'hex'],
        5: ['traceId', 'hex'],
        6: ['asInt', 'sfixed64'],
        7: ['filteredAttributes', { list: keyValue }],
      },
    },
  },
]

const times: MessageType['fields'] = {
  2: ['startTimeUnixNano', 'fixed64'],
  3: ['timeUnixNano', 'fixed64'],
}

const numberPoint: MessageType = {
  fields: {
    ...times,
    4: ['asDouble', 'double'],
    5: exemplars,
    6: ['asInt', 'sfixed64'],
    7: attributes,
    8: ['flags', 'uint32'],
  },
}

const histogramPoint: MessageType = {
  fields: {
    ...times,
    4: ['count', 'fixed64'],
    5: ['sum', 'double'],
    6: ['bucketCounts', { packed: 'fixed64' }],
    7: ['explicitBounds', { packed: 'double' }],
    8: exemplars,
    9: attributes,
    10: ['flags', 'uint32'],
  },
}

const buckets: MessageType = {
  fields: { 1: ['offset', 'sint32'], 2: ['bucketCounts', { packed: 'uint64' }] },
}

const exponentialPoint: MessageType = {
  fields: {
    1: attributes,
    ...times,
    4: ['count', 'fixed64'],
    5: ['sum', 'double'],
    6: ['scale', 'sint32'],
    7: ['zeroCount', 'fixed64'],
    8: ['positive', buckets],
    9: ['negative', buckets],
    10: ['flags', 'uint32'],
    11: exemplars,
    14: ['zeroThreshold', 'double'],
  },
}

const summaryPoint: MessageType = {
  fields: {
    ...times,
    4: ['count', 'fixed64'],
    5: ['sum', 'double'],
    6: ['quantileValues', { list: { fields: { 1: ['quantile', 'double'], 2: ['value', 'double'] } } }],
    7: attributes,
    8: ['flags', 'uint32'],
  },
}

const pointsOf = (point: MessageType): MessageType => ({
  fields: {
    1: ['dataPoints', { list: point }],
    2: ['aggregationTemporality', 'uint32'],
    3: ['isMonotonic', 'bool'],
  },
})

const metric: MessageType = {
  fields: {
    1: ['name', 'string'],
    2: ['description', 'string'],
    3: ['unit', 'string'],
    5: ['gauge', pointsOf(numberPoint)],
    7: ['sum', pointsOf(numberPoint)],
    9: ['histogram', pointsOf(histogramPoint)],
    10: ['exponentialHistogram', pointsOf(exponentialPoint)],
    11: ['summary', pointsOf(summaryPoint)],
  },
}

const resourceMetrics: MessageType = {
  fields: {
    1: ['resource', resourceMessage],
    2: [
      'scopeMetrics',
      { list: { fields: { 1: ['scope', scopeMessage], 2: ['metrics', { list: metric }] } } },
    ],
  },
}

export type Signal = 'spans' | 'logs' | 'metrics'

/**
 * What a record of a scope is, in [start, end). The messages of the three signals are nested alike, and differ in how the fields of their
 * records are written: a span's times are fields 7 and 8, a line's 1 and 11, and a metric has a message of points.
 */
export function signalOf(bytes: Uint8Array, start: number, end: number): Signal {
  const scanner = new ProtobufScanner()
  scanner.reset(bytes, start, end, 0)
  let isNamed = false
  let hasPoints = false
  try {
    while (scanner.pos < end) {
      const field = scanner.readTag()
      const { wire } = scanner
      if (wire === Wire.fixed64) {
        if (field === 7 || field === 8) return 'spans'
        if (field === 1 || field === 11) return 'logs'
      }
      if (field === 2 && wire === Wire.varint) return 'logs'
      // Of a span it is the kind.
      if (field === 6 && wire === Wire.varint) return 'spans'
      scanner.skipValue()
      if (wire !== Wire.bytes) continue
      if (field === 1) isNamed = isText(bytes, scanner.valueStart, scanner.valueEnd)
      else if (pointFields.has(field)) hasPoints = true
    }
  } catch (thrown) {
    if (thrown !== malformed && thrown !== needMore) throw thrown
    return 'spans'
  }
  return isNamed && hasPoints ? 'metrics' : 'spans'
}

/** The name of a metric; of a span there is its trace's id instead. */
const isText = (bytes: Uint8Array, start: number, end: number): boolean =>
  bytes.subarray(start, end).every((byte) => byte >= 0x20)

const pointFields: ReadonlySet<number> = new Set([5, 7, 9, 10, 11])

/** Whether a document that begins so is OTLP in protobuf. */
export const isOtlpProtobuf = (head: Uint8Array): boolean =>
  detect(head.subarray(0, HEAD_BYTES)).kind === 'protobuf'

/**
 * The logs and metrics of a document, each resource as an object of OTLP's JSON (`{"resourceLogs":[…]}`); spans are passed over. One that
 * breaks off is read as far as it goes; `onBroken` is told at which byte.
 */
export function* otlpSignals(bytes: Uint8Array, onBroken?: (at: number) => void): Generator<JsonObject> {
  const detected = detect(bytes.subarray(0, HEAD_BYTES))
  if (detected.kind !== 'protobuf') return
  for (const [start, end] of messagesIn(bytes, detected.wraps === 'lengths'))
    for (const [from, to] of fieldsOf(bytes, start, end, 1, onBroken)) {
      const signal = signalOfResource(bytes, from, to)
      if (signal === 'logs') yield { resourceLogs: [messageToJson(bytes, from, to, resourceLogs, onBroken)] }
      if (signal === 'metrics')
        yield { resourceMetrics: [messageToJson(bytes, from, to, resourceMetrics, onBroken)] }
    }
}

/** By its first record; undefined where there is none. */
function signalOfResource(bytes: Uint8Array, start: number, end: number): Signal | undefined {
  for (const [from, to] of fieldsOf(bytes, start, end, 2))
    for (const [record, recordEnd] of fieldsOf(bytes, from, to, 2)) return signalOf(bytes, record, recordEnd)
  return undefined
}

type Range = readonly [start: number, end: number]

function* messagesIn(bytes: Uint8Array, areBehindLengths: boolean): Generator<Range> {
  if (!areBehindLengths) {
    yield [0, bytes.length]
    return
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at + 4 <= bytes.length;) {
    const start = at + 4
    at = Math.min(bytes.length, start + view.getUint32(at))
    yield [start, at]
  }
}

/** Where the messages of a field lie; what comes after a broken one is left out. */
function* fieldsOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  field: number,
  onBroken?: (at: number) => void,
): Generator<Range> {
  const scanner = new ProtobufScanner()
  scanner.reset(bytes, start, end, 0)
  let fieldAt = start
  try {
    while (scanner.pos < end) {
      fieldAt = scanner.pos
      const found = scanner.readTag()
      scanner.skipValue()
      if (found === field && scanner.wire === Wire.bytes) yield [scanner.valueStart, scanner.valueEnd]
    }
  } catch (thrown) {
    if (thrown !== malformed && thrown !== needMore) throw thrown
    onBroken?.(fieldAt)
  }
}
