import type { Source } from '#shared/api/contract'
import { call, tracePath } from '../client/api'
import type { GatheredFile, StepQuestion } from './gather-question'
import { type Ask, runSearch } from './trace-search'

/** Of one search; the rest can be asked for where it came from. */
const mostFound = 200

/** The traces that steps showed, and those that searches found. */
export class GatheredTraces {
  readonly #signal: AbortSignal
  readonly #asksOf: (question: StepQuestion) => readonly Ask[]
  readonly #files = new Map<string, GatheredFile>()
  readonly #ids = new Set<string>()

  constructor(signal: AbortSignal, asksOf: (question: StepQuestion) => readonly Ask[]) {
    this.#signal = signal
    this.#asksOf = asksOf
  }

  get count(): number {
    return this.#ids.size
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
    const key = `${traceId} ${id}`
    if (this.#files.has(key)) return
    const response = await call(tracePath(id, traceId), { signal: this.#signal })
    const content = new Uint8Array(await response.arrayBuffer())
    const others = [...this.#files.keys()].filter((other) => other.startsWith(`${traceId} `)).length
    const path = `traces/${traceId}${others === 0 ? '' : `-${others + 1}`}.json`
    this.#files.set(key, { path, content })
    this.#ids.add(traceId)
  }

  files(): readonly GatheredFile[] {
    return [...this.#files.values()]
  }
}
