/** Counts calls one by one: for each pair how many, how many failed, and how long they took. */
import { percentile } from '#shared/derive/groups/measure'
import { edgeId, type NodeKind } from '#shared/map/graph'

export interface CountedCall {
  readonly parent: string
  readonly child: string
  readonly childKind: NodeKind
  readonly count: number
  readonly failed: number
  /** Seconds. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

interface Counting {
  readonly parent: string
  readonly child: string
  readonly childKind: NodeKind
  readonly durationsNs: number[]
  failed: number
}

export class CallCounter {
  readonly #pairs = new Map<string, Counting>()

  add(parent: string, child: string, childKind: NodeKind, durationNs: number, hasFailed: boolean): void {
    const id = edgeId(parent, child)
    const pair = this.#pairs.get(id) ?? { parent, child, childKind, durationsNs: [], failed: 0 }
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
