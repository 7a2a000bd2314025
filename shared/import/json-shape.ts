/** Looks ahead in JSON without reading it: what an object is, and where the next span begins after a broken place. */
import { LINE_KEYS } from './json-keys.ts'
import { JsonKind, type JsonScanner, KeySet, malformed, needMore } from './json-scanner.ts'

/** What an object that stands by itself, or in a list, holds; `other` has spans further inside, or is something else. */
export type Shape = 'zipkin' | 'zipkin-v1' | 'jaeger' | 'otlp' | 'go' | 'python' | 'chrome' | 'other'

const SHAPE_KEYS = new KeySet([
  'traceId',
  ['localEndpoint', 'remoteEndpoint', 'tags'],
  ['spanID', 'operationName'],
  ['spanId', 'span_id'],
  'annotations',
  'binaryAnnotations',
  ['context', 'SpanContext'],
  'ph',
  'args',
  ['startTimeUnixNano', 'start_time_unix_nano', 'parentSpanId', 'parent_span_id', 'kind'],
])
const ANNOTATION_KEYS = new KeySet([['endpoint', 'host']])
const CONTEXT_KEYS = new KeySet([
  ['trace_id', 'span_id'],
  ['TraceID', 'SpanID'],
])

/** Tells the shape of the object at `pos` by its keys up to the first that decides; does not move. */
export function tellShape(scanner: JsonScanner): Shape {
  const start = scanner.pos
  let hasTraceId = false
  /** Lines of a log have these too: what only a span has is looked for beside it. */
  let hasSpanId = false
  let hasSpanKey = false
  let shape: Shape | undefined
  scanner.pos++
  while (shape === undefined) {
    if (scanner.closes(0x7d)) {
      shape = hasTraceId && !hasSpanId ? 'zipkin' : 'other'
      break
    }
    const key = scanner.readKey(SHAPE_KEYS)
    const kind = scanner.kind()
    // A list of `tags` without a trace id is of something else.
    if (key === 1 && (hasTraceId || kind === JsonKind.object)) shape = 'zipkin'
    else if (key === 2) shape = 'jaeger'
    else if (key === 4) shape = tellAnnotations(scanner)
    else if (key === 5) shape = 'zipkin-v1'
    else if (key === 6 && kind === JsonKind.object) shape = tellContext(scanner)
    else if (key === 7) shape = 'chrome'
    // What Chrome writes before the phase may be an object.
    else if (key === 8 || key === 3 || key === 9 || hasSpanId) scanner.skipValue()
    else if (kind === JsonKind.object || kind === JsonKind.array) shape = hasTraceId ? 'zipkin' : 'other'
    else scanner.skipValue()
    if (key === 0) hasTraceId = true
    else if (key === 3) hasSpanId = true
    else if (key === 9) hasSpanKey = true
    if (hasSpanId && hasSpanKey) shape ??= 'otlp'
  }
  scanner.pos = start
  return shape
}

/** Annotations of v1 say each where they were made; undefined where there are none. */
function tellAnnotations(scanner: JsonScanner): Shape | undefined {
  if (!scanner.open(0x5b) || scanner.closes(0x5d)) return undefined
  if (!scanner.open(0x7b)) return 'zipkin'
  while (!scanner.closes(0x7d)) {
    if (scanner.readKey(ANNOTATION_KEYS) === 0) return 'zipkin-v1'
    scanner.skipValue()
  }
  return 'zipkin'
}

/** The ids of a span, in the spelling of an SDK; undefined where it is something else. */
function tellContext(scanner: JsonScanner): Shape | undefined {
  scanner.pos++
  while (!scanner.closes(0x7d)) {
    const key = scanner.readKey(CONTEXT_KEYS)
    if (key >= 0) return key === 0 ? 'python' : 'go'
    scanner.skipValue()
  }
  return 'other'
}

/** Like `tellShape`; `other` where the object is broken. */
export function tryTellShape(scanner: JsonScanner): Shape {
  const start = scanner.pos
  try {
    return tellShape(scanner)
  } catch (thrown) {
    if (thrown !== malformed) throw thrown
    scanner.pos = start
    return 'other'
  }
}

/** Keys that come after a list of spans. */
const AFTER_SPANS = new KeySet([
  [
    'processes',
    'warnings',
    'traceID',
    'scope',
    'schemaUrl',
    'schema_url',
    'resource',
    'instrumentationLibrary',
  ],
])

/**
 * Where the broken span at `start` ends, by its brackets; -1 when they do not match, or when they only seem to: a quote too many turns
 * text and structure around. So what follows must be the span at `next`, the beginning of another, or the end of the list.
 */
export function endOfSpan(scanner: JsonScanner, start: number, next: number): number {
  const { bytes, end, base } = scanner
  try {
    scanner.reset(bytes, start, end, base)
    scanner.skipValue()
    const after = scanner.pos
    if (next >= 0 && after > next) return -1
    const byte = scanner.peek()
    if (scanner.pos === next) return after
    scanner.pos++
    if (byte === 0x7b) return firstKey(scanner, START_KEYS) >= 0 ? after : -1
    if (byte !== 0x5d) return -1
    const behind = scanner.peek()
    if (behind === 0x22) return firstKey(scanner, AFTER_SPANS) >= 0 ? after : -1
    return behind === 0x7d || behind === 0x5d || behind === 0x5b ? after : -1
  } catch (thrown) {
    if (thrown !== needMore && thrown !== malformed) throw thrown
    return -1
  }
}

/** A place where reading can go on. */
export interface NextSpan {
  /** -1 = there is none. */
  readonly at: number
  /** A line begins here that is a document of its own. */
  readonly isDocument: boolean
  readonly isJaeger: boolean
}

const START_KEYS = new KeySet([
  ['traceId', 'trace_id', 'spanId', 'span_id', 'id'],
  ['traceID', 'spanID'],
  ['name', 'Name', 'context', 'SpanContext', 'ph', 'ts', 'pid', 'tid', 'cat'],
])
/** First keys of what stands on a line of its own; of other objects, those at the beginning of a line are only well laid out. */
const DOCUMENT_KEYS = new KeySet([[...LINE_KEYS, 'data', 'spans', 'processes', 'error', 'traceEvents']])
const NEEDED_KEYS = new KeySet([
  ['name', 'operationName', 'Name'],
  [
    'startTime',
    'startTimeUnixNano',
    'start_time_unix_nano',
    'timestamp',
    'annotations',
    'StartTime',
    'start_time',
    'ts',
  ],
])

/**
 * The next object that begins like a span and has the name and start of one (links and references also begin with ids), or the next
 * line that begins with `{`.
 */
export function findNextSpan(scanner: JsonScanner, from: number): NextSpan {
  const { bytes, end, base } = scanner
  // What is looked at twice because it lies in one candidate and begins another is bounded: brackets nest 100,000 deep.
  let budget = (end - from) * 4 + 65_536
  for (
    let at = bytes.indexOf(0x7b, from);
    at >= 0 && at < end && budget > 0;
    at = bytes.indexOf(0x7b, at + 1)
  ) {
    scanner.reset(bytes, at + 1, end, base)
    if (at > 0 && bytes[at - 1] === 0x0a && firstKey(scanner, DOCUMENT_KEYS) >= 0) {
      return { at, isDocument: true, isJaeger: false }
    }
    scanner.pos = at + 1
    const key = firstKey(scanner, START_KEYS)
    if (key < 0) continue
    if (isSpan(scanner, at)) return { at, isDocument: false, isJaeger: key === 1 }
    budget -= scanner.pos - at
  }
  return { at: -1, isDocument: false, isJaeger: false }
}

function firstKey(scanner: JsonScanner, keys: KeySet): number {
  try {
    return scanner.readKey(keys)
  } catch (thrown) {
    if (thrown !== malformed && thrown !== needMore) throw thrown
    return -1
  }
}

function isSpan(scanner: JsonScanner, start: number): boolean {
  scanner.pos = start + 1
  let found = 0
  try {
    while (!scanner.closes(0x7d)) {
      const key = scanner.readKey(NEEDED_KEYS)
      if (key >= 0) found |= 1 << key
      scanner.skipValue()
    }
    return found === 3
  } catch (thrown) {
    if (thrown !== malformed && thrown !== needMore) throw thrown
    // Where it stopped is not known: as if it were the end.
    scanner.pos = scanner.end
    return false
  }
}
