/**
 * Ladders that look for traces: those with a span that links to a given one, those nearest to a trace that was not kept, and those that a
 * pivot led to and a first search did not find. Each rung is asked only where those before it found nothing.
 */
import { noConditions, type Source, type TraceConditions, type TraceQuery } from '#shared/api/contract'
import { kindAsked, withoutKind } from '#shared/api/kind-tag'
import { searchText } from '#shared/api/search-text'
import { traceqlOf } from '#shared/api/traceql'
import type { Rung } from '#shared/correlate/log-ladder'
import { anySpellingOf, likeNames } from '#shared/correlate/service-names'
import { serviceOfLabels } from '#shared/correlate/service-panels'
import type { ExemplarDot } from '#shared/metrics/exemplar-dots'
import { baseName, unitOfMetric } from '#shared/metrics/unit'
import { nameList } from '#shared/base/name-list'
import { formatDuration } from '#shared/derive/durations'
import { startMsOf } from '#shared/trace/summary'
import type { TraceSummary } from '#shared/trace/table'

/** A rung that is a search of traces. */
export interface TraceRung extends Rung {
  readonly asked: TraceQuery
}

export const isTraceRung = (rung: Rung): rung is TraceRung => 'asked' in rung

/** Milliseconds since 1970. */
interface Time {
  readonly startMs: number
  readonly endMs: number
}

type Asked = Pick<Source, 'id' | 'name' | 'kind' | 'capabilities'>

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const fewTraces = 20

const nothing: Omit<TraceQuery, 'startMs' | 'endMs'> = {
  ...noConditions,
  limit: fewTraces,
  traceql: '',
}

const around = ({ startMs, endMs }: Time, ms: number): Time => ({
  startMs: Math.floor(startMs - ms),
  endMs: Math.ceil(endMs + ms),
})

/** A span that others may link to. */
export interface LinkedSpan extends Time {
  readonly traceId: string
  readonly spanId: string
}

/** The query for spans that link to one; of ids as they are written there. */
export const linkingQuery = (traceId: string, spanId: string): string =>
  `{ link:traceID = "${traceId}" && link:spanID = "${spanId}" }`

/** Who links comes after what it links to, and a message may lie for hours. No rungs where a source does not speak TraceQL: nothing else asks for links. */
export function linkLadder(span: LinkedSpan, { id, name, capabilities }: Asked): readonly TraceRung[] {
  if (!capabilities.traceql) return []
  const { traceId, spanId } = span
  const stripped = [traceId, spanId].map((one) => one.replace(/^0+(?=.)/, ''))
  const isSame = stripped[0] === traceId && stripped[1] === spanId
  const rung = (ids: readonly string[], ms: number, reach: string, what: string): TraceRung => {
    const query = linkingQuery(ids[0], ids[1])
    const time = around(span, ms)
    return {
      source: { id, name },
      query,
      ...time,
      what,
      reach,
      among: 'all',
      finds: 'its',
      asked: { ...nothing, ...time, traceql: query },
    }
  }
  const what = 'links that name both ids'
  return [
    rung([traceId, spanId], hourMs, '± 1 h', what),
    ...(isSame ? [] : [rung(stripped, hourMs, '± 1 h', 'the ids without leading zeros')]),
    rung([traceId, spanId], 24 * hourMs, '± 24 h', what),
  ]
}

/** What is known of a trace that was not found. */
export interface LostTrace {
  readonly service: string
  readonly atMs: number
  /** Nanoseconds it took, or a part of it; undefined where that is not known. */
  readonly tookNs: number | undefined
  readonly failed: boolean
}

/** A trace like it took half as long at least. */
const asSlow = 0.5

/** Traces of its service around its time: first those that were as slow or failed too, then any, then any of an hour, then the latest there are. */
export function nearestLadder(lost: LostTrace, source: Asked, nowMs: number): readonly TraceRung[] {
  const { id, name } = source
  const { service, atMs, tookNs, failed } = lost
  const at: Time = { startMs: atMs, endMs: atMs }
  const least = tookNs === undefined ? undefined : Math.floor(tookNs * asSlow)
  const rung = (
    change: Partial<TraceQuery>,
    time: Time,
    reach: string,
    what: string,
    finds: Rung['finds'] = 'near',
  ): TraceRung => {
    const asked = { ...nothing, service, ...change, ...time }
    return {
      source: { id, name },
      query: searchText(asked, source),
      ...time,
      what,
      reach,
      among: 'services',
      finds,
      asked,
    }
  }
  const close = around(at, 5 * minuteMs)
  const all = `traces of ${service}`
  return [
    ...(failed ? [rung({ errorsOnly: true }, close, '± 5 min', `failed ${all}`)] : []),
    ...(least !== undefined && least > 0
      ? [
          rung(
            { minDurationNs: least },
            close,
            '± 5 min',
            `${all} that took ${formatDuration(least)} or more`,
          ),
        ]
      : []),
    rung({}, close, '± 5 min', all),
    rung({}, around(at, hourMs), '± 1 h', all),
    rung({}, { startMs: nowMs - hourMs, endMs: nowMs }, 'in the last hour', all, 'now'),
  ].filter(({ startMs, endMs }) => startMs < endMs)
}

/** Where traces are looked for that a first search did not find; milliseconds since 1970. */
export interface TraceSubject extends TraceConditions, Time {
  /** TraceQL that was asked where it is spoken, in the place of the conditions: that of a call, which no form says. */
  readonly own?: string | undefined
}

/** A source, with the names of services it holds, as far as is known. */
interface SourceOfServices extends Asked {
  readonly services: readonly string[]
}

const then = 'at that time'

/**
 * Traces as they were asked for, in every source and under any spelling of the service; then near that time; then any of the service; and
 * last whether there are any of it now. No rungs where a source searches one service at a time and none is asked for.
 */
export function searchLadder(
  subject: TraceSubject,
  source: SourceOfServices,
  nowMs: number,
): readonly TraceRung[] {
  const { id, name, capabilities, services } = source
  const { startMs, endMs, own, ...conditions } = subject
  const { service } = conditions
  if (own !== undefined && capabilities.traceql) return ownLadder(subject, own, { id, name }, nowMs)
  if (service === '' && capabilities.needsService) return []
  const within: Time = { startMs: Math.floor(startMs), endMs: Math.ceil(endMs) }
  const rung = (
    change: Partial<TraceQuery>,
    time: Time,
    reach: string,
    what: string,
    finds: Rung['finds'],
  ): TraceRung => {
    const asked = { ...nothing, ...conditions, ...change, ...time }
    return {
      source: { id, name },
      query: searchText(asked, source),
      ...time,
      what,
      reach,
      among: 'services',
      finds,
      asked,
    }
  }
  const any = { ...noConditions, service }
  const isNarrow =
    traceqlOf({ ...nothing, ...conditions, ...within }) !== traceqlOf({ ...nothing, ...any, ...within })
  const whose = service === '' ? 'traces' : `traces of ${service}`
  const all = service === '' ? 'any traces' : `any traces of ${service}`
  const asAsked = isNarrow ? `${whose}, as asked for` : whose
  const spelled =
    service === ''
      ? []
      : capabilities.traceql
        ? [{ traceql: spelledQuery(conditions) }]
        : likeNames(service, services).map((one) => ({ service: one }))
  const kind = kindAsked(conditions.tags)
  const ofAnyKind = { tags: withoutKind(conditions.tags) }
  const hour = around(within, hourMs)
  return [
    rung({}, within, then, asAsked, 'its'),
    ...spelled.map((change) =>
      rung(
        change,
        within,
        then,
        'service' in change ? `traces of ${change.service}` : `${whose}, however spelled`,
        'its',
      ),
    ),
    // Not every source records kinds.
    ...(kind === undefined ? [] : [rung(ofAnyKind, within, then, `${asAsked}, spans of any kind`, 'near')]),
    rung({}, around(within, 15 * minuteMs), '± 15 min', asAsked, 'near'),
    ...(isNarrow ? [rung(any, within, then, all, 'near')] : []),
    rung({}, hour, '± 1 h', asAsked, 'near'),
    rung({}, around(within, 6 * hourMs), '± 6 h', asAsked, 'near'),
    ...(isNarrow ? [rung(any, hour, '± 1 h', all, 'near')] : []),
    rung({}, around(within, 24 * hourMs), '± 24 h', asAsked, 'near'),
    rung(any, { startMs: nowMs - hourMs, endMs: nowMs }, 'in the last hour', all, 'now'),
  ].filter((one) => one.startMs < one.endMs)
}

/**
 * Spans that TraceQL asked for: as they were, with services however spelled, of any kind, of one end of the call alone, and in wider times.
 * A server that keeps no whole traces, or reads them in parts, finds either end and no call between them.
 */
function ownLadder(
  { service, startMs, endMs }: TraceSubject,
  own: string,
  source: Pick<Source, 'id' | 'name'>,
  nowMs: number,
): readonly TraceRung[] {
  const within: Time = { startMs: Math.floor(startMs), endMs: Math.ceil(endMs) }
  const rung = (
    traceql: string,
    time: Time,
    reach: string,
    what: string,
    finds: Rung['finds'] = 'near',
  ): TraceRung => ({
    source,
    query: traceql,
    ...time,
    what,
    reach,
    among: 'services',
    finds,
    asked: { ...nothing, service, ...time, traceql },
  })
  const spelled = own.replaceAll(serviceEquals, (_, quoted: string) => {
    const named = JSON.parse(quoted) as string
    return `resource.service.name =~ ${JSON.stringify(anySpellingOf(named))}`
  })
  const ofAnyKind = own.replaceAll(/ && kind = \w+(?= |$)/g, '').replaceAll(/\{ kind = \w+ && /g, '{ ')
  const sides = sidesOf(own).toReversed()
  const asAsked = 'as asked for'
  const ofSides = (time: Time, reach: string): readonly TraceRung[] =>
    sides.map((side) => rung(side, time, reach, `spans of ${servicesIn(side)} alone`))
  const any = traceqlOf({ ...nothing, service, ...within })
  return [
    rung(own, within, then, asAsked, 'its'),
    ...(spelled === own
      ? []
      : [rung(spelled, within, then, `${asAsked}, however services are spelled`, 'its')]),
    ...(ofAnyKind === own ? [] : [rung(ofAnyKind, within, then, `${asAsked}, spans of any kind`)]),
    rung(own, around(within, 15 * minuteMs), '± 15 min', asAsked),
    ...ofSides(within, then),
    rung(own, around(within, hourMs), '± 1 h', asAsked),
    ...ofSides(around(within, hourMs), '± 1 h'),
    rung(own, around(within, 6 * hourMs), '± 6 h', asAsked),
    rung(own, around(within, 24 * hourMs), '± 24 h', asAsked),
    rung(
      any,
      { startMs: nowMs - hourMs, endMs: nowMs },
      'in the last hour',
      `any traces of ${service}`,
      'now',
    ),
  ].filter((one) => one.startMs < one.endMs)
}

const serviceEquals = /resource\.service\.name = ("(?:[^"\\]|\\.)*")/g

/** The two ends of a call, each as a query of its own; none of a query that asks for no such thing. */
function sidesOf(traceql: string): readonly string[] {
  // What stands in quotes is not an operator.
  const parts = traceql.split(/(?<=\}) >>? (?=\{)(?=(?:[^"\\]|\\.|"(?:[^"\\]|\\.)*")*$)/)
  return parts.length === 2 && parts.every((part) => /^\{.*\}$/s.test(part)) ? parts : []
}

const servicesIn = (traceql: string): string =>
  nameList([...traceql.matchAll(serviceEquals)].map(([, quoted]) => JSON.parse(quoted) as string))

/** The same conditions on a service of any spelling. */
function spelledQuery(conditions: TraceConditions): string {
  const { service, ...rest } = conditions
  const others = traceqlOf({ ...nothing, ...rest, startMs: 0, endMs: 1 })
  const named = `resource.service.name =~ ${JSON.stringify(anySpellingOf(service))}`
  return others === '{}' ? `{ ${named} }` : others.replace('{ ', () => `{ ${named} && `)
}

/** A trace that lies near a lost one. */
export interface NearTrace {
  readonly summary: TraceSummary
  /** Milliseconds from the lost one to its start; negative before it. */
  readonly awayMs: number
}

const mostNear = 5

/** The closest in time, the first of them first. */
export const nearestOf = (
  traces: readonly TraceSummary[],
  { atMs }: Pick<LostTrace, 'atMs'>,
): readonly NearTrace[] =>
  traces
    .map((summary) => ({ summary, awayMs: startMsOf(summary) - atMs }))
    .sort((one, other) => Math.abs(one.awayMs) - Math.abs(other.awayMs))
    .slice(0, mostNear)

/** What an exemplar tells of its trace; undefined where its series name no service. Its value is a time where its metric has that unit. */
export function toldByExemplar({
  metric,
  value,
  series,
}: Pick<ExemplarDot, 'metric' | 'value' | 'series'>): Omit<LostTrace, 'atMs'> | undefined {
  const service = serviceOfLabels(series)
  if (service === undefined) return undefined
  const { kind, scale } = unitOfMetric(baseName(metric), undefined)
  return {
    service,
    tookNs: kind === 'seconds' ? value * scale * 1e9 : undefined,
    failed: Object.entries(series).some(([name, text]) => saysFailure(name, text)),
  }
}

const saysFailure = (name: string, value: string): boolean =>
  (name.endsWith('status_code') && /^5..$|ERROR$/.test(value)) || (name === 'error_type' && value !== '')
