/** Reads one input into an import, and says what became of it. */
import type { DocumentReader, TraceImport } from '#shared/import/index'
import type { ApiError } from '#shared/api/contract'
import { countOf, formatBytes } from '#shared/derive/quantities'
import type { Problem } from '#shared/trace/table'
import { Blanks } from './blanks'
import type { ByteSource } from './byte-source'
import { apiError, Barren, cancelledError, CutOff, errorOf, isFull, type PackingFault } from './failures'
import type { InputReport } from './messages'

/** How far one input has come. */
export interface InputProgress {
  bytes: number
  /** Undefined until known, and where nobody says. */
  totalBytes: number | undefined
}

/** So many bytes may come without a span among them: none is read that is longer. */
const longestBarren = 2 ** 28

/**
 * Reads to the end, the failure or the abort; never rejects because of the input. `onPiece` is called, and waited for, after each
 * piece; it may throw `Full` to have no more. What was read before a failure stays in the import.
 */
export async function readInput(
  name: string,
  open: (onBytes: (bytes: number) => void) => ByteSource | Promise<ByteSource>,
  into: TraceImport,
  signal: AbortSignal,
  progress: InputProgress,
  onPiece: () => Promise<void>,
): Promise<InputReport> {
  let reader: DocumentReader | undefined
  let note: string | undefined
  let thrown: unknown
  let isFile = false
  try {
    const source = await open((bytes) => {
      progress.bytes += bytes
    })
    progress.totalBytes = source.totalBytes
    note = source.note
    isFile = source.isFile
    reader = into.addDocument(name, isFile)
    let spans = 0
    let barrenBytes = 0
    const blanks = new Blanks()
    for await (const chunk of source.chunks) {
      reader.push(chunk)
      barrenBytes = reader.spans > spans ? 0 : barrenBytes + chunk.length
      spans = reader.spans
      if (reader.isOver) {
        progress.bytes = Math.max(progress.bytes, source.totalBytes ?? 0)
        break
      }
      blanks.take(chunk)
      if (barrenBytes > longestBarren) throw new Barren('no span')
      await onPiece()
    }
  } catch (cause) {
    thrown = cause
  }
  reader?.end()
  const spans = reader?.report.spans ?? 0
  const failure =
    thrown === undefined ? undefined : failureOf(name, thrown, signal, progress.bytes, spans, isFile)
  return reportOf(name, reader, progress.bytes, failure, note)
}

function failureOf(
  name: string,
  thrown: unknown,
  signal: AbortSignal,
  bytes: number,
  spans: number,
  isFile: boolean,
): ApiError {
  if (signal.aborted) return cancelledError
  if (isFull(thrown) && spans > 0)
    return apiError(
      'too-large',
      `There is not enough memory for all of ${name}: reading stopped after ${formatBytes(bytes)}.`,
      'What came until then was read. For the rest, close other tabs, or open a smaller part: one trace, or a narrower time range.',
    )
  if (thrown instanceof Barren)
    return apiError(
      'too-large',
      `${name} goes on and on with ${thrown.what} in it: reading stopped after ${formatBytes(bytes)}${spans > 0 ? ` and ${countOf(spans, 'span')}` : ''}.`,
      isFile
        ? 'Check that it is the right file, and what wrote it.'
        : 'Check the address of the connection, and what a proxy before the server adds; then reload to ask again.',
    )
  if (!(thrown instanceof CutOff)) return errorOf(thrown, signal)
  const again = isFile ? 'get the file again' : 'reload to ask again'
  const advice = spans > 0 ? `What came until then was read; for the rest, ${again}.` : `${sentence(again)}.`
  // What the browser says of broken packing is about its own functions, and helps nobody.
  if (thrown.packing !== undefined)
    return thrown.packing === 'followed'
      ? apiError(
          'bad-answer',
          `${name} goes on after the end of its compressed data with something that is not gzip.`,
          `What comes before that was read; ${again} if there should be more.`,
        )
      : apiError('cut-off', packingWords(name, thrown.packing, spans), advice)
  return apiError('cut-off', `${name} stopped in the middle, after ${formatBytes(bytes)}.`, advice, {
    detail: thrown.message === '' ? undefined : thrown.message,
  })
}

function packingWords(name: string, fault: Exclude<PackingFault, 'followed'>, spans: number): string {
  const what =
    fault === 'cut-off'
      ? 'is cut off: its compressed data ends in the middle'
      : 'is damaged: its compressed data cannot be unpacked to the end'
  return `${name} ${what}${spans > 0 ? `, after ${countOf(spans, 'span')}` : ', before its first whole span'}.`
}

const sentence = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)

function reportOf(
  name: string,
  reader: DocumentReader | undefined,
  bytes: number,
  failure: ApiError | undefined,
  note: string | undefined,
): InputReport {
  const document = reader?.report
  const spans = document?.spans ?? 0
  const stopped = failure?.kind === 'cancelled' && spans > 0
  // That a document ends in mid-air is no news where we ended it ourselves.
  const found = (document?.problems ?? []).filter(({ kind }) => !(stopped && kind === 'cut-off'))
  return {
    name,
    format: document?.format ?? '',
    bytes,
    spans,
    error: stopped ? undefined : (failure ?? document?.error),
    problems: stopped ? [...found, partialProblem(name, bytes)] : found,
    note,
  }
}

function partialProblem(name: string, bytes: number): Problem {
  return {
    kind: 'partial',
    count: 0,
    message: `Reading ${name} was stopped after ${formatBytes(bytes)}; what came until then is shown.`,
    rows: [],
  }
}
