import type { Source } from '#shared/api/contract'
import { getOrSet } from '#shared/base/get-or-set'
import { call, tracePath } from '../client/api'
import { traceSessions } from '../client/trace-sessions'
import type { StepQuestion } from './gather-question'
import type { GatheredFile } from './gathered-file'
import { type Ask, runSearch } from './trace-search'

/** Of one search; the rest can be asked for where it came from. */
const mostFound = 200

/** The traces that steps showed, and those that searches found. */
export class GatheredTraces {
  readonly #signal: AbortSignal
  readonly #asksOf: (question: StepQuestion) => readonly Ask[]
  /** By trace, and by source, what came. */
  readonly #documents = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>()

  constructor(signal: AbortSignal, asksOf: (question: StepQuestion) => readonly Ask[]) {
    this.#signal = signal
    this.#asksOf = asksOf
  }

  get count(): number {
    return this.#documents.size
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

  /** A document of OTLP JSON for each trace, made of what its sources sent. */
  async files(): Promise<readonly GatheredFile[]> {
    const files: GatheredFile[] = []
    for (const [traceId, documents] of this.#documents) {
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      const content = await traceSessions.exported([...documents.values()], traceId, 'otlp', this.#signal)
      if (content) files.push({ path: `traces/${traceId}.json`, content })
    }
    return files
  }
}
