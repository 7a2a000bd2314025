/** Changes of what a person said of a source, one fact at a time. */
import type { Correction, TraceNaming } from '#shared/api/contract'

/** A fact as it is said. Services go by their names in traces. */
export type FactEdit =
  | { readonly kind: 'service' | 'exemplar'; readonly value: string }
  | { readonly kind: 'trace'; readonly value: TraceNaming }
  | { readonly kind: 'name' | 'histogram'; readonly service: string; readonly value: string }
  | { readonly kind: 'clock'; readonly service: string; readonly value: number }
  | { readonly kind: 'holds'; readonly service: string; readonly value: boolean }

/** Of facts about single services, where they are kept. */
const records = { name: 'names', histogram: 'histograms', clock: 'clocks', holds: 'holds' } as const

export function withSaid(said: Correction, edit: FactEdit): Correction {
  if (!('service' in edit)) return { ...said, [edit.kind]: edit.value }
  const key = records[edit.kind]
  return { ...said, [key]: { ...said[key], [edit.service]: edit.value } }
}

const without = <Value>(record: Readonly<Record<string, Value>>, name: string) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))

/** Goes back to what is learned. */
export function withoutSaid(said: Correction, edit: FactEdit): Correction {
  if (!('service' in edit)) return without({ ...said }, edit.kind)
  const key = records[edit.kind]
  return { ...said, [key]: without<unknown>(said[key] ?? {}, edit.service) }
}
