/** Rules with their alerts that Clew wrote into an investigation: `{"kind":"clew-rules","rules":[…]}`. */
import type { MetricRule } from '#shared/api/metrics'

type Json = Readonly<Record<string, unknown>>

/** The rules of a document; undefined where it is something else. What is no rule is left out. */
export function readRules({ kind, rules }: Json): readonly MetricRule[] | undefined {
  if (kind !== 'clew-rules') return undefined
  return Array.isArray(rules) ? (rules as readonly unknown[]).filter(isRule) : []
}

/** What the page needs of a rule to show it. */
const isRule = (value: unknown): value is MetricRule =>
  isRecord(value) &&
  ['kind', 'name', 'group', 'query', 'state'].every((key) => typeof value[key] === 'string') &&
  Array.isArray(value['alerts']) &&
  value['alerts'].every(
    (alert) => isRecord(alert) && isRecord(alert['labels']) && isRecord(alert['annotations']),
  ) &&
  isRecord(value['labels']) &&
  isRecord(value['annotations'])

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
