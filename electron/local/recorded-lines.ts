/** The log lines of a run as the streams that a Loki would make of what it is sent by OTLP. */
import type { LogStream } from '#shared/query/logql/log-streams'
import { type Labels, labelsOf } from '#shared/query/promql/labels'
import { matchesAll } from '#shared/query/promql/matcher'
import { severityNumbers } from '#shared/simulate/otlp/logs'
import { Clock, resourceAttributes, spanIdText, traceIdText } from '#shared/simulate/otlp/json-text'
import { scopeName } from '#shared/simulate/otlp/traces'
import type { Attributes, LogLine } from '#shared/simulate/parts/record'
import type { Instance } from '#shared/simulate/parts/service'
import type { Run } from '#shared/simulate/run'
import type { LogStreams } from './log-store.ts'

/** Attributes of a resource that Loki makes labels of; the others go along with each line. */
const indexed: ReadonlySet<string> = new Set([
  'service.name',
  'service.instance.id',
  'deployment.environment.name',
  'k8s.namespace.name',
  'k8s.pod.name',
])

/** A stream for each instance, lines at the time its clock showed. What is sent along with a line is put into words when it is asked for. */
export function recordedLines(run: Run): LogStreams {
  const byInstance = Map.groupBy(run.lines, ({ instance }) => instance)
  const streams = [...byInstance].map(([instance, lines]) => streamOf(run, instance, lines))
  return {
    epochNs: run.epochNs,
    streams,
    select: (matchers) => streams.filter(({ labels }) => matchesAll(matchers, labels)),
  }
}

function streamOf({ epochNs }: Run, instance: Instance, lines: readonly LogLine[]): LogStream {
  const clock = new Clock(epochNs)
  const resource = Object.entries(resourceAttributes(instance))
  const attributes = (wanted: boolean): Attributes =>
    Object.fromEntries(resource.filter(([name]) => indexed.has(name) === wanted))
  const common = attributes(false)
  return {
    labels: labelsOf(texts(attributes(true))),
    times: Float64Array.from(lines, ({ atNs }) => instance.clock(atNs)),
    text: (line) => lines[line].text,
    metadata: (line) => metadataOf(lines[line], common, clock),
  }
}

function metadataOf(line: LogLine, common: Attributes, clock: Clock): Labels {
  const { atNs, instance, severity, logger, attributes, span } = line
  return labelsOf(
    texts({
      ...common,
      ...attributes,
      logger,
      observed_timestamp: clock.text(atNs, instance),
      severity_number: severityNumbers[severity],
      severity_text: severity,
      detected_level: severity.toLowerCase(),
      scope_name: scopeName,
      scope_version: instance.version,
      ...(span && { flags: 1, trace_id: traceIdText(span.trace), span_id: spanIdText(span) }),
    }),
  )
}

/** Names as Loki writes them. */
function texts(attributes: Attributes): [string, string][] {
  return Object.entries(attributes).map(([name, value]) => [name.replace(/\W/gu, '_'), String(value)])
}
