/** Collects what the steps of a thread showed, so that it can be saved: asked again where it came from, each thing once. */
import type { QueryClient } from '@tanstack/react-query'
import type { Correction, Source } from '#shared/api/contract'
import type { SavedCounts, SavedFiles } from '#shared/investigation/manifest'
import type { SavedPeers } from '#shared/investigation/saved-peers'
import { nameOf, type Step, type Thread } from '#shared/thread/thread'
import { toApiError } from '../client/api'
import { GatheredCalls } from './gather-calls'
import { GatheredFiles } from './gather-files'
import { GatheredLines } from './gather-lines'
import { GatheredMetrics } from './gather-metrics'
import { GatheredPeers } from './gather-peers'
import { questionOf, type StepQuestion } from './gather-question'
import type { GatheredFile } from './gathered-file'
import { GatheredTraces } from './gather-traces'
import { factsOfSources } from './log-facts'
import { keptOf } from './open-investigation'
import type { Ask } from './trace-search'

export interface Gathered {
  readonly files: readonly GatheredFile[]
  readonly holds: SavedCounts
  /** What steps listed of opened files. */
  readonly opened: readonly SavedFiles[]
  readonly peers: readonly SavedPeers[]
  /** What could not be had, and why. */
  readonly notes: readonly string[]
}

export interface GatherOptions {
  /** What a search asks each source. */
  readonly asksOf: (question: StepQuestion) => readonly Ask[]
  /** What was learned and found so far. */
  readonly client: QueryClient
  /** What a person said of sources, by their ids. */
  readonly said: Readonly<Record<string, Correction>>
  readonly signal: AbortSignal
  /** Hears which step is being asked, before it is. */
  readonly onStep: (at: number, step: Step) => void
}

/** Asks for all of it, one step after the other; what fails costs that step, and is said. Rejects when it is stopped. */
export async function gather(
  thread: Thread,
  sources: readonly Source[],
  { asksOf, client, said, signal, onStep }: GatherOptions,
): Promise<Gathered> {
  const lines = new GatheredLines(signal)
  const metrics = new GatheredMetrics(signal, lines, said)
  const traces = new GatheredTraces(signal, asksOf)
  const calls = new GatheredCalls(signal, metrics, traces, sources)
  const peers = new GatheredPeers(signal, client, sources)
  const opened = new GatheredFiles(signal, { traces, lines, metrics })
  const notes: string[] = []
  for (const [at, step] of thread.steps.entries()) {
    onStep(at, step)
    const question = questionOf(step, sources)
    const { path } = question
    const by = {
      '/metrics': metrics,
      '/overview': metrics,
      '/rules': metrics,
      '/service': metrics,
      '/logs': lines,
      '/trace': traces,
      '/traces': traces,
      '/map': calls,
      '/files': opened,
    }[path]
    if (path === '/cardinality')
      notes.push(`${nameOf(step)}: how many series a server holds cannot be asked of a file.`)
    try {
      // One after the other: whoever saves goes on working, and the servers answer others too.
      // oxlint-disable-next-line no-await-in-loop
      for (const note of (await by?.take(question)) ?? []) notes.push(`${nameOf(step)}: ${note}`)
      if (path !== '/trace') continue
      // oxlint-disable-next-line no-await-in-loop -- as above
      const kept = await keptOf(
        client,
        question.sources.map(({ id }) => id),
      )
      // oxlint-disable-next-line no-await-in-loop -- as above
      await lines.takeOfTrace(question, kept ? question.sources : sources, (of) => factsOfSources(client, of))
      // oxlint-disable-next-line no-await-in-loop -- as above
      await peers.take(question, traces.documentsOf(question.params.get('id') ?? ''))
    } catch (thrown) {
      signal.throwIfAborted()
      notes.push(`${nameOf(step)}: ${toApiError(thrown).message}`)
    }
  }
  const files = [...(await traces.files()), ...lines.files(), ...metrics.files(), ...calls.files()]
  return {
    files,
    opened: opened.sets,
    peers: peers.peers,
    holds: { traces: traces.count, lines: lines.count, series: metrics.count },
    notes: [...new Set(notes)],
  }
}
