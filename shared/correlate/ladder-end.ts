/** What a ladder came to, in a sentence. */
import type { ApiError, ErrorKind, TraceNaming } from '#shared/api/contract'
import type { LogSubject, Rung } from '#shared/correlate/log-ladder'
import { nameList } from '#shared/base/name-list'
import { countOf } from '#shared/derive/quantities'
import type { TraceSummary } from '#shared/trace/table'

/** How far a rung has come. */
export type RungState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'asking' }
  /** `count` lines or traces, and more where `hasMore`; the first and the last of them, milliseconds since 1970. */
  | {
      readonly kind: 'answered'
      readonly count: number
      readonly hasMore: boolean
      readonly firstMs: number
      readonly lastMs: number
      readonly tookMs: number
      /** The service that wrote the first line, where its stream names one. */
      readonly service?: string | undefined
      /** What its source calls that service, and the span that line names; undefined as it names none. */
      readonly stream?: { readonly value: string; readonly spanId: string | undefined } | undefined
      /** Where that line names the trace that is looked for; undefined where it does not, or none is. */
      readonly place?: TraceNaming | undefined
      /** The same; undefined where its source is known to do so there. */
      readonly unknownPlace?: TraceNaming | undefined
      /** Where traces were looked for. */
      readonly traces?: readonly TraceSummary[] | undefined
    }
  | { readonly kind: 'failed'; readonly error: ApiError }
  /** Its source had failed in a way that asking again would not change. */
  | { readonly kind: 'skipped' }

/** A rung, and how far it has come. */
export interface Climbed {
  readonly rung: Rung
  readonly state: RungState
}

/** What is to be said at the end. */
export interface LadderEnd {
  readonly headline: string
  readonly why: string
  /** A person ended it: what is not found may be there. */
  readonly isStopped?: boolean
  /** There is something to go to, if only the nearest. */
  readonly isFound?: boolean
}

/** Of a ladder that was stopped: how far it had come. */
export function endOfStopped(climbed: readonly Climbed[]): LadderEnd {
  const tried = climbed.filter(({ state }) => state.kind === 'answered' || state.kind === 'failed').length
  return {
    headline: 'Stopped.',
    why:
      climbed.length === 0
        ? 'What sources call things was still being asked, and nothing had been tried yet.'
        : `Of ${climbed.length} ways ${tried} had been tried; what is sought may still be there.`,
    isStopped: true,
  }
}

/** These say something of one query; after any other failure a source has nothing more to say. */
const ofQuery: ReadonlySet<ErrorKind> = new Set([
  'bad-query',
  'bad-request',
  'too-large',
  'cut-off',
  'internal',
])

/** Whether a failure of a source makes it useless to ask it anything more. */
export const isDown = ({ kind }: ApiError): boolean => !ofQuery.has(kind)

/** The first rung that found what was sought; undefined while none has. */
export const foundIn = (climbed: readonly Climbed[]): Climbed | undefined =>
  climbed.find(({ rung, state }) => rung.finds === 'its' && state.kind === 'answered' && state.count > 0)

/** The sentence after the last rung of a ladder that found nothing. */
export function endOf(subject: LogSubject, climbed: readonly Climbed[]): LadderEnd {
  const what = subject.spanId === undefined ? 'trace' : 'span'
  const failed = failuresIn(climbed)
  const hasAnswered = climbed.some(({ state }) => state.kind === 'answered')
  if (!hasAnswered)
    return {
      headline: `Whether this ${what} has log lines could not be asked.`,
      why: failed,
    }
  if (![...Map.groupBy(climbed, ({ rung }) => rung.source.id).values()].some((all) => isThrough(all))) {
    const answers = climbed.filter(({ state }) => state.kind === 'answered').length
    return {
      headline: `Not every way to the lines of this ${what} could be tried.`,
      why: `${failed} Of ${climbed.length} ways ${answers} found nothing; what is sought may still be there.`,
    }
  }
  const ofOthers = otherTenant(subject, climbed)
  if (ofOthers !== undefined)
    return { headline: 'Most likely of another tenant.', why: joined(ofOthers, failed) }
  const tooOld = olderThanKept(subject, climbed)
  if (tooOld !== undefined)
    return { headline: 'Most likely outside what is kept.', why: joined(tooOld, failed) }
  const headline = `No line was found that names this ${what === 'span' ? 'span or its trace' : 'trace'}.`
  return {
    headline,
    why: joined(failed, reasonOf(subject, climbed)),
  }
}

/** What failed, each once, as it is said. */
export const failuresIn = (climbed: readonly Climbed[]): string =>
  downsOf(
    climbed.flatMap(({ rung, state }) =>
      state.kind === 'failed' ? [{ name: rung.source.name, error: state.error }] : [],
    ),
  )

/** Sentences, one after the other; empty ones are left out. */
export const joined = (...sentences: readonly string[]): string =>
  sentences.filter((one) => one !== '').join(' ')

/** Whether a source was asked to its last rung. */
const isThrough = (climbed: readonly Climbed[]): boolean =>
  climbed.every(({ state }) => state.kind === 'answered' || (state.kind === 'failed' && !isDown(state.error)))

const downsOf = (failed: readonly { readonly name: string; readonly error: ApiError }[]): string =>
  [...new Set(failed.map(({ name, error }) => naming(name, error)))].join(' ')

/** What sources answered of what they keep, where nothing of the services was there at that time; undefined where something was, or nobody knows. */
function keptAmong(climbed: readonly Climbed[], among: Rung['among']): readonly Answered[] | undefined {
  const answered = climbed.flatMap(({ rung, state }) => (state.kind === 'answered' ? [{ rung, state }] : []))
  const near = answered.filter(({ rung }) => rung.finds === 'near')
  if (near.length === 0 || near.some(({ state }) => state.count > 0)) return undefined
  return answered.filter(({ rung }) => rung.finds === 'now' && rung.among === among)
}

interface Answered {
  readonly rung: Rung
  readonly state: Extract<RungState, { readonly kind: 'answered' }>
}

/** Where nothing of the services was there, but lines as old: that these are of one tenant. */
function otherTenant({ services }: LogSubject, climbed: readonly Climbed[]): string | undefined {
  const tenants = keptAmong(climbed, 'all')?.filter(
    ({ rung, state }) => rung.source.tenant && state.count > 0,
  )
  if (tenants === undefined || tenants.length === 0) return undefined
  const names = tenants.map(({ rung: { source } }) => `${source.name} (“${source.tenant ?? ''}”)`)
  const whose = services.length === 1 ? services[0] : 'its services'
  return `${nameList([...new Set(names)])} keeps lines that are older, but none of ${whose} from then.`
}

/** Where nothing is there from then or before, but the services write lines now. */
function olderThanKept({ services }: LogSubject, climbed: readonly Climbed[]): string | undefined {
  const now = keptAmong(climbed, 'services')?.filter(({ state }) => state.count > 0) ?? []
  const before = keptAmong(climbed, 'all') ?? []
  const young = now.filter(({ rung: { source } }) =>
    before.some(({ rung, state }) => rung.source.id === source.id && state.count === 0),
  )
  if (young.length === 0 || before.some(({ state }) => state.count > 0)) return undefined
  const names = nameList([...new Set(young.map(({ rung }) => rung.source.name))])
  const [whose, write] = services.length === 1 ? [services[0], 'writes'] : ['Its services', 'write']
  return `${whose} ${write} lines now, but ${names} has none of anybody from then or from the 24 hours before.`
}

function reasonOf({ services }: LogSubject, climbed: readonly Climbed[]): string {
  // What was not answered says nothing of what is there.
  const near = climbed.filter(({ rung, state }) => rung.finds === 'near' && state.kind === 'answered')
  const lines = near.reduce((sum, { state }) => sum + (state.kind === 'answered' ? state.count : 0), 0)
  const hasMore = near.some(({ state }) => state.kind === 'answered' && state.hasMore)
  const [first = ''] = services
  const isOne = services.length === 1
  const [it, its] = isOne ? ['it', 'its'] : ['they', 'their']
  if (lines > 0)
    return `${isOne ? first : 'Its services'} wrote ${hasMore ? 'more than ' : ''}${countOf(lines, 'line')} at that time, but the id was not found in ${lines === 1 && !hasMore ? 'it' : 'them'}: ${it} may not put trace ids into ${its} lines.`
  const others = keptAmong(climbed, 'all')?.filter(({ state }) => state.count > 0) ?? []
  if (others.length > 0)
    return `${nameList([...new Set(others.map(({ rung }) => rung.source.name))])} has lines of others, but none of ${isOne ? first : 'its services'} from then: ${it} may write under another name, which can be said under Connections, or ${its} lines are not collected.`
  if (near.length > 0)
    return `Nothing of ${isOne ? first : 'its services'} is there at that time: it may be older than what is kept, belong to another tenant, or not be collected under this name.`
  return 'It may be older than what is kept, belong to another tenant, or its services may not put trace ids into their lines.'
}

/** Most messages name the source themselves. */
const naming = (name: string, { message }: ApiError): string =>
  message.includes(name) ? message : `${name}: ${message}`

/**
 * Which narrower questions found nothing, where lines of a span were sought and those of its trace were found: `No line names this span
 * (trace_id and span_id in metadata, ± 1 s), and none of payment-service names its trace (± 1 min).` Undefined where that is not certain.
 */
export function wideningOf(
  { spanId, services }: LogSubject,
  { rung: found, state }: Climbed,
  climbed: readonly Climbed[],
): string | undefined {
  if (spanId === undefined || found.ofSpan || state.kind !== 'answered') return undefined
  const { place } = state
  const here = climbed.filter(({ rung }) => rung.source.id === found.source.id && rung.finds === 'its')
  const isNone = (one: Climbed): boolean => one.state.kind === 'answered' && one.state.count === 0
  // Lines that name their trace elsewhere may name their span there too, where nobody looked.
  const ofSpan = here.filter(
    ({ rung }) => place && rung.ofSpan === (place.in === 'metadata' ? 'metadata' : 'line'),
  )
  const ofServices = here.filter(({ rung }) => rung.among === 'services')
  const named = ofSpan.map(({ rung }) => `${rung.what}, ${rung.reach}`).join('; ')
  const reach = ofServices.at(-1)?.rung.reach ?? ''
  const parts = [
    ...(named !== '' && ofSpan.every(isNone) ? [`names this span (${named})`] : []),
    ...(found.among === 'all' && reach !== '' && ofServices.every(isNone)
      ? [`of ${nameList(services)} names its trace (${reach})`]
      : []),
  ]
  return parts.length === 0 ? undefined : `No line ${parts.join(', and none ')}.`
}

/** How lines that were found lie to the subject, where that is worth saying: outside it by so many seconds. */
export function apartFrom(subject: LogSubject, state: RungState): string | undefined {
  if (state.kind !== 'answered' || state.count === 0) return undefined
  const afterMs = state.firstMs - subject.endMs
  const beforeMs = subject.startMs - state.lastMs
  const apartMs = Math.max(afterMs, beforeMs)
  if (apartMs < 1_000) return undefined
  const seconds =
    apartMs < 60_000 ? `${(apartMs / 1_000).toFixed(1)} s` : `${Math.round(apartMs / 60_000)} min`
  return afterMs > beforeMs
    ? `They come ${seconds} after it ended: written late, or by a clock that is ahead.`
    : `They come ${seconds} before it began: by a clock that is behind.`
}
