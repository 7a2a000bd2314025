/** The trace a line belongs to, wherever it is written. */
import type { Labels } from '#shared/api/logs'
import { extraOf, labelsOf, type LogLine, textOf } from '#shared/logs/batch'

/** Where a line leads. */
export interface LineTrace {
  /** 32 lower-case hex digits. */
  readonly traceId: string
  /** 16 lower-case hex digits, where the line names its span too. */
  readonly spanId: string | undefined
  /** Which words it was found in: `trace_id in metadata`. */
  readonly where: string
  /** The label or metadata that says so, as it is written, and the one that names its span; undefined for an id in the text, or one the query has read out of it. */
  readonly beside:
    | { readonly name: string; readonly value: string; readonly span: string | undefined }
    | undefined
}

const traceNames = [
  'trace_id',
  'traceid',
  'traceId',
  'traceID',
  'TraceId',
  'otelTraceID',
  'trace',
  'dd_trace_id',
]
const spanNames = ['span_id', 'spanid', 'spanId', 'spanID', 'SpanId', 'otelSpanID', 'span']

/** So much of a line is looked at. */
const looked = 4_000
const id = (words: string, digits: string): RegExp =>
  new RegExp(`(?:${words})["']?\\s*[=:]\\s*["'\\\\]*(?:0x)?([0-9a-f]{${digits}})(?![0-9a-f])`, 'i')
const traceInText = id('trace[_.-]?id|trace', '16,32')
const spanInText = id('span[_.-]?id|span', '8,16')
const traceparent = /\b00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}\b/i

/** Undefined for a line that names no trace. */
export function traceOf(line: LogLine): LineTrace | undefined {
  const { metadata, parsed } = extraOf(line)
  return (
    traceIn(metadata, 'metadata') ??
    traceIn(parsed, 'parsed fields') ??
    traceIn(labelsOf(line), 'labels') ??
    traceInLine(textOf(line).slice(0, looked))
  )
}

function traceIn(labels: Labels, what: string): LineTrace | undefined {
  const name = traceNames.find((one) => isId(labels[one], 16, 32))
  if (name === undefined) return undefined
  const span = spanNames.find((one) => isId(labels[one], 8, 16))
  return {
    ...idsOf(labels[name], span === undefined ? undefined : labels[span]),
    where: `${name} in ${what}`,
    beside: what === 'parsed fields' ? undefined : { name, value: labels[name], span },
  }
}

function traceInLine(text: string): LineTrace | undefined {
  const [, trace, span] = traceparent.exec(text) ?? []
  if (trace !== undefined && !isZero(trace))
    return { ...idsOf(trace, span), where: 'traceparent in the line', beside: undefined }
  const found = traceInText.exec(text)?.[1]
  if (found === undefined || isZero(found)) return undefined
  return { ...idsOf(found, spanInText.exec(text)?.[1]), where: 'an id in the line', beside: undefined }
}

function idsOf(trace: string, span: string | undefined): Pick<LineTrace, 'traceId' | 'spanId'> {
  return {
    traceId: trace.toLowerCase().padStart(32, '0'),
    spanId: span === undefined || isZero(span) ? undefined : span.toLowerCase().padStart(16, '0'),
  }
}

const isZero = (hex: string): boolean => /^0*$/.test(hex)
const isId = (value: string | undefined, least: number, most: number): boolean =>
  value !== undefined &&
  value.length >= least &&
  value.length <= most &&
  /^[0-9a-f]+$/i.test(value) &&
  !isZero(value)
