/** The lines of opened logs as the streams that LogQL is asked of. */
import { getOrSet } from '#shared/base/get-or-set'
import type { Labels } from '#shared/api/logs'
import { extraOf, keyOfLabels, levelOf, type LogBatch, textOf } from '#shared/logs/batch'
import { namingLabels, withServices } from '#shared/logs/naming-labels'
import type { LogStream } from '#shared/query/logql/log-streams'
import { labelsOf, labelValue } from '#shared/query/promql/labels'
import { matchesAll } from '#shared/query/promql/matcher'
import type { LogStreams } from './log-store.ts'

/** A label that all streams have, the one that names their services if that is; empty where there is none. */
export function labelOfAll(streams: readonly LogStream[]): string {
  const [first] = streams
  if (!first) return ''
  // What an answer calls a label may be no name that LogQL knows.
  const others = first.labels.map(([name]) => name).filter((name) => /^[A-Za-z_]\w*$/.test(name))
  const names = [...namingLabels, ...others]
  return names.find((name) => streams.every(({ labels }) => labelValue(labels, name) !== '')) ?? ''
}

/** One stream for each set of labels; `batch` is in order of time, the oldest first. What was sent along with a line is read when it is asked for. */
export function openedLines(batch: LogBatch): LogStreams {
  const epochMs = batch.length === 0 ? 0 : batch.ms[0]
  const rowsOf = new Map<string, number[]>()
  const labels = withServices(batch.streams)
  const keys = labels.map(keyOfLabels)
  for (let row = 0; row < batch.length; row++) getOrSet(rowsOf, keys[batch.stream[row]], () => []).push(row)
  const streams = [...rowsOf.values()].map((rows) =>
    streamOf(batch, labels[batch.stream[rows[0]]], Int32Array.from(rows), epochMs),
  )
  return {
    epochNs: BigInt(epochMs) * 1_000_000n,
    streams,
    select: (matchers) => streams.filter((stream) => matchesAll(matchers, stream.labels)),
  }
}

function streamOf(batch: LogBatch, labels: Labels, rows: Int32Array, epochMs: number): LogStream {
  return {
    labels: labelsOf(labels),
    times: Float64Array.from(rows, (row) => (batch.ms[row] - epochMs) * 1e6 + batch.subMs[row]),
    text: (line) => textOf({ batch, at: rows[line] }),
    metadata(line) {
      const at = { batch, at: rows[line] }
      const { metadata } = extraOf(at)
      const level = levelOf(at)
      // Loki finds it too where nobody says it.
      return labelsOf(level === 'unknown' ? metadata : { detected_level: level, ...metadata })
    },
  }
}
