import type { Source } from '#shared/api/contract'
import { getOrSet } from '#shared/base/get-or-set'
import { call, tracePath } from '../client/api'
import { traceSessions } from '../client/trace-sessions'
import type { StepQuestion } from './gather-question'
import { type GatheredFile, jsonFile } from './gathered-file'
import { type Ask, runSearch } from './trace-search'

/** Of one search; the rest can be asked for where it came from. */
const mostFound = 200

/** Of all opened files together. */
const mostBytes = 150_000_000
/** Of one document with several traces. */
const mostPartBytes = 4_000_000

interface OtlpTraces {
  readonly resourceSpans: readonly unknown[]
}

/** The traces that steps showed, and those that searches found. */
export class GatheredTraces {
  readonly #signal: AbortSignal
  readonly #asksOf: (question: StepQuestion) => readonly Ask[]
  /** By trace, and by source, what came. */
  readonly #documents = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>()
  /** Those that came from opened files first, and so as OTLP JSON. */
  readonly #ofFiles = new Set<string>()
  #bytesLeft = mostBytes

  constructor(signal: AbortSignal, asksOf: (question: StepQuestion) => readonly Ask[]) {
    this.#signal = signal
    this.#asksOf = asksOf
  }

  get count(): number {
    return this.#documents.size
  }

  /** What came of a trace, by the ids of its sources. */
  documentsOf(traceId: string): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
    return this.#documents.get(traceId) ?? new Map()
  }

  /** What could not be had of a step, in sentences. */
  async take(question: StepQuestion): Promise<readonly string[]> {
    return question.path === '/traces' ? this.#takeFound(question) : this.#takeTrace(question)
  }

  async #takeTrace({ params, sources }: StepQuestion): Promise<readonly string[]> {
    const id = params.get('id') ?? ''
    const asked = sources.filter(({ capabilities }) => capabilities.traces)
    if (asked.length === 0) return ['its source of traces is not there any more.']
    const failures: unknown[] = []
    for (const source of asked)
      try {
        // oxlint-disable-next-line no-await-in-loop -- as in gather()
        await this.#takeFrom(source, id)
      } catch (thrown) {
        failures.push(thrown)
      }
    // Most of those that were asked hold others: only where none has it something is missing.
    if (failures.length === asked.length) throw failures[0]
    return []
  }

  async #takeFound(question: StepQuestion): Promise<readonly string[]> {
    const asks = this.#asksOf(question)
    const found = await runSearch(asks, question.window, this.#signal)
    for (const { summary, sources } of found.slice(0, mostFound))
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      for (const { id } of sources) await this.#takeFrom({ id }, summary.traceId)
    return found.length > mostFound
      ? [`${mostFound} of the ${found.length} traces it found are in the file.`]
      : []
  }

  async #takeFrom({ id }: Pick<Source, 'id'>, traceId: string): Promise<void> {
    const of = getOrSet(this.#documents, traceId, () => new Map<string, Uint8Array<ArrayBuffer>>())
    if (of.has(id)) return
    try {
      const response = await call(tracePath(id, traceId), { signal: this.#signal })
      of.set(id, new Uint8Array(await response.arrayBuffer()))
    } finally {
      if (of.size === 0) this.#documents.delete(traceId)
    }
  }

  /** Takes in a trace of opened files, as OTLP JSON; false where more of them are there than are kept. */
  takeOfFiles(files: string, traceId: string, document: Uint8Array<ArrayBuffer>): boolean {
    if (this.#bytesLeft < document.length) return false
    const of = getOrSet(this.#documents, traceId, () => new Map<string, Uint8Array<ArrayBuffer>>())
    if (of.size === 0) this.#ofFiles.add(traceId)
    if (of.has(files)) return true
    this.#bytesLeft -= document.length
    of.set(files, document)
    return true
  }

  /** A document of OTLP JSON for each trace, made of what its sources sent; those of opened files alone are many in one. */
  async files(): Promise<readonly GatheredFile[]> {
    const files: GatheredFile[] = []
    let part: OtlpTraces[] = []
    let [partBytes, parts] = [0, 0]
    const endPart = (): void => {
      if (part.length === 0) return
      const resourceSpans = part.flatMap((one) => one.resourceSpans)
      parts++
      files.push(jsonFile(`traces/files-${parts}.json`, { resourceSpans }))
      part = []
      partBytes = 0
    }
    for (const [traceId, documents] of this.#documents) {
      if (documents.size === 1 && this.#ofFiles.has(traceId)) {
        for (const bytes of documents.values()) {
          part.push(JSON.parse(new TextDecoder().decode(bytes)) as OtlpTraces)
          partBytes += bytes.length
        }
        if (partBytes > mostPartBytes) endPart()
        continue
      }
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      const content = await traceSessions.exported([...documents.values()], traceId, 'otlp', this.#signal)
      if (content) files.push({ path: `traces/${traceId}.json`, content })
    }
    endPart()
    return files
  }
}
