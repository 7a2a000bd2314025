import type { TriedRequest } from '#shared/api/contract'

/**
 * The ways a server may know a trace: padded to 32 digits, with its leading zeros stripped (Tempo's search answers so), and as 16
 * digits when the upper half is zero (Zipkin, Jaeger before 128-bit ids). Most ids have one spelling only.
 */
export function spellings(traceId: string): readonly string[] {
  const stripped = traceId.replace(/^0+(?=.)/, '')
  const short = stripped.padStart(16, '0')
  return [...new Set([traceId, stripped, ...(stripped.length <= 16 ? [short] : [])])]
}

/** Said beside a trace that was found under another spelling than the padded one. */
export function spellingNote(name: string, spelling: string): string {
  return `${name} knows this trace as ${spelling}.`
}

/** A note of the ways in which a trace was asked for in vain; `isTimed` says that its time was given along. */
export class VainRequests {
  readonly #traceId: string
  readonly #tried: TriedRequest[] = []
  #begunMs = performance.now()

  constructor(traceId: string) {
    this.#traceId = traceId
  }

  /** One more; it began when the one before it ended. */
  add(spelling: string, isTimed: boolean): void {
    const endedMs = performance.now()
    const how =
      spelling === this.#traceId
        ? 'id of 32 digits'
        : spelling.length === 16
          ? 'short id of 16 digits'
          : 'id without its leading zeros'
    this.#tried.push({
      what: isTimed ? `${how}, around its time` : `${how}, at any time`,
      id: spelling,
      tookMs: endedMs - this.#begunMs,
    })
    this.#begunMs = endedMs
  }

  get list(): readonly TriedRequest[] {
    return this.#tried
  }
}
