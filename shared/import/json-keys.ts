/** The keys that lead to the spans of a document, and the frames that they open. */
import { KeySet } from './json-scanner.ts'

/** What a frame of the outline's stack is; objects first, arrays from `list` on. */
export const Role = {
  document: 0,
  envelope: 1,
  processes: 2,
  resourceEntry: 3,
  scopeEntry: 4,
  list: 5,
  jaegerTraces: 6,
  jaegerSpans: 7,
  resourceSpans: 8,
  scopeSpans: 9,
  otlpSpans: 10,
  chromeEvents: 11,
} as const

/** Keys of an object that holds traces: an answer, a trace, a file. */
export const ENVELOPE_KEYS = new KeySet([
  'data',
  ['resourceSpans', 'resource_spans'],
  'batches',
  'result',
  'trace',
  'spans',
  'processes',
  'traceID',
  ['error', 'errors'],
  'status',
  'message',
  'traceEvents',
  ['resourceLogs', 'resource_logs'],
  ['resourceMetrics', 'resource_metrics'],
])

/** What ENVELOPE_KEYS calls them. */
export const EnvelopeKey = {
  data: 0,
  resourceSpans: 1,
  batches: 2,
  result: 3,
  trace: 4,
  spans: 5,
  processes: 6,
  traceId: 7,
  error: 8,
  status: 9,
  message: 10,
  traceEvents: 11,
  resourceLogs: 12,
  resourceMetrics: 13,
} as const

/** What only a document begins with: where one stands in an entry, the document before it was not closed. */
const DOCUMENT_KEYS = [
  'resourceSpans',
  'resource_spans',
  'resourceLogs',
  'resource_logs',
  'resourceMetrics',
  'resource_metrics',
]
export const DOCUMENT_KEY = 2

/** First keys of documents that nothing within OTLP has. */
export const LINE_KEYS = [...DOCUMENT_KEYS, 'batches', 'result', 'trace']

/** Keys of an entry of `resourceSpans`: 0 its resource, 1 its lists of spans, whatever they were called in their time. */
export const RESOURCE_ENTRY_KEYS = new KeySet([
  'resource',
  ['scopeSpans', 'scope_spans', 'instrumentationLibrarySpans', 'instrumentation_library_spans'],
  DOCUMENT_KEYS,
])

/** Keys of an entry of `scopeSpans`: 0 its instrumentation scope, 1 its spans. */
export const SCOPE_ENTRY_KEYS = new KeySet([
  ['scope', 'instrumentationLibrary', 'instrumentation_library'],
  'spans',
  DOCUMENT_KEYS,
])

/** For objects whose keys are names of their own. */
export const NO_KEYS = new KeySet([])

/** The bracket that ends a frame. */
export function bracketOf(role: number): number {
  return role < Role.list ? 0x7d : 0x5d
}
