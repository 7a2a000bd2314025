/** What a sample of a source of logs teaches: which labels name services, and where its lines name their trace. */
import {
  type LogFacts,
  type ServiceLabel,
  serviceLabelNames,
  type TracePlace,
  usualFacts,
} from '#shared/correlate/log-facts'
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
}

/** Which of a source's labels may name its services, the best first; any label where none is known by its name. */
export function candidateLabels(labels: readonly string[]): readonly string[] {
  const known = serviceLabelNames.filter((name) => labels.includes(name))
  return known.length > 0 ? known : labels.slice(0, 1)
}

const placeOf = ({ beside, spanId }: LineTrace): TracePlace =>
  beside === undefined
    ? { kind: 'inside', hasSpan: spanId !== undefined }
    : { kind: 'beside', trace: beside.name, span: beside.span }

const keyOf = (place: TracePlace): string => JSON.stringify(place)

/** Facts from label values and from what the lines of a sample said of their traces; what is usual fills what it left open. */
export function learnLogFacts(
  services: readonly ServiceLabel[],
  lines: readonly (LineTrace | undefined)[],
): LearnedLogFacts {
  const byPlace = new Map<string, PlaceEvidence>()
  for (const example of lines) {
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
    sampled: lines.length,
    evidence,
  }
}
