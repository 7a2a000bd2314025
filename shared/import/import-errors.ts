/** What went wrong with a document, as sentences: what happened, and what to try. */
import type { ApiError } from '#shared/api/contract'
import { countOf, countText } from '#shared/base/count-text'
import type { Detected } from './detect.ts'

const FORMATS =
  'traces (Jaeger, OTLP, Tempo, Zipkin, Chrome, and what the SDKs of Go and Python print), logs (OTLP, Loki, JSON lines, logfmt, ' +
  'text with times), metrics (OTLP, Prometheus), .clew files, and all of these in zip, gzip or zstd'

/** What is unpacked where it is the outermost. */
const UNPACKED: ReadonlySet<string> = new Set(['gzip', 'zstd', 'zip'])

function importError(kind: ApiError['kind'], message: string, advice: string, detail?: string): ApiError {
  return { kind, message, detail, advice, status: undefined }
}

/** The document's first bytes say that it holds no trace; undefined when they do not. */
export function wrongKind(name: string, detected: Detected, isFile: boolean): ApiError | undefined {
  switch (detected.kind) {
    case 'empty':
      return importError(
        'empty-answer',
        `${name} is empty.`,
        isFile ? 'Save the trace again, and check that it was written to its end.' : 'Reload to ask again.',
      )
    case 'html':
      return importError(
        'bad-answer',
        `${name} is a web page${detected.title === '' ? '' : `, “${detected.title}”`}, not a trace.`,
        'Download the trace itself: what was saved may be a login page, or the page that shows the trace.',
      )
    case 'compressed':
      return importError(
        'bad-answer',
        UNPACKED.has(detected.by)
          ? `${name} is packed twice: what was unpacked is ${detected.by} again, which Clew does not look into.`
          : `${name} is compressed with ${detected.by}, which Clew does not unpack.`,
        'Unpack it first, then open what is inside.',
      )
    case 'text':
      return importError(
        'bad-answer',
        `${name} is text, and neither a JSON object nor a list: it begins with “${detected.beginning}”.`,
        `Clew reads ${FORMATS}.`,
        detected.beginning,
      )
    case 'binary':
      return importError(
        'bad-answer',
        `${name} is a binary file, and not OTLP protobuf.`,
        `Clew reads ${FORMATS}.`,
      )
    default:
      return undefined
  }
}

/** How to get the rest, or all of it: a file is made again, a server asked again. */
function again(spans: number, isFile: boolean): string {
  if (spans === 0) return isFile ? 'Save or download it again.' : 'Reload to ask again.'
  return `What comes before that was read; for the rest, ${isFile ? 'save or download it again' : 'reload to ask again'}.`
}

/** The document ends in the middle. */
export function cutOff(name: string, spans: number, isFile: boolean): ApiError {
  return importError(
    'cut-off',
    spans === 0
      ? `${name} is cut off: it ends before its first span is complete.`
      : `${name} is cut off: it ends in the middle, after ${countOf(spans, 'span')}.`,
    again(spans, isFile),
  )
}

/** The document stops making sense somewhere. */
export function broken(
  name: string,
  spans: number,
  place: string,
  what: 'JSON' | 'protobuf',
  isFile: boolean,
): ApiError {
  return importError(
    'bad-answer',
    `${name} cannot be read from ${place} on, where it stops being ${what}` +
      (spans === 0
        ? '.'
        : `; ${countOf(spans, 'span')} before and after it ${spans === 1 ? 'was' : 'were'} read.`),
    again(spans, isFile),
  )
}

/** It is a list of spans none of which can be read. */
export function noneReadable(name: string, format: string, things: number): ApiError {
  return importError(
    'bad-answer',
    `${name} looks like ${format === '' ? 'a list of spans' : format}, but none of its ${countText(things)} spans can be read.`,
    `Clew reads ${FORMATS}; check what wrote it.`,
  )
}

/** What servers say of a trace that they do not have is shorter. */
const LONGEST_NOTHING = 1_000_000

/** It is in a known format and holds no spans; a file cannot be asked for another trace. */
export function noSpans(
  name: string,
  format: string,
  words: string,
  bytes: number,
  isFile: boolean,
): ApiError {
  if (bytes > LONGEST_NOTHING) {
    return importError(
      'bad-answer',
      `${name} is ${format} of ${countText(bytes)} bytes, and there is no span in it.`,
      isFile
        ? 'Check that it is the right file, and what wrote it.'
        : 'A trace that is gone is answered in a few bytes: check the address of the connection, and what a proxy before the server adds.',
      words === '' ? undefined : words,
    )
  }
  return importError(
    'empty-answer',
    format.startsWith('Jaeger')
      ? `${name} is an empty answer of Jaeger: there is no trace in it.`
      : `${name} is ${format} without any span in it.`,
    isFile
      ? 'Check that it is the right file; the trace may already have been gone when it was saved.'
      : 'Check the trace id and the time range: the trace may have expired, or not have been sampled.',
    words === '' ? undefined : words,
  )
}

/** The server put an error in the place of the spans. */
export function serverSaid(name: string, words: string): ApiError {
  return importError(
    'server-error',
    `${name} holds an error instead of a trace.`,
    'Check the trace id and the time range, and ask again.',
    words,
  )
}

const OTHER_SIGNALS: readonly (readonly [string, string])[] = [
  ['resourceLogs', 'OpenTelemetry logs'],
  ['resource_logs', 'OpenTelemetry logs'],
  ['resourceMetrics', 'OpenTelemetry metrics'],
  ['resource_metrics', 'OpenTelemetry metrics'],
  ['resultType', 'an answer of Prometheus or Loki'],
  ['level', 'lines of a log'],
  ['severity', 'lines of a log'],
  ['severityText', 'lines of a log'],
  ['msg', 'lines of a log'],
]

/** It is JSON, but of something else. */
export function notTrace(name: string, keys: readonly string[]): ApiError {
  const other = OTHER_SIGNALS.find(([key]) => keys.includes(key))
  const looks =
    other !== undefined
      ? `it looks like ${other[1]}`
      : keys.length === 0
        ? 'it holds no object that looks like a span'
        : `its outermost keys are ${keys.map((key) => `“${key}”`).join(', ')}`
  return importError('bad-answer', `${name} is JSON, but not a trace: ${looks}.`, `Clew reads ${FORMATS}.`)
}
