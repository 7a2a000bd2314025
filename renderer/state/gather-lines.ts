import type { Source } from '#shared/api/contract'
import type { LogSourceFacts } from '#shared/correlate/log-ladder'
import { OtlpLogs } from '#shared/investigation/otlp-logs'
import type { LogBatch } from '#shared/logs/batch'
import { type RawLines, rawLinesOf } from '#shared/investigation/raw-lines'
import { getJson, sourcePath } from '../client/api'
import type { StepQuestion } from './gather-question'
import { type GatheredFile, jsonFile } from './gathered-file'
import { climbTo, linesOfTrace } from './log-climb'
import type { SearchWindow } from './trace-search'

/** As many as sources give at once. */
const pageLines = 5_000
/** Of one query; as many as anyone reads, and some 10 MB. */
const mostLines = 50_000

/** Of all opened files together, with what is written around their lines. */
const mostLetters = 100_000_000

/** The lines that steps looked at, as they were written. */
export class GatheredLines {
  readonly #signal: AbortSignal
  readonly #logs = new OtlpLogs()
  readonly #asked = new Set<string>()
  #lettersLeft = mostLetters

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  get count(): number {
    return this.#logs.size
  }

  /** What could not be had of a step, in sentences. */
  async take({ params, sources, window }: StepQuestion): Promise<readonly string[]> {
    const source = sources.find(({ capabilities }) => capabilities.logs)
    if (!source) return ['its source of logs is not there any more.']
    const notes: string[] = []
    for (const raw of rawLinesOf(params.get('query') ?? ''))
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      if (!(await this.#takeLines(source, raw, window)))
        notes.push(`only the newest ${mostLines} lines of it are in the file.`)
    return notes
  }

  /** The lines of a trace, found as its page finds them; of a trace without any there are none. */
  async takeOfTrace(
    { params, window: { startMs, endMs } }: StepQuestion,
    sources: readonly Source[],
    factsOf: (sources: readonly Source[]) => readonly Promise<LogSourceFacts>[],
  ): Promise<void> {
    const asked = sources.filter(({ capabilities }) => capabilities.logs)
    const traceId = params.get('id') ?? ''
    if (asked.length === 0 || traceId === '') return
    const search = linesOfTrace({ services: [], traceId, spanId: undefined, startMs, endMs })
    const { found } = await climbTo(search, factsOf(asked), this.#signal)
    const source = asked.find(({ id }) => id === found?.rung.source.id)
    if (found && source) await this.#takeLines(source, { query: found.rung.query, beforeMs: 0 }, found.rung)
  }

  /** False where there are more. */
  async #takeLines(source: Source, { query, beforeMs }: RawLines, window: SearchWindow): Promise<boolean> {
    const startNs = BigInt(Math.floor(window.startMs - beforeMs)) * 1_000_000n
    let endNs = BigInt(Math.ceil(window.endMs)) * 1_000_000n
    const name = [source.id, query, startNs, endNs].join('\n')
    if (this.#asked.has(name)) return true
    this.#asked.add(name)
    for (let taken = 0; taken < mostLines;) {
      const path = sourcePath(source.id, 'logs/lines', {
        query,
        startNs: String(startNs),
        endNs: String(endNs),
        limit: pageLines,
        direction: 'backward',
      })
      // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended
      const { entries, oldestNs } = this.#logs.add(await getJson<unknown>(path, this.#signal))
      taken += entries
      if (entries < pageLines || oldestNs === undefined) return true
      // The end is not in the window: the oldest nanosecond is asked again, as it may have been cut. One that fills a page is left.
      endNs = oldestNs + 1n === endNs ? oldestNs : oldestNs + 1n
    }
    return false
  }

  /** Takes in the lines of files that were opened together; false where there are more than are kept. */
  takeFiles(batches: readonly LogBatch[], set: number): boolean {
    const { taken, letters } = this.#logs.addFiles(batches, set, this.#lettersLeft)
    this.#lettersLeft -= letters
    return taken === batches.reduce((sum, { length }) => sum + length, 0)
  }

  files(): readonly GatheredFile[] {
    return this.#logs.files().map(({ path, value }) => jsonFile(path, value))
  }
}
