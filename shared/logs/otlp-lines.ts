/** The records of OTLP logs as lines: what Loki makes of them when they are sent to it. */
import type { Labels } from '#shared/api/logs'
import { Beside } from './beside.ts'
import { type Moment, momentOf } from './line-time.ts'

/** What a file says of a line. */
export interface Said {
  readonly moment: Moment
  readonly text: string
  readonly labels: Labels
  /** What was sent along with it, as `Extra` is kept in a batch; empty where nothing was. */
  readonly extra: string
  /** Index into `levels` of what that says of its level; 0 for nothing. */
  readonly level: number
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

/** Lines of the entries of `resourceLogs`; records without a time are left out. */
export function* otlpLines(resources: readonly unknown[]): Generator<Said> {
  for (const entry of resources) {
    if (!isRecord(entry)) continue
    const ofResource: Depth = { isTooDeep: false }
    const described = new Map<string, string>()
    if (isRecord(entry['resource']))
      addAttributes(entry['resource'], ofResource, (name, text) => described.set(name, text))
    const hint = described.get(hintName)
    described.delete(hintName)
    const isLabel = labelsWanted(hint)
    const [found, common] = [true, false].map((wanted) =>
      [...described].filter(([name]) => isLabel(name) === wanted),
    )
    const labels = Object.fromEntries(
      hint === undefined ? [['service_name', 'unknown_service'], ...found] : found,
    )
    for (const scope of asList(entry['scopeLogs'] ?? entry['scope_logs'])) {
      if (!isRecord(scope)) continue
      const { name, version } = isRecord(scope['scope']) ? scope['scope'] : {}
      const ofScope = new Map(common)
      if (isSaid(name)) ofScope.set('scope_name', name)
      if (isSaid(version)) ofScope.set('scope_version', version)
      const beside = new Beside(ofScope)
      for (const record of asList(scope['logRecords'] ?? scope['log_records'])) {
        const said = isRecord(record) ? lineOf(record, labels, beside) : undefined
        if (said !== undefined) yield ofResource.isTooDeep ? { ...said, isDeep: true } : said
      }
    }
  }
}

function lineOf(record: Readonly<Record<string, unknown>>, labels: Labels, beside: Beside): Said | undefined {
  const observed = record['observedTimeUnixNano'] ?? record['observed_time_unix_nano']
  const moment = momentOf(record['timeUnixNano'] ?? record['time_unix_nano']) ?? momentOf(observed)
  if (moment === undefined) return undefined
  const number = Number(record['severityNumber'] ?? record['severity_number'] ?? 0)
  const flags = Number(record['flags'] ?? 0)
  const depth: Depth = { isTooDeep: false }
  const text = valueText(record['body'], depth)
  beside.begin()
  const add = (name: string, value: unknown): void => {
    if (isSaid(value)) beside.add(name, value)
  }
  addAttributes(record, depth, (name, value) => beside.add(name, value))
  add('observed_timestamp', observed)
  add('detected_level', severities[Math.floor((number - 1) / 4)])
  if (number > 0) add('severity_number', String(number))
  add('severity_text', record['severityText'] ?? record['severity_text'])
  if (flags > 0) add('flags', String(flags))
  add('trace_id', record['traceId'] ?? record['trace_id'])
  add('span_id', record['spanId'] ?? record['span_id'])
  return { moment, text, labels, extra: beside.extra(), level: beside.level(), isDeep: depth.isTooDeep }
}

const hintName = underlined(labelHint)

/** Which attributes are labels: those that a list names, or those of Loki. */
function labelsWanted(hint: string | undefined): (name: string) => boolean {
  const names = hint === undefined ? indexed : new Set(hint.split(',').map((name) => underlined(name.trim())))
  return (name) => names.has(name)
}

const isSaid = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** Dots become underlines, as in Loki. */
function underlined(name: string): string {
  return isPlain.test(name) ? name : name.replaceAll(/[^\w]/g, '_')
}

function addAttributes(
  { attributes }: Readonly<Record<string, unknown>>,
  depth: Depth,
  add: (name: string, text: string) => void,
): void {
  for (const pair of asList(attributes))
    if (isRecord(pair)) add(underlined(String(pair['key'])), valueText(pair['value'], depth))
}

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
