/** Facts as they are read: each in a line, with an example, how sure it is, and why. */
import type { Correction } from '#shared/api/contract'
import { type ClockDifference, clockWords } from '#shared/correlate/clocks'
import { corrected } from '#shared/correlate/correct-log-facts'
import type { LearnedLogFacts } from '#shared/correlate/learn-log-facts'
import { exemplarLabel, type MetricFacts, measuresOf } from '#shared/correlate/metric-facts'
import { placeWords } from '#shared/correlate/met-place'
import type { FactEdit } from '#shared/correlate/said'
import { namesOf } from '#shared/correlate/service-names'
import type { TraceFacts } from '#shared/correlate/trace-facts'
import { countOf, formatCount } from '#shared/derive/quantities'
import { serviceLabelOf, serviceLabels } from '#shared/metrics/red'

/** Text of which some is as it stands in a source. */
export type FactWords = readonly (string | { readonly code: string })[]

export interface FactRow {
  readonly id: string
  readonly fact: string
  readonly holds: FactWords
  readonly example: string
  /** 4 for what is certain, 0 for a guess. */
  readonly sure: 0 | 1 | 2 | 3 | 4
  readonly why: string
  /** A person said so. */
  readonly isSaid: boolean
  /** What is changed by whoever knows better; undefined for what is measured anew all the time. */
  readonly edit: FactEdit | undefined
}

interface SourceOf<Facts> {
  readonly name: string
  readonly facts: Facts
  readonly said: Correction
}

const you = 'you said so'

/** So many of so many are so: ten that all are make it certain. */
export function sureness(count: number, all: number): FactRow['sure'] {
  if (count === 0 || all === 0) return 0
  const share = count / all
  const most = all >= 10 ? 4 : all >= 3 ? 3 : 2
  return Math.min(most, share > 0.9 ? 4 : share > 0.6 ? 3 : share > 0.3 ? 2 : 1) as FactRow['sure']
}

/** As many rows of one kind are read; what a person said is never left out. */
const mostOfKind = 12
const firstOf = (rows: readonly FactRow[]): readonly FactRow[] => [
  ...rows.filter(({ isSaid }) => isSaid),
  ...rows.filter(({ isSaid }) => !isSaid).slice(0, mostOfKind),
]

/** What a source calls services: its label, and each that is called otherwise than traces call it. */
function namingRows(
  source: string,
  label: string,
  values: readonly string[],
  services: readonly string[],
  names: Readonly<Record<string, string>>,
  said: Correction,
): readonly FactRow[] {
  const found = services.map((service) => ({
    service,
    value: names[service] ?? namesOf(service, values).at(0),
  }))
  const known = found.filter(({ value }) => value !== undefined)
  const { service = '', value = values.at(0) ?? '' } = known.at(0) ?? {}
  const called = [
    ...known,
    ...Object.entries(names)
      .filter(([name]) => !services.includes(name))
      .map(([name, there]) => ({ service: name, value: there })),
  ].filter((one) => one.service !== one.value)
  return [
    {
      id: `${source} service ${label}`,
      fact: 'Service name',
      holds: [{ code: 'service.name' }, ` = ${source} `, { code: label }],
      example: service === '' || service === value ? value : `${service} = ${value}`,
      sure: said.service === undefined ? sureness(known.length, services.length) : 4,
      why: said.service !== undefined ? you : whyNamed(known.length, services.length, values.length),
      isSaid: said.service !== undefined,
      edit: { kind: 'service', value: label },
    },
    ...firstOf(
      called.map(({ service: name, value: there }) => {
        const isSaid = said.names?.[name] !== undefined
        const isMet = names[name] !== undefined
        return {
          id: `${source} name ${name} ${there}`,
          fact: 'Service name',
          holds: [{ code: name }, ` = ${source} `, { code: there }],
          example: there,
          sure: isSaid ? 4 : isMet ? 3 : 2,
          why: isSaid ? you : isMet ? 'lines that name its spans' : 'the names are alike',
          isSaid,
          edit: { kind: 'name', service: name, value: there },
        }
      }),
    ),
  ]
}

function whyNamed(known: number, all: number, values: number): string {
  if (all === 0) return `${countOf(values, 'value')} seen, no traces to compare`
  return `${formatCount(known)} of ${countOf(all, 'name')} of traces`
}

/** Facts of a source of logs. `services`: as traces call them. */
export function logRows(
  { name, facts, said }: SourceOf<LearnedLogFacts>,
  services: readonly string[],
): readonly FactRow[] {
  const now = corrected(facts, said)
  const [best] = now.services
  const values = now.services.flatMap((one) => one.values)
  return [
    ...namingRows(name, best?.label ?? '', values, services, now.names ?? {}, said),
    placeRow(name, facts, said),
    ...clockRows(name, now.clocks ?? {}, said),
  ]
}

function placeRow(source: string, facts: LearnedLogFacts, said: Correction): FactRow {
  const row = knownPlaceRow(source, facts, said)
  const { metPlace } = facts
  const isOther =
    metPlace &&
    !(
      row.edit?.kind === 'trace' &&
      row.edit.value.in === metPlace.in &&
      row.edit.value.name === metPlace.name
    )
  return isOther
    ? { ...row, why: `${row.why}; a line that was found named it in ${placeWords(metPlace)}` }
    : row
}

function knownPlaceRow(source: string, facts: LearnedLogFacts, { trace }: Correction): FactRow {
  const row = { id: `${source} trace`, fact: 'Trace id in logs', isSaid: trace !== undefined } as const
  if (trace) {
    const words = { metadata: 'metadata ', field: 'field ', text: 'the text of lines', nowhere: 'nowhere' }
    const example = facts.evidence.find(
      ({ place }) => (place.kind === 'beside' ? place.trace : place.field) === trace.name,
    )
    return {
      ...row,
      holds: [`${source} ${words[trace.in]}`, ...(trace.name === '' ? [] : [{ code: trace.name }])],
      example: example?.example.traceId ?? '',
      sure: 4,
      why: you,
      edit: { kind: 'trace', value: trace },
    }
  }
  const [[most, count] = ['', 0], ...others] = countsByPlace(facts)
  const first = facts.evidence.find(({ example }) => example.where === most)
  const { metPlace, metTrace = '' } = facts
  if (!first && metPlace)
    return {
      ...row,
      holds: [`${source} ${placeWords(metPlace)}`],
      example: metTrace,
      sure: 1,
      why: 'a line that was found names it there',
      edit: { kind: 'trace', value: metPlace },
    }
  if (!first)
    return {
      ...row,
      holds: [`${source}: not seen; looked for as metadata `, { code: 'trace_id' }, ', then in the text'],
      example: '',
      sure: 0,
      why:
        facts.sampled === 0
          ? 'no line could be looked at'
          : `none of the ${facts.sampled} newest lines names one`,
      edit: { kind: 'trace', value: { in: 'metadata', name: 'trace_id' } },
    }
  const { place, example } = first
  const field = place.kind === 'inside' ? (place.field ?? '') : ''
  return {
    ...row,
    holds: [`${source} ${example.where}`],
    example: example.traceId,
    // What only looks like an id may be anything.
    sure: facts.naming ? 1 : sureness(count, facts.sampled),
    why: [
      `${count} of the ${facts.sampled} newest lines`,
      ...others.map(([where, more]) => `${more} by ${where}`),
    ].join('; '),
    edit: {
      kind: 'trace',
      value:
        place.kind === 'beside'
          ? { in: 'metadata', name: place.trace }
          : { in: field === '' ? 'text' : 'field', name: field },
    },
  }
}

/** How many lines of the sample name a trace in which words, the most first; in one place with and without their span. */
const countsByPlace = ({ evidence }: LearnedLogFacts): readonly (readonly [where: string, count: number])[] =>
  [...Map.groupBy(evidence, ({ example }) => example.where)]
    .map(([where, all]) => [where, all.reduce((sum, { count }) => sum + count, 0)] as const)
    .sort(([, one], [, other]) => other - one)

const clockRows = (
  source: string,
  clocks: Readonly<Record<string, ClockDifference>>,
  said: Correction,
): readonly FactRow[] =>
  firstOf(
    Object.entries(clocks)
      // Those that differ first: they are why this is looked at.
      .toSorted(
        ([, one], [, other]) =>
          Number(clockWords(other) !== undefined) - Number(clockWords(one) !== undefined),
      )
      .map(([service, clock]) => {
        const isSaid = said.clocks?.[service] !== undefined
        return {
          id: `${source} clock ${service}`,
          fact: 'Clock',
          holds: [{ code: service }, ` in ${source}: ${clockWords(clock) ?? 'that of its spans'}`],
          example: isSaid ? '' : (clock.example ?? ''),
          sure: isSaid ? 4 : sureness(clock.met, clock.of ?? clock.met),
          why: isSaid ? you : whyClock(clock),
          isSaid,
          edit: { kind: 'clock', service, value: Math.round((clock.leastMs + clock.mostMs) / 2) },
        }
      }),
  )

const whyClock = ({ met, of = met }: ClockDifference): string =>
  `${formatCount(met)} of ${countOf(of, 'line')} beside its spans`

/** How the clock of a server differs from that of this machine, by its latest answer, which tells it to the second. */
export function serverClockRow(source: string, differenceMs: number): FactRow {
  const words = clockWords({ leastMs: differenceMs - 1_000, mostMs: differenceMs + 1_000, met: 1 })
  return {
    id: `${source} server clock`,
    fact: 'Clock',
    holds: [`${source} itself: ${words ?? 'that of this machine'}`],
    example: '',
    sure: 3,
    why: 'the date of its latest answer',
    isSaid: false,
    edit: undefined,
  }
}

/** Facts of a source of metrics. */
export function metricRows(
  { name, facts, said }: SourceOf<MetricFacts>,
  services: readonly string[],
): readonly FactRow[] {
  const [first] = facts.measures
  if (!first) return []
  const label =
    said.service ??
    serviceLabelOf(first.family, first.groups) ??
    first.family.services?.[0] ??
    serviceLabels[0]
  const values = [
    ...new Set(facts.measures.flatMap(({ groups }) => groups.map((group) => group[label] ?? ''))),
  ]
  return [
    ...namingRows(
      name,
      label,
      values.filter((value) => value !== ''),
      services,
      said.names ?? {},
      said,
    ),
    ...histogramRows(name, facts, services, said),
    ...exemplarRows(name, facts, said),
  ]
}

function histogramRows(
  source: string,
  facts: MetricFacts,
  services: readonly string[],
  said: Correction,
): readonly FactRow[] {
  const of = services.flatMap((service) => {
    const found = measuresOf(service, facts, said)
    return found.length === 0 ? [] : [{ service, measure: found[0], others: found.length - 1 }]
  })
  return firstOf(
    of.map(({ service, measure, others }) => {
      const { metric, operation } = measure.family
      const isSaid = said.histograms?.[service] === metric
      return {
        id: `${source} histogram ${service}`,
        fact: 'Latency histogram',
        holds: [{ code: service }, ` in ${source}: `, { code: metric }],
        example: operation.length === 0 ? 'tells no operations apart' : `operation: ${operation.join(', ')}`,
        sure: isSaid ? 4 : measure.value === service ? 4 : 3,
        why: isSaid
          ? you
          : `${measure.label} = ${measure.value}${others > 0 ? `; ${countOf(others, 'other')} tell less` : ''}`,
        isSaid,
        edit: { kind: 'histogram', service, value: metric },
      } satisfies FactRow
    }),
  )
}

function exemplarRows(source: string, facts: MetricFacts, said: Correction): readonly FactRow[] {
  const label = exemplarLabel(facts, said) ?? facts.exemplars.at(0)?.label
  if (label === undefined) return []
  const seen = facts.exemplars.find((one) => one.label === label)
  const isSaid = said.exemplar !== undefined
  return [
    {
      id: `${source} exemplar`,
      fact: 'Exemplar id',
      holds: [`${source} label `, { code: label }, ...(seen?.isStripped ? [', zeros stripped'] : [])],
      example: seen?.example ?? '',
      sure: isSaid ? 4 : sureness(seen?.count ?? 0, facts.sampled),
      why: isSaid ? you : `${formatCount(seen?.count ?? 0)} of ${countOf(facts.sampled, 'exemplar')}`,
      isSaid,
      edit: { kind: 'exemplar', value: label },
    },
  ]
}

/** Facts of a source of traces. */
export function traceRows({ name, facts, said }: SourceOf<TraceFacts>): readonly FactRow[] {
  const saidRows = Object.entries(said.holds ?? {}).map(([service, holds]): FactRow => ({
    id: `${name} holds ${service}`,
    fact: 'Traces of a service',
    holds: [`${name} ${holds ? 'holds' : 'does not hold'} `, { code: service }],
    example: service,
    sure: 4,
    why: you,
    isSaid: true,
    edit: { kind: 'holds', service, value: holds },
  }))
  const [first = ''] = facts.services
  return [
    {
      id: `${name} holds`,
      fact: 'Traces of services',
      holds: [`${name} holds ${countOf(facts.services.length, 'service')}`],
      example: facts.services.slice(0, 3).join(', '),
      sure: facts.services.length > 0 ? 4 : 1,
      why: 'its own list, of the last 6 h',
      isSaid: false,
      edit: { kind: 'holds', service: first, value: true },
    },
    ...saidRows,
  ]
}
