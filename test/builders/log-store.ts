/** Lines to be asked about, from what a Loki would be sent. */
import { labelsOf } from '#shared/query/promql/labels'
import { matchesAll } from '#shared/query/promql/matcher'
import type { StreamStore, LogStream } from '#shared/query/logql/log-streams'

/** A stream as Loki's push API takes it, lines in order of time. */
export interface DrawnStream {
  readonly stream: Readonly<Record<string, string>>
  /** Nanoseconds since 1970, the line, and what is sent along with it. */
  readonly values: readonly (readonly [
    ns: string,
    line: string,
    metadata?: Readonly<Record<string, string>>,
  ])[]
}

export function logStore(drawn: readonly DrawnStream[], epochNs: bigint): StreamStore {
  const streams = drawn.map(({ stream, values }): LogStream => ({
    labels: labelsOf(stream),
    times: Float64Array.from(values, ([ns]) => Number(BigInt(ns) - epochNs)),
    text: (line) => values[line][1],
    metadata: (line) => labelsOf(values[line][2] ?? {}),
  }))
  return {
    epochNs,
    select: (matchers) => streams.filter(({ labels }) => matchesAll(matchers, labels)),
  }
}
