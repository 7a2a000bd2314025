/** The log lines of the story, for Loki: some through OTLP with the trace id as structured metadata, some pushed with it in the line. */
import { otlpAttributes, resourceOf } from './otlp.ts'
import type { FedSpan } from './span.ts'
import type { Story } from './story.ts'

interface LogLine {
  readonly span: FedSpan
  readonly timeNs: bigint
  readonly severity: 'INFO' | 'WARN' | 'ERROR'
  readonly text: string
}

const severityNumbers = { INFO: 9, WARN: 13, ERROR: 17 } as const

/** One line for every ordinary request in Tempo, and those that say why the slow checkout was slow. */
export function writeLogs(story: Story): LogLine[] {
  const { incident, ordinary } = story.tempo
  const lines: LogLine[] = ordinary.map((trace) => {
    const span = trace.spans[2]
    const words = `${span.name} ${span.error === undefined ? 200 : 500} in ${(span.endNs - span.startNs) / 1_000_000n} ms`
    return { span, timeNs: span.endNs, severity: span.error === undefined ? 'INFO' : 'ERROR', text: words }
  })
  const named = (name: string, service: string) => {
    const span = incident.spans.find((span) => span.name === name && span.service === service)
    if (span === undefined) throw new Error(`the incident has no ${name}`)
    return span
  }
  const acquire = named('payments-db pool.acquire', 'payment-service')
  const order = named('POST /orders', 'order-service')
  lines.push(
    {
      span: acquire,
      timeNs: acquire.startNs + 1_000_000n,
      severity: 'WARN',
      text: 'pool payments-db: 20/20 in use, 37 waiting',
    },
    {
      span: acquire,
      timeNs: acquire.endNs,
      severity: 'ERROR',
      text: 'connection pool exhausted, waited 4500ms for available connection',
    },
    {
      span: order,
      timeNs: order.endNs,
      severity: 'ERROR',
      text: 'charge failed: 503 from payment-service, order 81347 set to PAYMENT_FAILED',
    },
  )
  return lines.toSorted((one, other) => Number(one.timeNs - other.timeNs))
}

/** An ExportLogsServiceRequest; Loki keeps trace_id and span_id as structured metadata. */
export function otlpLogs(lines: readonly LogLine[]) {
  return {
    resourceLogs: [...Map.groupBy(lines, (line) => line.span.service)].map(([service, lines]) => ({
      resource: { attributes: otlpAttributes(resourceOf(service)) },
      scopeLogs: [
        {
          logRecords: lines.map((line) => ({
            timeUnixNano: String(line.timeNs),
            severityNumber: severityNumbers[line.severity],
            severityText: line.severity,
            body: { stringValue: line.text },
            traceId: line.span.traceId,
            spanId: line.span.spanId,
          })),
        },
      ],
    })),
  }
}

/** The same lines as an agent without OTLP pushes them: JSON text that holds the trace id, under the label `app`. */
export function pushedLogs(lines: readonly LogLine[]) {
  return {
    streams: [...Map.groupBy(lines, (line) => line.span.service)].map(([service, lines]) => ({
      stream: { app: service, env: 'production' },
      values: lines.map((line) => [
        String(line.timeNs),
        JSON.stringify({ level: line.severity.toLowerCase(), msg: line.text, traceID: line.span.traceId }),
      ]),
    })),
  }
}
