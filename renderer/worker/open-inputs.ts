/** Reads all inputs of a session side by side, telling how far it is and showing what there is. */
import type { TraceImport } from '#shared/import/index'
import type { Trace } from '#shared/trace/table'
import { documentsOf, type InputDocument } from './documents'
import { type Environment, Pace } from './environment'
import { apiError, cancelledError, Failure, Full, mostTelling } from './failures'
import type { Event, InputReport, Progress, TraceInput } from './messages'
import { type InputProgress, readInput } from './read-input'

const progressEveryMs = 100

/** What became of a document, and whether that would be the same another time. */
interface DocumentRead {
  readonly report: InputReport
  readonly isFinal: boolean
}

/**
 * Resolves with one report per document, in the order of the inputs; rejects with the most telling error where none gave a span.
 * `snapshot` builds what there is; it is called at growing intervals, so that all its calls together cost in proportion to the spans.
 */
export async function openInputs(
  inputs: readonly TraceInput[],
  into: TraceImport,
  environment: Environment,
  signal: AbortSignal,
  send: (event: Event) => void,
  snapshot: () => Trace | undefined,
): Promise<readonly DocumentRead[]> {
  const documents = await documentsOf(inputs, environment, signal)
  const progress: InputProgress[] = documents.map(({ totalBytes }) => ({ bytes: 0, totalBytes }))
  const pace = new Pace(environment)
  const show = new Snapshots(into, environment, send, snapshot)
  let toldAt = environment.now()
  let left = documents.length
  const onPiece = async (): Promise<void> => {
    if (environment.now() - toldAt >= progressEveryMs) {
      toldAt = environment.now()
      send({ kind: 'progress', progress: progressOf(into, progress) })
    }
    if (into.store.length > environment.mostBytes) throw new Full()
    show.perhaps(shareRead(progress))
    await pace.rest(signal)
  }
  const reports = await Promise.all(
    documents.map(async (document, at) => {
      const report =
        document.sameAs === undefined
          ? await readInput(
              document.name,
              (onBytes) => document.open(onBytes),
              into,
              signal,
              progress[at],
              onPiece,
            )
          : sameReport(document, progress[at])
      // A small answer gives its spans with its end; they do not wait for an input that hangs.
      left -= 1
      if (left > 0) show.perhaps(0)
      return report
    }),
  )
  send({ kind: 'progress', progress: progressOf(into, progress) })
  if (reports.every(({ spans }) => spans === 0)) {
    send({ kind: 'inputs', inputs: reports })
    throw new Failure(signal.aborted ? cancelledError : nothingRead(reports))
  }
  return reports.map((report, at) => ({ report, isFinal: documents[at].isFinal }))
}

/** A file with the same bytes as one that is read; it counts as read with it. */
function sameReport({ name, size = 0, sameAs = '' }: InputDocument, progress: InputProgress): InputReport {
  progress.totalBytes = 0
  const message = `${name} holds the same bytes as ${sameAs}, and was not read again.`
  return {
    name,
    format: '',
    bytes: size,
    spans: 0,
    error: undefined,
    problems: [{ kind: 'merged', count: 0, message, rows: [] }],
    note: undefined,
  }
}

function progressOf(into: TraceImport, inputs: readonly InputProgress[]): Progress {
  const { spans, traces } = into.progress()
  return { bytes: sum(inputs.map(({ bytes }) => bytes)), totalBytes: totalOf(inputs), spans, traces }
}

function totalOf(inputs: readonly InputProgress[]): number | undefined {
  const totals = inputs.map(({ totalBytes }) => totalBytes).filter((total) => total !== undefined)
  return totals.length === inputs.length ? sum(totals) : undefined
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}

/** How much of all inputs has been read, 0 to 1; 0 when nobody says how much there is. */
function shareRead(inputs: readonly InputProgress[]): number {
  const total = totalOf(inputs)
  return total === undefined || total === 0 ? 0 : sum(inputs.map(({ bytes }) => bytes)) / total
}

function nothingRead(reports: readonly InputReport[]): Failure['error'] {
  const errors = reports.map(({ error }) => error).filter((error) => error !== undefined)
  const names = reports.map(({ name }) => name).join(', ')
  return (
    mostTelling(errors) ??
    apiError('empty-answer', `There is no span in ${names}.`, 'Check that it is the right file or trace.')
  )
}

/** What is read by then is shown whole soon enough: a part would cost time, and memory of which nobody knows when it is let go. */
const soonMs = 3_000
/** All snapshots together cost half of the last one again, in time and, until the page lets go of them, in memory. */
const growth = 3
/** Building snapshots may take this share of the time since the one before. */
const snapshotShare = 0.2

/** When to show what has arrived: at once, then whenever there is three times as much and the time for it was earned by reading. */
class Snapshots {
  readonly #into: TraceImport
  readonly #environment: Environment
  readonly #send: (event: Event) => void
  readonly #build: () => Trace | undefined
  readonly #beganAt: number
  #nextSpans = 1
  #nextAt = 0

  constructor(
    into: TraceImport,
    environment: Environment,
    send: (event: Event) => void,
    build: () => Trace | undefined,
  ) {
    this.#into = into
    this.#environment = environment
    this.#send = send
    this.#build = build
    this.#beganAt = environment.now()
  }

  /** `share`: how much has been read, 0 to 1; 0 when nobody knows. */
  perhaps(share: number): void {
    const { spans } = this.#into.progress()
    const began = this.#environment.now()
    if (spans < this.#nextSpans || began < this.#nextAt) return
    const isFirst = this.#nextSpans === 1
    if (!isFirst && share > 0 && ((began - this.#beganAt) / share) * (1 - share) < soonMs) return
    const trace = this.#build()
    if (trace === undefined) return
    this.#send({ kind: 'snapshot', trace })
    const now = this.#environment.now()
    this.#nextSpans = spans * growth
    this.#nextAt = now + (now - began) / snapshotShare
  }
}
