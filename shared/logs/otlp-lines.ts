/** The records of OTLP logs as lines: what Loki makes of them when they are sent to it. */
import type { Labels } from '#shared/api/logs'
import { type Moment, momentOf } from './line-time.ts'

/** What a file says of a line. */
export interface Said {
  readonly moment: Moment
  readonly text: string
  readonly labels: Labels
  readonly metadata: Labels
}

/**
 * An attribute of a resource that lists which of its attributes Loki makes labels of, as the Collector's exporter for Loki knows it. Where
 * it is missing the service alone is one.
 */
export const labelHint = 'loki.resource.labels'

/** Names of the numbers of severity, four each. */
const severities = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

/** Lines of the entries of `resourceLogs`; records without a time are left out. */
export function* otlpLines(resources: readonly unknown[]): Generator<Said> {
  for (const entry of resources) {
    if (!isRecord(entry)) continue
    const resource = attributesOf(isRecord(entry['resource']) ? entry['resource'] : {})
    const { [hintName]: hint, ...described } = resource
    const labels =
      hint === undefined
        ? { service_name: described['service_name'] ?? 'unknown_service' }
        : picked(described, hint)
    const rest = Object.fromEntries(
      Object.entries(described).filter(([name]) => hint === undefined || !(name in labels)),
    )
    for (const scope of asList(entry['scopeLogs'] ?? entry['scope_logs'])) {
      if (!isRecord(scope)) continue
      const name = isRecord(scope['scope']) ? scope['scope']['name'] : undefined
      for (const record of asList(scope['logRecords'] ?? scope['log_records'])) {
        const said = isRecord(record) ? lineOf(record, labels, rest, name) : undefined
        if (said !== undefined) yield said
      }
    }
  }
}

function lineOf(
  record: Readonly<Record<string, unknown>>,
  labels: Labels,
  resource: Labels,
  scope: unknown,
): Said | undefined {
  const pick = (camel: string, snake: string): unknown => record[camel] ?? record[snake]
  const moment =
    momentOf(pick('timeUnixNano', 'time_unix_nano')) ??
    momentOf(pick('observedTimeUnixNano', 'observed_time_unix_nano'))
  if (moment === undefined) return undefined
  const number = Number(pick('severityNumber', 'severity_number') ?? 0)
  const beside: [string, unknown][] = [
    ['detected_level', severities[Math.floor((number - 1) / 4)]],
    ['severity_text', pick('severityText', 'severity_text')],
    ['scope_name', scope],
    ['trace_id', pick('traceId', 'trace_id')],
    ['span_id', pick('spanId', 'span_id')],
  ]
  const said = beside.flatMap(([key, value]) =>
    typeof value === 'string' && value !== '' ? [[key, value] as const] : [],
  )
  return {
    moment,
    text: valueText(record['body']),
    labels,
    metadata: { ...resource, ...attributesOf(record), ...Object.fromEntries(said) },
  }
}

const hintName = underlined(labelHint)

/** Those attributes that a list names. */
function picked(attributes: Labels, list: string): Labels {
  const names = list.split(',').map((name) => underlined(name.trim()))
  return Object.fromEntries(names.flatMap((name) => (name in attributes ? [[name, attributes[name]]] : [])))
}

/** Dots become underlines, as in Loki. */
function underlined(name: string): string {
  return name.replaceAll(/[^\w]/g, '_')
}

function attributesOf({ attributes }: Readonly<Record<string, unknown>>): Labels {
  const pairs = asList(attributes).filter(isRecord)
  return Object.fromEntries(pairs.map(({ key, value }) => [underlined(String(key)), valueText(value)]))
}

/** An AnyValue as text: what is a list or a map as JSON. */
function valueText(value: unknown): string {
  const plain = plainValue(value)
  return typeof plain === 'string' ? plain : JSON.stringify(plain ?? '')
}

function plainValue(value: unknown): unknown {
  if (!isRecord(value)) return value
  const [[kind, inner] = ['', undefined]] = Object.entries(value)
  const list = isRecord(inner) ? asList(inner['values']) : []
  if (/^array_?value$/i.test(kind)) return list.map(plainValue)
  if (/^kvlist_?value$/i.test(kind))
    return Object.fromEntries(
      list.filter(isRecord).map((pair) => [String(pair['key']), plainValue(pair['value'])]),
    )
  return inner
}

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
