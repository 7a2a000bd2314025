import type { Source } from '#shared/api/contract'
import { callsDocument, type ToldCalls } from '#shared/investigation/calls-document'
import { callsOf, isRead } from './dependencies'
import type { GatheredMetrics } from './gather-metrics'
import { questionOf, type StepQuestion } from './gather-question'
import { type GatheredFile, jsonFile } from './gathered-file'
import type { GatheredTraces } from './gather-traces'
import type { SearchWindow } from './trace-search'

/** What a map was made of: calls that servers counted or traces told, the metrics of service graphs, and the trace that lay over it. */
export class GatheredCalls {
  readonly #signal: AbortSignal
  readonly #metrics: GatheredMetrics
  readonly #traces: GatheredTraces
  /** All there are: the trace came from any of them, also from one that counts no calls. */
  readonly #all: readonly Source[]
  readonly #told: ToldCalls[] = []

  constructor(signal: AbortSignal, metrics: GatheredMetrics, traces: GatheredTraces, all: readonly Source[]) {
    this.#signal = signal
    this.#metrics = metrics
    this.#traces = traces
    this.#all = all
  }

  /** What could not be had of a step, in sentences. */
  async take(question: StepQuestion): Promise<readonly string[]> {
    const { window, sources, step, params } = question
    const before = windowBefore(window)
    const lost = new Set<string>()
    const hasGraph = await this.#metrics.takeGraphs(question)
    for (const source of sources) {
      // A map may be laid beside the window before.
      if (source.capabilities.dependencies || (!hasGraph && isRead(source)))
        for (const asked of [window, before]) {
          // oxlint-disable-next-line no-await-in-loop -- as in gather()
          const { calls, notes } = await callsOf(source, asked, this.#signal)
          this.#told.push({ ...asked, calls })
          for (const note of notes) lost.add(`${source.name}: ${note}`)
        }
    }
    const overlaid = params.get('trace') ?? ''
    if (overlaid === '') return [...lost]
    const ofTrace = await this.#traces.take(
      questionOf({ ...step, place: `/trace?${overlaid}`, sources: [] }, this.#all),
    )
    return [...lost, ...ofTrace]
  }

  files(): readonly GatheredFile[] {
    return this.#told.length === 0 ? [] : [jsonFile('map/calls.json', callsDocument(this.#told))]
  }
}

const windowBefore = ({ startMs, endMs }: SearchWindow): SearchWindow => ({
  startMs: startMs - (endMs - startMs),
  endMs: startMs,
})
