/** The records of OTLP logs as lines: what Loki makes of them when they are sent to it. */
import type { Labels } from '#shared/api/logs'
import { type Moment, momentOf } from './line-time.ts'

/** What a file says of a line. */
export interface Said {
  readonly moment: Moment
  readonly text: string
  readonly labels: Labels
  readonly metadata: Labels
  /** Something in it is nested too deep, and is not here. */
  readonly isDeep?: boolean
}

/**
 * An attribute of a resource that lists which of its attributes Loki makes labels of, as the Collector's exporter for Loki knows it. Where it
 * is missing, Loki's own list counts.
 */
export const labelHint = 'loki.resource.labels'

/** Most names of attributes hold nothing else: to look takes less than to replace. */
const isPlain = /^\w*$/

/** Names of the numbers of severity, four each. */
const severities = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

/** Attributes of a resource that Loki makes labels of; the others go along with each line. https://grafana.com/docs/loki/latest/send-data/otel/ */
const indexed: ReadonlySet<string> = new Set([
  'service_name',
  'service_namespace',
  'service_instance_id',
  'deployment_environment',
  'deployment_environment_name',
  'cloud_region',
  'cloud_availability_zone',
  'container_name',
  ...['cluster', 'container', 'cronjob', 'daemonset', 'deployment', 'job'].map((kind) => `k8s_${kind}_name`),
  ...['namespace', 'pod', 'replicaset', 'statefulset'].map((kind) => `k8s_${kind}_name`),
])

/** Values nested deeper than this are left out: a stack has an end. */
export const deepest = 64

/** Lines of the entries of `resourceLogs`; undefined for a record without a time, which is left out. */
export function* otlpLines(resources: readonly unknown[]): Generator<Said | undefined> {
  for (const entry of resources) {
    if (!isRecord(entry)) continue
    const ofResource: Depth = { isTooDeep: false }
    const resource: Record<string, string> = {}
    if (isRecord(entry['resource'])) addAttributes(resource, entry['resource'], ofResource)
    const { [hintName]: hint, ...described } = resource
    const isLabel = labelsWanted(hint)
    const parts = Object.groupBy(Object.entries(described), ([name]) => (isLabel(name) ? 'labels' : 'common'))
    const found = Object.fromEntries(parts.labels ?? [])
    const labels = hint === undefined ? { service_name: 'unknown_service', ...found } : found
    const common = Object.fromEntries(parts.common ?? [])
    for (const scope of asList(entry['scopeLogs'] ?? entry['scope_logs'])) {
      if (!isRecord(scope)) continue
      const { name, version } = isRecord(scope['scope']) ? scope['scope'] : {}
      const beside = { ...common }
      addTexts(beside, { scope_name: name, scope_version: version })
      for (const record of asList(scope['logRecords'] ?? scope['log_records'])) {
        const said = isRecord(record) ? lineOf(record, labels, beside) : undefined
        yield said && ofResource.isTooDeep ? { ...said, isDeep: true } : said
      }
    }
  }
}

function lineOf(record: Readonly<Record<string, unknown>>, labels: Labels, beside: Labels): Said | undefined {
  const observed = record['observedTimeUnixNano'] ?? record['observed_time_unix_nano']
  const moment = momentOf(record['timeUnixNano'] ?? record['time_unix_nano']) ?? momentOf(observed)
  if (moment === undefined) return undefined
  const number = Number(record['severityNumber'] ?? record['severity_number'] ?? 0)
  const flags = Number(record['flags'] ?? 0)
  const depth: Depth = { isTooDeep: false }
  const text = valueText(record['body'], depth)
  const metadata = { ...beside }
  addAttributes(metadata, record, depth)
  addTexts(metadata, {
    observed_timestamp: observed,
    detected_level: severities[Math.floor((number - 1) / 4)],
    severity_number: number > 0 ? String(number) : '',
    severity_text: record['severityText'] ?? record['severity_text'],
    flags: flags > 0 ? String(flags) : '',
    trace_id: record['traceId'] ?? record['trace_id'],
    span_id: record['spanId'] ?? record['span_id'],
  })
  return { moment, text, labels, metadata, isDeep: depth.isTooDeep }
}

const hintName = underlined(labelHint)

/** Which attributes are labels: those that a list names, or those of Loki. */
function labelsWanted(hint: string | undefined): (name: string) => boolean {
  const names = hint === undefined ? indexed : new Set(hint.split(',').map((name) => underlined(name.trim())))
  return (name) => names.has(name)
}

/** Adds those that are text, and not empty. */
function addTexts(to: Record<string, string>, values: Readonly<Record<string, unknown>>): void {
  for (const key of Object.keys(values)) {
    const value = values[key]
    if (typeof value === 'string' && value !== '') to[key] = value
  }
}

/** Dots become underlines, as in Loki. */
function underlined(name: string): string {
  return isPlain.test(name) ? name : name.replaceAll(/[^\w]/g, '_')
}

function addAttributes(
  to: Record<string, string>,
  { attributes }: Readonly<Record<string, unknown>>,
  depth: Depth,
): void {
  for (const pair of asList(attributes)) {
    if (!isRecord(pair)) continue
    const name = underlined(String(pair['key']))
    const text = valueText(pair['value'], depth)
    // This name means something else where it is assigned to.
    if (name === '__proto__') Object.defineProperty(to, name, { ...ownText, value: text })
    else to[name] = text
  }
}

const ownText = { configurable: true, enumerable: true, writable: true }

/** What is nested too deep in the values that are read. */
interface Depth {
  isTooDeep: boolean
}

/** An AnyValue as text: what is a list or a map as JSON. */
function valueText(value: unknown, depth: Depth): string {
  const plain = plainValue(value, depth)
  return typeof plain === 'string' ? plain : JSON.stringify(plain ?? '')
}

function plainValue(value: unknown, told: Depth, depth = 0): unknown {
  if (depth > deepest) {
    told.isTooDeep = true
    return undefined
  }
  if (!isRecord(value)) return value
  const [kind = ''] = Object.keys(value)
  const inner = value[kind]
  // Nearly all are one of these: no other name is looked for in them.
  if (kind === 'stringValue' || kind === 'intValue') return inner
  const list = isRecord(inner) ? asList(inner['values']) : []
  if (/^array_?value$/i.test(kind)) return list.map((one) => plainValue(one, told, depth + 1))
  if (/^kvlist_?value$/i.test(kind))
    return Object.fromEntries(
      list.filter(isRecord).map((pair) => [String(pair['key']), plainValue(pair['value'], told, depth + 1)]),
    )
  return inner
}

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
