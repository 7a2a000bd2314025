import type { Breath } from '#shared/query/breath'
import { type Structure, structureOf } from './structure.ts'
import { root, type TraceSpans } from './traces.ts'

/** A trace while it is looked at, with what is found out of it once for all its spans, when it is asked for. */
export class TraceAtHand {
  readonly spans: TraceSpans
  #structure: Structure | undefined
  #rootSpan: number | undefined
  #durationNs: number | undefined

  readonly #breath: Pick<Breath, 'check'> | undefined

  constructor(spans: TraceSpans, breath?: Pick<Breath, 'check'>) {
    this.spans = spans
    this.#breath = breath
  }

  /** Throws when the work was given up: a trace of a million spans is looked at without a pause. */
  check(): void {
    this.#breath?.check()
  }

  get structure(): Structure {
    return (this.#structure ??= structureOf(this.spans.parents()))
  }

  /** From the first start to the last end. */
  get durationNs(): number {
    if (this.#durationNs === undefined) {
      let start = Infinity
      let end = -Infinity
      for (let span = 0; span < this.spans.length; span++) {
        const startNs = this.spans.startNs(span)
        start = Math.min(start, startNs)
        end = Math.max(end, startNs + this.spans.durationNs(span))
      }
      this.#durationNs = end - start
    }
    return this.#durationNs
  }

  /** The last span without a parent, which Tempo takes of several; -1 when there is none. */
  get rootSpan(): number {
    return (this.#rootSpan ??= this.spans.parents().lastIndexOf(root))
  }
}
