import type { Source } from '#shared/api/contract'
import { holdsLinesOf } from '#shared/investigation/lines-path'
import type { SavedFiles } from '#shared/investigation/manifest'
import { traceSessions } from '../client/trace-sessions'
import type { InputReport, TraceInput } from '../worker/messages'
import { filesOfAddress } from './file-groups'
import { filesSaid } from './file-said'
import { inputOfFile } from './files'
import { keyOfFiles, savedSetOf, sourceOfFiles } from './files-source'
import type { GatheredLines } from './gather-lines'
import type { GatheredMetrics } from './gather-metrics'
import type { StepQuestion } from './gather-question'
import type { GatheredTraces } from './gather-traces'
import { savedFilesOf } from './open-investigation'
import { sessionOf } from './trace-location'

/** Of one set. */
const mostTraces = 5_000

interface Into {
  readonly traces: GatheredTraces
  readonly lines: GatheredLines
  readonly metrics: GatheredMetrics
}

/** Files that steps listed: what was said of each, and all that is in them. */
export class GatheredFiles {
  readonly #signal: AbortSignal
  readonly #into: Into
  readonly #sets = new Map<string, SavedFiles>()

  constructor(signal: AbortSignal, into: Into) {
    this.#signal = signal
    this.#into = into
  }

  get sets(): readonly SavedFiles[] {
    return [...this.#sets.values()]
  }

  /** What could not be had of a step, in sentences. */
  async take({ params, sources }: StepQuestion): Promise<readonly string[]> {
    const ids = params.getAll('file')
    const key = keyOfFiles(params)
    if (ids.length === 0 || this.#sets.has(key)) return []
    const found = await Promise.all(filesOfAddress(ids).map(inputOfFile))
    const inputs = found.filter((input): input is TraceInput => input !== undefined)
    if (inputs.length === 0) return ['its files are not here any more.']
    const number = this.#sets.size + 1
    const source = sources.find(({ id }) => id === sourceOfFiles(ids))
    const set = savedSetOf(params)
    const [list, isAllLines] = await (set === undefined
      ? this.#takeOpened(ids, inputs, source, number)
      : this.#takeSaved(ids, inputs, set, number))
    const traces = await this.#takeTraces(ids, list.traces)
    this.#sets.set(key, { ...list, number, key, traces })
    const isAllSeries = await this.#takeSeries(source)
    return [
      ...(inputs.length < found.length ? ['some of its files are not here any more.'] : []),
      ...(traces.length < list.listed
        ? [`${traces.length} of its ${list.listed} traces are in the file.`]
        : []),
      ...(isAllLines ? [] : ['only a part of its lines is in the file.']),
      ...(isAllSeries ? [] : ['only a part of its series is in the file.']),
      ...(source
        ? []
        : [
            'metrics in its files were not read, and are not in the file: choose “Read for queries” there, then save again.',
          ]),
    ]
  }

  /** Files that are opened here. */
  async #takeOpened(
    ids: readonly string[],
    inputs: readonly TraceInput[],
    source: Source | undefined,
    number: number,
  ): Promise<[SavedFiles, isAllLines: boolean]> {
    let reports: readonly InputReport[] = []
    const listener = {
      onProgress: () => undefined,
      onSnapshot: () => undefined,
      onInputs: (inputs: readonly InputReport[]) => void (reports = inputs),
    }
    const list = await traceSessions
      .open(session(ids), inputs, listener, this.#signal)
      .catch((thrown: unknown) => {
        // Where there is no span in them, they may hold others; what is wrong with each stands in the reports.
        if (this.#signal.aborted || reports.length === 0) throw thrown
        return { traces: [], inputs: reports, holders: new Map<string, readonly string[]>() }
      })
    const logs = await traceSessions.fileLogs(inputs, this.#signal)
    const documents = source?.kind === 'files' ? source.documents : []
    const saved = {
      number,
      key: '',
      files: filesSaid(list.inputs, logs, documents),
      listed: list.traces.length,
      traces: list.traces.map(({ traceId }) => ({ id: traceId, files: list.holders.get(traceId) ?? [] })),
    }
    const batches = logs.map(({ batch }) => batch)
    return [saved, this.#into.lines.takeFiles(batches, number)]
  }

  /** A list that an opened investigation holds. */
  async #takeSaved(
    ids: readonly string[],
    inputs: readonly TraceInput[],
    set: number,
    number: number,
  ): Promise<[SavedFiles, isAllLines: boolean]> {
    const saved = await savedFilesOf(ids, set)
    if (saved === undefined) throw new Error('What it listed cannot be read any more.')
    const logs = await traceSessions.fileLogs(inputs, this.#signal)
    const batches = logs.filter(({ name }) => holdsLinesOf(name, set)).map(({ batch }) => batch)
    // Read anew where it was given up meanwhile.
    const listener = { onProgress: () => undefined, onSnapshot: () => undefined }
    if (saved.traces.length > 0) await traceSessions.open(session(ids), inputs, listener, this.#signal)
    return [saved, this.#into.lines.takeFiles(batches, number)]
  }

  /** Those of the traces that there is room for. */
  async #takeTraces(ids: readonly string[], listed: SavedFiles['traces']): Promise<SavedFiles['traces']> {
    const taken: SavedFiles['traces'][number][] = []
    for (const one of listed.slice(0, mostTraces)) {
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      const document = await traceSessions.exported(session(ids), one.id, 'otlp', this.#signal)
      if (document && !this.#into.traces.takeOfFiles(sourceOfFiles(ids), one.id, document)) break
      if (document) taken.push(one)
    }
    return taken
  }

  /** False where there are more than are kept. */
  async #takeSeries(source: Source | undefined): Promise<boolean> {
    if (source?.kind !== 'files' || !source.capabilities.metrics) return true
    const { startMs, endMs } = source
    return this.#into.metrics.takeFiles(source, { startMs, endMs })
  }
}

const session = (files: readonly string[]): string => sessionOf({ sources: [], files, traceId: '' })
