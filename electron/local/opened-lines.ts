/** The lines of opened logs as the streams that LogQL is asked of. */
import type { Labels } from '#shared/api/logs'
import { getOrSet } from '#shared/base/get-or-set'
import { extraOf, keyOfLabels, levelOf, type LogBatch, textOf } from '#shared/logs/batch'
import type { LogStream } from '#shared/query/logql/log-streams'
import { labelsOf, labelValue } from '#shared/query/promql/labels'
import { matchesAll } from '#shared/query/promql/matcher'
import type { LogStreams } from './log-store.ts'

/** Labels that a Loki takes the name of a service from, the best first. https://grafana.com/docs/loki/latest/get-started/labels/ */
const namingLabels = [
  'service_name',
  'service',
  'app',
  'application',
  'name',
  'app_kubernetes_io_name',
  'container',
  'container_name',
  'component',
  'workload',
  'job',
] as const

/**
 * The labels of all streams. Where they name their services in several ways, or some do not, those without `service_name` get one, as a Loki that
 * takes them in gives it: so one selector has all that was opened together. What came of one hand stays as it is.
 */
function withServices(all: readonly Labels[]): readonly Labels[] {
  const naming = all.map((labels) => namingLabels.find((name) => (labels[name] ?? '') !== ''))
  if (naming.every((name) => name === naming[0])) return all
  return all.map((labels, at) => {
    const name = naming[at]
    const service = name === undefined ? 'unknown_service' : labels[name]
    return name === 'service_name' ? labels : { ...labels, service_name: service }
  })
}

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
