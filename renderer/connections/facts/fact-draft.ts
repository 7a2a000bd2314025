/** A fact as it stands in the form. */
import type { Source, TraceNaming } from '#shared/api/contract'
import type { FactEdit } from '#shared/correlate/said'

export type FactKind = FactEdit['kind']

export interface FactDraft {
  readonly kind: FactKind
  readonly service: string
  readonly value: string
  readonly place: TraceNaming['in']
  readonly holds: boolean
}

/** What can be said of a source. */
export const kindsOf = ({
  capabilities,
}: Pick<Source, 'capabilities'>): readonly [FactKind, ...FactKind[]] => {
  const { logs, metrics, traces } = capabilities
  const kinds: readonly FactKind[] = [
    ...(logs || metrics ? (['name', 'service'] as const) : []),
    ...(logs ? (['trace', 'clock'] as const) : []),
    ...(metrics ? (['histogram', 'exemplar'] as const) : []),
    ...(traces ? (['holds'] as const) : []),
  ]
  const [first = 'holds', ...rest] = kinds
  return [first, ...rest]
}

export const valueLabels: Readonly<Record<FactKind, string>> = {
  service: 'Label that names services',
  name: 'What it is called there',
  trace: 'Name',
  clock: 'Seconds its lines come after its spans',
  exemplar: 'Label that names the trace',
  histogram: 'Histogram that measures it',
  holds: '',
}

export function draftOf(edit: FactEdit | undefined, kind: FactKind): FactDraft {
  const draft: FactDraft = { kind, service: '', value: '', place: 'metadata', holds: true }
  if (edit === undefined) return draft
  switch (edit.kind) {
    case 'trace':
      return { ...draft, kind: 'trace', place: edit.value.in, value: edit.value.name }
    case 'holds':
      return { ...draft, kind: 'holds', service: edit.service, holds: edit.value }
    case 'clock':
      return { ...draft, kind: 'clock', service: edit.service, value: String(edit.value / 1_000) }
    case 'name':
    case 'histogram':
      return { ...draft, kind: edit.kind, service: edit.service, value: edit.value }
    default:
      return { ...draft, kind: edit.kind, value: edit.value }
  }
}

const ok = (said: FactEdit) => ({ said, problem: undefined })
const not = (problem: string) => ({ said: undefined, problem })

/** What the form says, or what it lacks. `services`: those of all traces; none where they are not known. */
export function editOf(
  draft: FactDraft,
  services: readonly string[] = [],
): {
  readonly said: FactEdit | undefined
  readonly problem: string | undefined
} {
  const { kind, place, holds } = draft
  const service = draft.service.trim()
  const value = draft.value.trim()
  const isNamed = kind === 'trace' || kind === 'service' || kind === 'exemplar'
  if (!isNamed && service === '') return not('Say which service.')
  // A histogram is found by the service of a span: of one that no trace names it would be kept, and nothing would come of it.
  if (kind === 'histogram' && services.length > 0 && !services.includes(service))
    return not(`No trace names a service “${service}”: choose one from the list.`)
  switch (kind) {
    case 'trace': {
      const needsName = place === 'metadata' || place === 'field'
      if (needsName && value === '') return not('Say what it is called.')
      return ok({ kind, value: { in: place, name: needsName ? value : '' } })
    }
    case 'holds':
      return ok({ kind, service, value: holds })
    case 'clock': {
      const seconds = Number(value.replace(',', '.').replace('−', '-'))
      if (value === '' || !Number.isFinite(seconds)) return not('Say a number of seconds.')
      return ok({ kind, service, value: Math.round(seconds * 1_000) })
    }
    case 'name':
    case 'histogram':
      return value === '' ? not('Say what it is called.') : ok({ kind, service, value })
    default:
      return value === '' ? not('Say what it is called.') : ok({ kind, value })
  }
}
