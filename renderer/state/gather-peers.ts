import type { QueryClient } from '@tanstack/react-query'
import type { Source } from '#shared/api/contract'
import { rowOfSpanId } from '#shared/derive/span-ids'
import { type SavedPeers, peersAmong } from '#shared/investigation/saved-peers'
import { traceSessions } from '../client/trace-sessions'
import type { TraceInput } from '../worker/messages'
import type { StepQuestion } from './gather-question'
import { keptOf } from './open-investigation'
import { peersAsked, peerSources, peersToSave } from './peers'
import { traceLocation } from './trace-location'

/** A trace whose span is compared is read once more: no larger one. */
const mostBytes = 300_000_000

/** How the spans that steps looked at compare with others of their operation. */
export class GatheredPeers {
  readonly #signal: AbortSignal
  readonly #client: QueryClient
  readonly #all: readonly Source[]
  readonly #found: SavedPeers[] = []

  constructor(signal: AbortSignal, client: QueryClient, all: readonly Source[]) {
    this.#signal = signal
    this.#client = client
    this.#all = all
  }

  get peers(): readonly SavedPeers[] {
    return this.#found
  }

  /** Of the span that a step is at. `documents`: what the sources of its trace sent, by their id. */
  async take(
    { params }: StepQuestion,
    documents: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  ): Promise<void> {
    const { traceId, span } = traceLocation.parse(params)
    if (span === '' || documents.size === 0) return
    const inputs = [...documents].map(([name, content]): TraceInput => ({
      kind: 'file',
      name,
      file: new Blob([content]),
    }))
    const traces = await traceSessions.read(inputs, mostBytes, this.#signal)
    const trace = traces.find((one) => one.traceId === traceId)
    const row = trace ? rowOfSpanId(trace.spans, span) : -1
    if (!trace || row < 0) return
    const cameFrom = [...documents.keys()]
    const kept = await keptOf(this.#client, cameFrom)
    const sources = peerSources(this.#all, cameFrom, kept !== undefined)
    const asked = peersAsked(trace, row, sources, Date.now())
    const { subject, window } = asked
    // Spans of one trace share the answer.
    if (peersAmong(this.#found, subject, window.startMs, traceId)?.traceId === traceId) return
    const found =
      (kept && peersAmong(kept.peers, subject, window.startMs, traceId)) ??
      (await peersToSave(this.#client, sources, asked, traceId))
    if (found) this.#found.push(found)
  }
}
