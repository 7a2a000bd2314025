import type { Correction, Source } from '#shared/api/contract'
import type { ExemplarSeries, MetricMetadata, MetricRule } from '#shared/api/metrics'
import { type RawSelection, rawSelectionsOf } from '#shared/investigation/raw-series'
import { exemplarsDocument, SeriesDocument } from '#shared/investigation/series-document'
import { graphMetrics, serviceGraphIn } from '#shared/map/service-graph'
import { overviewMetrics } from '#shared/investigation/overview-series'
import { bucketsOf, familiesAmong } from '#shared/metrics/red'
import { metricsApi } from '../client/metrics-api'
import type { GatheredLines } from './gather-lines'
import type { StepQuestion } from './gather-question'
import { type GatheredFile, jsonFile } from './gathered-file'
import { languageOf } from './metric-answers'
import { saidHistograms } from './metric-facts'
import { metricsLocation, type PanelPlace } from './metrics-location'
import type { SearchWindow } from './trace-search'

const allSeries = '{__name__=~".+"}'
/** Of one set of opened files. */
const mostSeries = 10_000

/** The series that charts and the overview read, as they were recorded, with exemplars, metadata and alerts. */
export class GatheredMetrics {
  readonly #signal: AbortSignal
  /** Where lines go that charts count. */
  readonly #lines: GatheredLines
  readonly #said: Readonly<Record<string, Correction>>
  readonly #series = new SeriesDocument()
  readonly #exemplars: ExemplarSeries[] = []
  readonly #metadata = new Map<string, MetricMetadata>()
  /** By their source: as its last step found them. */
  readonly #rules = new Map<string, readonly MetricRule[]>()
  readonly #described = new Set<string>()

  constructor(signal: AbortSignal, lines: GatheredLines, said: Readonly<Record<string, Correction>>) {
    this.#signal = signal
    this.#lines = lines
    this.#said = said
  }

  get count(): number {
    return this.#series.size
  }

  /** What could not be had of a step, in sentences. */
  async take(question: StepQuestion): Promise<readonly string[]> {
    const { panels } = metricsLocation.parse(question.params)
    const counted = await this.#takeCounted(question, panels)
    const sources = question.sources.filter(({ capabilities }) => capabilities.metrics)
    const [first] = sources
    if (!first && counted !== undefined) return counted
    if (!first) return ['its source of metrics is not there any more.']
    await Promise.all(sources.map((source) => this.#describe(source)))
    if (question.path === '/rules')
      return this.#takeRules(first, question.window, question.params.get('rule') ?? '')
    // A service's own page is a part of the overview, looked at closely.
    if (question.path !== '/metrics') return this.#takeOverview(first, question.window)
    const notes: string[] = [...(counted ?? [])]
    for (const panel of panels) {
      const { source, query } = panel
      const asked = question.sources.find(({ id }) => id === source) ?? first
      if (languageOf(panel, asked) === 'logql') continue
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      if (!(await this.#takeQuery(asked, query, question.window)))
        notes.push(`what “${query}” reads cannot be told here, and is not in the file.`)
    }
    return notes
  }

  /** Charts that count lines are made of lines; undefined where there is none. */
  async #takeCounted(
    question: StepQuestion,
    panels: readonly PanelPlace[],
  ): Promise<readonly string[] | undefined> {
    const notes: string[] = []
    let count = 0
    for (const panel of panels) {
      const source = question.sources.find(({ id }) => id === panel.source) ?? question.sources[0]
      if (languageOf(panel, source) !== 'logql') continue
      count++
      const params = new URLSearchParams({ query: panel.query })
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      notes.push(...(await this.#lines.take({ ...question, params, sources: source ? [source] : [] })))
    }
    return count === 0 ? undefined : notes
  }

  async #takeQuery(source: Source, query: string, window: SearchWindow): Promise<boolean> {
    const selections = rawSelectionsOf(query)
    if (selections === undefined) return false
    await this.#takeSeries(source, selections, window)
    this.#exemplars.push(...(await metricsApi.exemplars(source.id, query, window, this.#signal)))
    return true
  }

  async #takeSeries(
    source: Source,
    selections: readonly RawSelection[],
    window: SearchWindow,
  ): Promise<void> {
    for (const { selector, beforeMs, afterMs } of selections) {
      const endMs = window.endMs + afterMs
      const seconds = Math.ceil((endMs - window.startMs + beforeMs) / 1000)
      const samples = `${selector}[${seconds}s]`
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      this.#series.add((await metricsApi.query(source.id, samples, endMs, this.#signal)).series)
    }
  }

  /** All that it looks at is compared with the window before. */
  async #takeOverview(source: Source, window: SearchWindow): Promise<readonly string[]> {
    const beforeMs = 1.25 * (window.endMs - window.startMs) + 300_000
    const names = await metricsApi.labelValues(source.id, '__name__', '', window, this.#signal)
    const said = saidHistograms(this.#said[source.id] ?? {})
    const metrics = overviewMetrics(names, said)
    await this.#takeSeries(
      source,
      metrics.map((selector) => ({ selector, beforeMs, afterMs: 0 })),
      window,
    )
    for (const buckets of familiesAmong(names, said).map(bucketsOf))
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      this.#exemplars.push(...(await metricsApi.exemplars(source.id, buckets, window, this.#signal)))
    return this.#takeRules(source, window)
  }

  /** All rules, with what is read by those that fire and by the one that is drawn. */
  async #takeRules(source: Source, window: SearchWindow, drawn?: string): Promise<readonly string[]> {
    const rules = await metricsApi.rules(source.id, this.#signal)
    this.#rules.set(source.id, rules)
    for (const { group, name, query, state } of rules)
      if (state !== 'inactive' || `${group}/${name}` === drawn)
        // oxlint-disable-next-line no-await-in-loop -- as in gather()
        await this.#takeQuery(source, query, window)
    return []
  }

  /** The metrics of service graphs, over the window and the one before; whether there are any. */
  async takeGraphs({ sources, window }: StepQuestion): Promise<boolean> {
    let hasGraph = false
    const beforeMs = 2 * (window.endMs - window.startMs)
    for (const source of sources.filter(({ capabilities }) => capabilities.metrics)) {
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      const names = await metricsApi.labelValues(source.id, '__name__', graphMetrics, window, this.#signal)
      const selections = names.map((selector) => ({ selector, beforeMs, afterMs: 0 }))
      hasGraph ||= serviceGraphIn(names) !== undefined
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      await this.#takeSeries(source, selections, window)
    }
    return hasGraph
  }

  /** All series of opened files; false where there are more than are kept. */
  async takeFiles(source: Source, window: SearchWindow): Promise<boolean> {
    await this.#describe(source)
    const names = await metricsApi.labelValues(source.id, '__name__', '', window, this.#signal)
    this.#exemplars.push(...(await metricsApi.exemplars(source.id, allSeries, window, this.#signal)))
    const before = this.#series.size
    for (const name of names) {
      if (this.#series.size - before > mostSeries) return false
      // The first moment is in no range that begins with it.
      const selection = { selector: `{__name__=${JSON.stringify(name)}}`, beforeMs: 1_000, afterMs: 0 }
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      await this.#takeSeries(source, [selection], window)
    }
    return true
  }

  async #describe({ id }: Source): Promise<void> {
    if (this.#described.has(id)) return
    this.#described.add(id)
    for (const one of await metricsApi.metadata(id, this.#signal)) this.#metadata.set(one.name, one)
  }

  files(): readonly GatheredFile[] {
    if (this.#series.size === 0 && this.#exemplars.length === 0) return []
    const metadata = Object.fromEntries(
      [...this.#metadata].map(([name, { type, help, unit }]) => [name, [{ type, help, unit }]]),
    )
    return [
      ...this.#series
        .documents()
        .map((document, at) => jsonFile(`metrics/series${at === 0 ? '' : `.${at + 1}`}.json`, document)),
      jsonFile('metrics/exemplars.json', exemplarsDocument(this.#exemplars)),
      jsonFile('metrics/metadata.json', { status: 'success', data: metadata }),
      jsonFile('metrics/rules.json', { kind: 'clew-rules', rules: [...this.#rules.values()].flat() }),
    ]
  }
}
