/** Counts calls one by one: for each pair how many, how many failed, and how long they took. */
import { percentile } from '#shared/derive/groups/measure'
import { edgeId, type NodeKind } from '#shared/map/graph'

/** Who calls whom. */
export interface Call {
  readonly parent: string
  readonly child: string
  readonly parentKind: NodeKind
  readonly childKind: NodeKind
}

export interface CountedCall extends Call {
  readonly count: number
  readonly failed: number
  /** Seconds. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

interface Counting extends Call {
  readonly durationsNs: number[]
  failed: number
}

export const callOfService = (parent: string, child: string): Call => ({
  parent,
  child,
  parentKind: 'service',
  childKind: 'service',
})

/** A message into a queue, or out of it: the queue stands between the two services, which do not wait for each other. */
export const sentTo = (queue: string, service: string): Call => ({
  ...callOfService(service, queue),
  childKind: 'queue',
})
export const takenFrom = (queue: string, service: string): Call => ({
  ...callOfService(queue, service),
  parentKind: 'queue',
})

export class CallCounter {
  readonly #pairs = new Map<string, Counting>()

  add(call: Call, durationNs: number, hasFailed: boolean): void {
    const id = edgeId(call.parent, call.child)
    const pair = this.#pairs.get(id) ?? { ...call, durationsNs: [], failed: 0 }
    pair.durationsNs.push(durationNs)
    if (hasFailed) pair.failed++
    this.#pairs.set(id, pair)
  }

  /** In order of first appearance. */
  calls(): readonly CountedCall[] {
    return [...this.#pairs.values()].map(({ durationsNs, ...pair }) => {
      const ascending = Float64Array.from(durationsNs).sort()
      const seconds = (share: number): number => percentile(ascending, share) / 1e9
      return {
        ...pair,
        count: ascending.length,
        p50: seconds(0.5),
        p95: seconds(0.95),
        p99: seconds(0.99),
      }
    })
  }
}
