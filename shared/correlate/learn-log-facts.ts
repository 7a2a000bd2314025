/** What a sample of a source of logs teaches: which labels name services, and where its lines name their trace; and what is met later, in use. */
import type { FactEdit } from '#shared/correlate/said'
import type { TraceNaming } from '#shared/api/contract'
import type { Labels } from '#shared/api/logs'
import { type ClockDifference, metAgain } from '#shared/correlate/clocks'
import {
  type LogFacts,
  type ServiceLabel,
  serviceLabelNames,
  type TracePlace,
  usualFacts,
} from '#shared/correlate/log-facts'
import { namesOf } from '#shared/correlate/service-names'
import type { LineTrace } from '#shared/logs/trace-of-line'

/** A fact, how often the sample said so, and an example of it. */
export interface PlaceEvidence {
  readonly place: TracePlace
  readonly count: number
  readonly example: LineTrace
}

export interface LearnedLogFacts extends LogFacts {
  /** Lines that were looked at. */
  readonly sampled: number
  readonly evidence: readonly PlaceEvidence[]
  /** All labels of its streams, for whoever knows better which names services. */
  readonly labels: readonly string[]
  /** Where a line that was found in use named its trace, which was not known until then. */
  readonly metPlace?: TraceNaming | undefined
  /** The trace it named. */
  readonly metTrace?: string | undefined
  /** When its clocks were compared with those of sources of traces, by connection; milliseconds since 1970. */
  readonly compared?: Readonly<Record<string, number>> | undefined
}

/** Which of a source's labels may name its services, the best first; any label where none is known by its name. */
export function candidateLabels(labels: readonly string[]): readonly string[] {
  const known = serviceLabelNames.filter((name) => labels.includes(name))
  return known.length > 0 ? known : labels.slice(0, 1)
}

const placeOf = ({ beside, field, spanId }: LineTrace): TracePlace =>
  beside === undefined
    ? { kind: 'inside', hasSpan: spanId !== undefined, field }
    : { kind: 'beside', trace: beside.name, span: beside.span }

const keyOf = (place: TracePlace): string => JSON.stringify(place)

/**
 * Facts from label values and from what the lines of a sample said of their traces; what is usual fills what it left open. `shapes`: ids
 * in lines that nothing names, which count where nothing else names any.
 */
export function learnLogFacts(
  services: readonly ServiceLabel[],
  lines: readonly (LineTrace | undefined)[],
  shapes: readonly LineTrace[] = [],
  labels: readonly string[] = [],
): LearnedLogFacts {
  const isNamedNowhere = lines.every((one) => one === undefined)
  const byPlace = new Map<string, PlaceEvidence>()
  for (const example of isNamedNowhere ? shapes : lines) {
    if (example === undefined) continue
    const place = placeOf(example)
    const before = byPlace.get(keyOf(place))
    byPlace.set(keyOf(place), { place, count: (before?.count ?? 0) + 1, example: before?.example ?? example })
  }
  const evidence = [...byPlace.values()].sort((one, other) => other.count - one.count)
  const seen = evidence.map(({ place }) => place)
  // Where ids were seen beside lines, other names are not tried; a sample of one format says nothing of texts.
  const isNamed = seen.some(({ kind }) => kind === 'beside')
  const rest = usualFacts.places.filter(({ kind }) =>
    kind === 'beside' ? !isNamed : !seen.some((one) => one.kind === kind),
  )
  return {
    services: services.length > 0 ? services : usualFacts.services,
    places: [...seen, ...rest],
    naming: isNamedNowhere && shapes.length > 0 ? { in: 'text', name: '' } : undefined,
    sampled: lines.length,
    evidence,
    labels,
  }
}

/** What lines told that were found for a span: whose they are, when, and what stands on their stream. */
export interface MetLines {
  readonly service: string
  readonly clock: ClockDifference
  readonly stream: Labels
}

/** Facts with what was met in use: how a service's clock differs, and what it is called where no likeness tells. */
export function withMet(facts: LearnedLogFacts, { service, clock, stream }: MetLines): LearnedLogFacts {
  const { clocks = {}, names = {}, services } = facts
  const label = services.find((one) => (stream[one.label] ?? '') !== '')
  const value = label && stream[label.label]
  const isKnown = value === undefined || namesOf(service, [value]).length > 0 || Object.hasOwn(names, service)
  return {
    ...facts,
    clocks: { ...clocks, [service]: metAgain(clocks[service], clock) },
    names: isKnown ? names : { ...names, [service]: value },
  }
}

/**
 * Facts without what was met in use by way of something that a person said and takes back: of the service whose name it was, or of all where
 * it was how services or traces are named at all. It is compared anew.
 */
export function withoutMetBy(facts: LearnedLogFacts, edit: FactEdit): LearnedLogFacts {
  switch (edit.kind) {
    case 'name':
      return {
        ...facts,
        clocks: without(facts.clocks, edit.service),
        names: without(facts.names, edit.service),
        compared: {},
      }
    case 'service':
    case 'trace':
      return { ...facts, clocks: {}, names: {}, compared: {} }
    default:
      return facts
  }
}

const without = <Value>(record: Readonly<Record<string, Value>> = {}, name: string): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))

/** Facts with where a line that was found named its trace: it is asked there too from now on. */
export function withMetPlace(
  facts: LearnedLogFacts,
  metPlace: TraceNaming,
  metTrace: string,
): LearnedLogFacts {
  const { places } = facts
  const { in: where, name } = metPlace
  const isNew =
    where === 'metadata' && !places.some((place) => place.kind === 'beside' && place.trace === name)
  return {
    ...facts,
    metPlace,
    metTrace,
    places: isNew ? [...places, { kind: 'beside', trace: name, span: undefined }] : places,
    // That no line names a trace was learned from a few.
    naming: where === 'text' ? facts.naming : undefined,
  }
}
