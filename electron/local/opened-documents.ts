/** What is in opened files, read document by document: spans, lines and series, told by what is in them. */
import { setImmediate } from 'node:timers/promises'
import type { OpenedCounts, OpenedDocument } from '#shared/api/contract'
import type { MetricRule } from '#shared/api/metrics'
import { readCalls, type ToldCalls } from '#shared/investigation/calls-document'
import { joinedBytes } from '#shared/base/joined-bytes'
import { deepestBrackets } from '#shared/base/json-depth'
import { type DocumentReader, TraceImport } from '#shared/import/index'
import { isOtlpProtobuf, otlpSignals } from '#shared/import/protobuf-signals'
import type { LogBatch } from '#shared/logs/batch'
import { LogFile } from '#shared/logs/file-lines'
import { mergeBatches } from '#shared/logs/merge'
import { gatherAnswer } from '#shared/metrics/answer-series'
import { GatheredSeries, type KeptSeries } from '#shared/metrics/gathered-series'
import { gatherOtlp } from '#shared/metrics/otlp-series'
import { createLogStore, type LogStore } from './log-store.ts'
import { createMetricStore, type MetricStore } from './metric-store.ts'
import { labelOfAll, openedLines } from './opened-lines.ts'
import { readRules } from './opened-rules.ts'
import { OpenedSpans } from './opened-spans.ts'
import { createOpenedTraces } from './opened-traces.ts'
import type { TraceStore } from './trace-store.ts'
import { byteText, UnreadParts } from './unread-parts.ts'

/** So many lines of all files together are kept. */
const mostLines = 1_000_000

const nothingElse = { lines: 0, series: 0, format: '', problems: [] }

/** Takes documents in, and answers from them once they are all there. */
export interface OpenedDocuments {
  /** The next bytes of the document that is being read; begins one where none is. */
  push(name: string, bytes: Uint8Array): void
  /** No more bytes of it come. */
  endDocument(): OpenedDocument
  /** No more documents come. */
  end(): Promise<OpenedCounts>
  readonly traces: TraceStore
  readonly logs: LogStore
  readonly metrics: MetricStore
}

/** What a document is read with, and its bytes, for whoever else may find something in them. */
interface Reading {
  readonly name: string
  readonly reader: DocumentReader
  readonly pieces: Uint8Array[]
}

interface Stores {
  readonly traces: TraceStore
  readonly logs: LogStore
  readonly metrics: MetricStore
}

export function createOpenedDocuments(): OpenedDocuments {
  const spans = new TraceImport()
  const lines: LogBatch[] = []
  const series = new GatheredSeries()
  const rules: MetricRule[] = []
  const calls: ToldCalls[] = []
  let lineCount = 0
  let reading: Reading | undefined
  let stores: Stores | undefined

  /** What is no trace in a document: lines and series. */
  function readOthers({ name, pieces, reader }: Reading): Omit<OpenedDocument, 'name' | 'spans'> {
    const isBinary = isOtlpProtobuf(pieces[0] ?? new Uint8Array())
    let format = ''
    const points = new UnreadParts()
    const broken = new UnreadParts()
    const takeOther = (value: Readonly<Record<string, unknown>>): boolean => {
      const resources = value['resourceMetrics'] ?? value['resource_metrics']
      const told = readCalls(value)
      if (told !== undefined) {
        calls.push(...told)
        return true
      }
      const found = readRules(value)
      if (found !== undefined) {
        rules.push(...found)
        return true
      }
      const isOtlp = Array.isArray(resources)
      if (isOtlp) gatherOtlp(resources, series, (where) => points.add(where))
      else if (!gatherAnswer(value, name, series, (where) => points.add(where))) return false
      format ||= isOtlp ? `OTLP metrics ${isBinary ? 'protobuf' : 'JSON'}` : 'Prometheus answer'
      return true
    }
    const isShallow = reader.isWithin(deepestBrackets)
    const file = new LogFile(name, mostLines - lineCount, { isShallow, takeOther })
    if (isBinary) {
      const signals = otlpSignals(joinedBytes(pieces), (at) => broken.add(byteText(at)))
      for (const value of signals) file.take(value)
    } else {
      const decoder = new TextDecoder(encodingOf(pieces[0] ?? new Uint8Array()))
      for (const piece of pieces) {
        if (file.isOver) break
        file.push(decoder.decode(piece, { stream: true }))
      }
    }
    const log = file.end('oldest')
    if (log !== undefined && log.batch.length > 0) lines.push(log.batch)
    lineCount += log?.batch.length ?? 0
    const problems = [broken.sentence('part', name), points.sentence('point', name)]
    return {
      lines: log?.batch.length ?? 0,
      series: series.takeCount(),
      format,
      problems: problems.filter((sentence) => sentence !== undefined),
    }
  }

  function whole(): Stores {
    if (stores === undefined) throw new Error('The files are still being read.')
    return stores
  }

  return {
    push(name, bytes) {
      reading ??= { name, reader: spans.addDocument(name, true), pieces: [] }
      reading.reader.push(bytes)
      reading.pieces.push(bytes)
    },
    endDocument() {
      if (reading === undefined) throw new Error('No document is being read.')
      const read = reading
      const { name, reader } = read
      reading = undefined
      reader.end()
      const { report } = reader
      const mayHoldOthers = report.spans === 0 || report.problems.some(({ kind }) => kind === 'other-signal')
      const others = mayHoldOthers ? readOthers(read) : nothingElse
      return { name, spans: report.spans, ...others }
    },
    async end() {
      const all = await OpenedSpans.read(spans, () => setImmediate())
      const batch = mergeBatches(lines.splice(0), 'oldest')
      const streams = openedLines(batch)
      const kept = series.series()
      stores = {
        traces: createOpenedTraces(all, calls),
        logs: createLogStore(streams),
        metrics: createMetricStore({
          series: kept,
          metadata: series.metadata(),
          rules: () => Promise.resolve(rules),
        }),
      }
      return {
        spans: spans.progress().spans,
        traces: spans.progress().traces,
        lines: batch.length,
        linesLabel: labelOfAll(streams.streams),
        series: kept.length,
        hasSamples: kept.some(({ times }) => times.length > 0),
        calls: calls.reduce((sum, one) => sum + one.calls.length, 0),
        ...timesOf([timesOfSpans(spans), timesOfLines(batch), ...kept.map(timesOfSeries)], calls),
      }
    },
    get traces() {
      return whole().traces
    },
    get logs() {
      return whole().logs
    },
    get metrics() {
      return whole().metrics
    },
  }
}

/** Milliseconds since 1970; undefined where there is nothing that has a time. */
type Times = { readonly startMs: number; readonly endMs: number } | undefined

/** From the first to the last; calls were counted over windows that may be far longer, and tell a time only where nothing else does. */
function timesOf(
  all: readonly Times[],
  counted: readonly ToldCalls[],
): { readonly startMs: number; readonly endMs: number } {
  const own = all.filter((times) => times !== undefined)
  const known = own.length > 0 ? own : counted
  if (known.length === 0) return { startMs: 0, endMs: 1 }
  // Whole milliseconds, so that the first and the last are within.
  return {
    startMs: Math.floor(Math.min(...known.map(({ startMs }) => startMs))),
    endMs: Math.floor(Math.max(...known.map(({ endMs }) => endMs))) + 1,
  }
}

function timesOfSpans(source: TraceImport): Times {
  const { spans } = source.arrived
  let [startMs, endMs] = [Infinity, -Infinity]
  for (let row = 0; row < spans.length; row++) {
    const start = spans.startSeconds[row] * 1000 + spans.startNanos[row] / 1e6
    // A time that is not known is less than none.
    if (!(start > 0)) continue
    const duration = spans.duration[row]
    startMs = Math.min(startMs, start)
    endMs = Math.max(endMs, start + (duration > 0 ? duration / 1e6 : 0))
  }
  return startMs > endMs ? undefined : { startMs, endMs }
}

function timesOfLines({ length, ms }: LogBatch): Times {
  return length === 0 ? undefined : { startMs: ms[0], endMs: ms[length - 1] }
}

/** A file of exemplars alone has no samples, and is of its own time all the same. */
function timesOfSeries({ times, exemplars }: KeptSeries): Times {
  let [startMs, endMs] = times.length === 0 ? [Infinity, -Infinity] : [times[0], times[times.length - 1]]
  for (const { time } of exemplars) {
    startMs = Math.min(startMs, time * 1000)
    endMs = Math.max(endMs, time * 1000)
  }
  return startMs > endMs ? undefined : { startMs, endMs }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
