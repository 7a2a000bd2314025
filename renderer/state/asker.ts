/** Questions to one source of metrics that belong to one answer. */
import type { TsdbAnswer } from '#shared/api/metrics'
import { metricsApi, type TimedAnswer } from '../client/metrics-api'
import type { Window } from './figures'

/** Asks a source, and remembers what it warned of: an answer made of many is not whole where one of them is not. */
export interface Asker {
  readonly query: (query: string, atMs: number) => Promise<TimedAnswer>
  readonly range: (query: string, window: Window & { readonly stepMs: number }) => Promise<TimedAnswer>
  readonly labels: (match: string, window: Window) => Promise<readonly string[]>
  readonly tsdb: () => Promise<TsdbAnswer>
  readonly labelValues: (label: string, match: string, window: Window) => Promise<readonly string[]>
}

/** An answer that was made of many, and what the source warned of on the way, each once. */
export interface Warned<Answer> {
  readonly answer: Answer
  readonly warnings: readonly string[]
}

/** Asks whatever one answer needs. */
export async function askWarned<Answer>(
  source: string,
  signal: AbortSignal,
  ask: (asker: Asker) => Promise<Answer>,
): Promise<Warned<Answer>> {
  const warnings = new Set<string>()
  const note = async (asked: Promise<TimedAnswer>): Promise<TimedAnswer> => {
    const answer = await asked
    for (const warning of answer.warnings) warnings.add(warning)
    return answer
  }
  const answer = await ask({
    query: (query, atMs) => note(metricsApi.query(source, query, atMs, signal)),
    range: (query, window) => note(metricsApi.range(source, query, window, signal)),
    labels: (match, window) => metricsApi.labels(source, match, window, signal),
    tsdb: () => metricsApi.tsdb(source, signal),
    labelValues: (label, match, window) => metricsApi.labelValues(source, label, match, window, signal),
  })
  return { answer, warnings: [...warnings] }
}
