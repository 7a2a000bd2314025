/**
 * From a service to its log lines, where the first query found none: under its other names, in other sources, in a wider time; and last,
 * whether its source holds anything from then.
 */
import { type Climbed, failuresIn, joined, type LadderEnd } from '#shared/correlate/ladder-end'
import { type LogFacts, selectAll, selectServices, type ServiceSelector } from '#shared/correlate/log-facts'
import { namingQuery } from '#shared/correlate/instance-lines'
import type { LogSourceFacts, Rung } from '#shared/correlate/log-ladder'
import { anySpellingOf } from '#shared/correlate/service-names'
import { withLineFilter } from '#shared/query/logql/query'
import { nameList } from '#shared/base/name-list'
import { countOf } from '#shared/derive/quantities'

/** Whose lines are looked for, and when; milliseconds since 1970. */
export interface ServiceSubject {
  readonly services: readonly string[]
  /** One of its instances; undefined for all. */
  readonly instance?: string | undefined
  readonly startMs: number
  readonly endMs: number
}

const minuteMs = 60_000
const then = 'at that time'
const wider = [
  { ms: 15 * minuteMs, reach: '± 15 min' },
  { ms: 60 * minuteMs, reach: '± 1 h' },
  { ms: 6 * 60 * minuteMs, reach: '± 6 h' },
  { ms: 24 * 60 * minuteMs, reach: '± 24 h' },
] as const

/** Streams are seldom labelled by more hands. */
const mostLabels = 3

/** Selectors of the streams of services by each label that may name them, however they are spelled there. */
function spelledSelectors({ services: labels }: LogFacts, services: readonly string[]) {
  const expression = JSON.stringify(services.map(anySpellingOf).join('|'))
  return labels.slice(0, mostLabels).map(({ label }) => ({ label, selector: `{${label}=~${expression}}` }))
}

/** The whole ladder in one source. */
export function serviceLadder(
  { services, instance, startMs, endMs }: ServiceSubject,
  { id, name, facts }: LogSourceFacts,
): readonly Rung[] {
  const rung = (
    query: string,
    what: string,
    finds: Rung['finds'],
    { ms, reach }: { readonly ms: number; readonly reach: string } = { ms: 0, reach: then },
  ): Rung => ({
    source: { id, name },
    query,
    startMs: startMs - ms,
    endMs: endMs + ms,
    what,
    reach,
    among: finds === 'now' ? 'all' : 'services',
    finds,
  })
  const named = selectServices(facts, services)
  const spelled = spelledSelectors(facts, services)
  const whose = nameList(services)
  const anySpelling = (label: string): string => `${whose}, however spelled in ${label}`
  // A name that is known to be there needs no guessing.
  const wide = named[0].isGuess
    ? spelled.map(({ label, selector }) => ({ selector, what: anySpelling(label) }))
    : named.map(({ selector, why }) => ({ selector, what: why }))
  // What finds lines of the instance, and what finds lines of the service alone.
  const alone = instance === undefined ? 'its' : 'near'
  return [
    ...(instance === undefined ? [] : instanceRungs(instance, facts, named, rung)),
    ...named.map(({ selector, why }) =>
      rung(selector, instance === undefined ? why : `${why}, of any instance`, alone),
    ),
    ...spelled.map(({ label, selector }) => rung(selector, anySpelling(label), alone)),
    ...wider.flatMap((reach) => wide.map(({ selector, what }) => rung(selector, what, 'near', reach))),
    rung(selectAll(facts)[0], 'lines of any service', 'now'),
  ]
}

/** An instance by what its lines call it: in a label or metadata, in their text, and in the streams of all. */
function instanceRungs(
  instance: string,
  facts: LogFacts,
  named: readonly Pick<ServiceSelector, 'selector'>[],
  rung: (query: string, what: string, finds: 'its' | 'near', reach?: (typeof wider)[number]) => Rung,
): readonly Rung[] {
  const beside = 'the instance in a label or metadata like pod or host'
  const inText = 'its name in the line'
  const all = selectAll(facts)
  return [
    ...named.map(({ selector }) => rung(namingQuery(selector, instance), beside, 'its')),
    ...named.map(({ selector }) => rung(withLineFilter(selector, '|=', instance), inText, 'its')),
    ...all.map((selector) => rung(namingQuery(selector, instance), `${beside}, in all streams`, 'its')),
    ...wider
      .slice(0, 2)
      .flatMap((reach) =>
        named.map(({ selector }) => rung(namingQuery(selector, instance), beside, 'near', reach)),
      ),
  ]
}

const isFound = ({ rung, state }: Climbed): boolean =>
  rung.finds !== 'now' && state.kind === 'answered' && state.count > 0

/** The first rung that found lines of the services, then or near it. */
export const foundOfServices = (climbed: readonly Climbed[]): Climbed | undefined => climbed.find(isFound)

/** `payment-service`, `pay-1 of payment-service`. */
export const whoseOf = ({ services, instance }: Pick<ServiceSubject, 'services' | 'instance'>): string =>
  instance === undefined ? nameList(services) : `${instance} of ${nameList(services)}`

/** What it came to: where they are, or why there are none. */
export function endOfServices(
  { services, instance }: ServiceSubject,
  climbed: readonly Climbed[],
): LadderEnd {
  const whose = whoseOf({ services, instance })
  const failed = failuresIn(climbed)
  const found = foundOfServices(climbed)
  if (found?.state.kind === 'answered') {
    const { rung, state } = found
    const lines = `${state.hasMore ? 'more than ' : ''}${countOf(state.count, 'line')}`
    if (rung.finds === 'its')
      return {
        headline: `${rung.source.name} has lines of ${whose} from then.`,
        why: joined(`Found: ${lines} by ${rung.what}.`, failed),
        isFound: true,
      }
    return {
      headline:
        instance === undefined || rung.reach !== then
          ? `No line of ${whose} is from then.`
          : `No line from then names ${whose}.`,
      why: joined(
        `The nearest are in ${rung.source.name}: ${lines}, ${instance === undefined ? '' : `${rung.what}, `}${rung.reach}.`,
        failed,
      ),
      isFound: true,
    }
  }
  const answered = climbed.filter(({ state }) => state.kind === 'answered')
  if (answered.length === 0)
    return { headline: `Whether ${whose} wrote lines could not be asked.`, why: failed }
  if (failed !== '')
    return { headline: `No line of ${whose} was found where it could be asked.`, why: failed }
  const others = answered.filter(
    ({ rung, state }) => rung.finds === 'now' && state.kind === 'answered' && state.count > 0,
  )
  return {
    headline: `No line of ${whose} was found in 24 hours before or after.`,
    why:
      others.length > 0
        ? `${nameList(others.map(({ rung }) => rung.source.name))} holds lines of others from then: its lines may be collected under a name that is not like it, belong to another tenant, or not be collected. What it is called can be said under Connections.`
        : 'There are no lines of others from then either: it may be older than what is kept, or belong to another tenant.',
  }
}
