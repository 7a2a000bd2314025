/** One way in which an incident may be written down: what the signals call a service and a trace, who holds them, and when they were written. */

/** The fast requests around the slow one, and the slow one itself. */
export interface SlowRequest {
  readonly traceId: string
  readonly spanId: string
  readonly startMs: number
  readonly endMs: number
}

export interface Variant {
  readonly name: string
  /** As its traces call it. */
  readonly service: string
  /** The labels of its metrics that name it. */
  readonly metrics: Readonly<Record<string, string>>
  /** What the overview calls it. */
  readonly listed: string
  /** The label of its exemplars that names the trace. */
  readonly exemplar: string
  /** Digits with which the id of its trace begins. */
  readonly idBegins?: string
  /** The zeros the id begins with are lost in metrics and logs. */
  readonly isStripped?: boolean
  /** None for a trace that was not sampled. */
  readonly heldBy: readonly ('tempo' | 'jaeger')[]
  readonly stream: Readonly<Record<string, string>>
  readonly text: (id: string, spanId: string) => string
  readonly metadata?: (id: string, spanId: string) => Readonly<Record<string, string>>
  /** So long after the end of the span its line was written, by the clock of the lines. */
  readonly afterMs?: number
  /** What a person is told as the line is there. */
  readonly said: RegExp
}

export const words = 'connection pool exhausted, waited 4500ms for available connection'
