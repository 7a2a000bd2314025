import type { Run } from '../run.ts'
import type { LogLine, Severity } from '../parts/record.ts'
import { attributesText, Clock, joined, quoted, resourceText, spanIdText, traceIdText } from './json-text.ts'

/** Of OpenTelemetry. */
export const severityNumbers: Readonly<Record<Severity, number>> = { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17 }

/** Lines as an ExportLogsServiceRequest: one resource for each instance. */
export function logsDocument({ epochNs }: Run, lines: readonly LogLine[]): string {
  const clock = new Clock(epochNs)
  const resources = [...Map.groupBy(lines, ({ instance }) => instance)].map(
    ([instance, own]) =>
      `{"resource":${resourceText(instance)},"scopeLogs":[{"scope":{"name":"shop","version":${quoted(instance.version)}},` +
      `"logRecords":[${own.map((line) => lineText(line, clock)).join()}]}]}`,
  )
  return `{"resourceLogs":[${resources.join()}]}`
}

function lineText(
  { atNs, instance, severity, logger, text, attributes, span }: LogLine,
  clock: Clock,
): string {
  const time = clock.text(atNs, instance)
  return (
    `{"timeUnixNano":"${time}","observedTimeUnixNano":"${time}","severityNumber":${severityNumbers[severity]},` +
    `"severityText":"${severity}","body":{"stringValue":${quoted(text)}},` +
    `"attributes":[${joined(attributesText({ logger }), attributesText(attributes))}]` +
    (span === undefined
      ? '}'
      : `,"flags":1,"traceId":"${traceIdText(span.trace)}","spanId":"${spanIdText(span)}"}`)
  )
}
