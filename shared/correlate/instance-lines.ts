/** Which field of a source's lines names an instance: each collector calls it something else, and only its lines tell. */
import { extraOf, labelsOf, type LogLine } from '#shared/logs/batch'
import type { FieldValue } from '#shared/query/logql/query'

/** Names of labels and of metadata that people tell their instances apart by. */
const instanceFields = [
  'service_instance_id',
  'k8s_pod_name',
  'pod',
  'pod_name',
  'instance',
  'instance_id',
  'host_name',
  'hostname',
  'host',
  'container_id',
  'container_name',
  'node_name',
] as const

/** As metrics name it, and without the port they are scraped at. */
const spellingsOf = (instance: string): readonly string[] => [
  ...new Set([instance, instance.replace(/:\d+$/, '')]),
]

/** The lines of `query` that name an instance, whichever of the usual fields does. */
export const namingQuery = (query: string, instance: string): string =>
  `${query} | ${instanceFields
    .flatMap((field) => spellingsOf(instance).map((value) => `${field}=${JSON.stringify(value)}`))
    .join(' or ')}`

/** The field by which a line that was found so names the instance. */
export function namingField(line: LogLine, instance: string): FieldValue | undefined {
  const spellings = spellingsOf(instance)
  const fieldIn = (
    kind: FieldValue['kind'],
    of: Readonly<Record<string, string>>,
  ): FieldValue | undefined => {
    const name = instanceFields.find((field) => spellings.includes(of[field] ?? ''))
    return name && { kind, name, value: of[name] }
  }
  return fieldIn('label', labelsOf(line)) ?? fieldIn('metadata', extraOf(line).metadata)
}
