/**
 * From a trace, a span or a bare id to its log lines: a ladder of queries, each asked only where those before it found nothing. From the
 * sure and cheap (named in metadata, its service, its time) to the vague and dear (anywhere in the text, all streams, an hour), and last
 * the nearest thing: what the service wrote at that time.
 */
import { clockWords, linesWithin } from '#shared/correlate/clocks'
import { isName, withName, withNameOrText } from '#shared/correlate/lines-naming'
import { type LogFacts, selectAll, selectServices } from '#shared/correlate/log-facts'
import { anySpelling, type Spelling, spellingsOf } from '#shared/correlate/trace-spellings'
import { traceNames } from '#shared/logs/trace-of-line'
import { withLineFilter } from '#shared/query/logql/query'

/** What lines are looked for. */
export interface LogSubject {
  /** Of a span one, of a trace all; none where only the id is known. */
  readonly services: readonly string[]
  /** 32 lower-case hex digits. */
  readonly traceId: string
  /** 16 lower-case hex digits; undefined for all of the trace. */
  readonly spanId: string | undefined
  /** Milliseconds since 1970. */
  readonly startMs: number
  readonly endMs: number
}

/** A source of logs, with what is known of it. */
export interface LogSourceFacts {
  readonly id: string
  readonly name: string
  readonly facts: LogFacts
  /** It shows only what is of this tenant; empty or undefined where it was given none. */
  readonly tenant?: string | undefined
  /** Clew holds its lines itself: to look through all of them costs nothing, and some may be of services that nothing names. */
  readonly isHeld?: boolean
}

/** One query of the ladder. */
export interface Rung {
  readonly source: Pick<LogSourceFacts, 'id' | 'name' | 'tenant'>
  readonly query: string
  readonly startMs: number
  readonly endMs: number
  /** What is new about it: `trace_id and span_id in metadata`. */
  readonly what: string
  /** How far around: `± 1 s`. */
  readonly reach: string
  readonly among: 'services' | 'all'
  /** `its`: what it finds belongs to the subject. `near`: it lies beside it in time, and no more is known. `now`: it only tells what its source keeps: of `all`, as old; of `services`, by now. */
  readonly finds: 'its' | 'near' | 'now'
  /** It finds only lines that name the span itself, and do so there. */
  readonly ofSpan?: 'metadata' | 'line'
  /** The same, but wherever lines name their trace: some may do so in metadata, and others in their text. Undefined where this asks for all of them. */
  readonly whole?: Pick<Rung, 'query' | 'what'> | undefined
}

/** Where one looks, and for how long around. */
interface Step extends Pick<Rung, 'among'> {
  /** Ids in metadata, by the names that are known or by any usual one, or in the text of the line; as usual, or spelled in other ways. */
  readonly by: 'span' | 'trace' | 'any name' | 'span in text' | 'text' | 'other text' | 'nothing'
  readonly reach: Reach
  /** Asked whatever is known of where lines name their trace: what was learned or said may be wrong. */
  readonly isSure?: true
}

interface Reach {
  readonly ms: number
  readonly words: string
}

/** Loggers write after the fact, and clocks differ. */
const close: Reach = { ms: 1_000, words: '± 1 s' }
const wider: Reach = { ms: 60_000, words: '± 1 min' }
const wide: Reach = { ms: 900_000, words: '± 15 min' }
const widest: Reach = { ms: 3_600_000, words: '± 1 h' }
const beside: Reach = { ms: 30_000, words: '± 30 s' }

const steps: readonly Step[] = [
  { among: 'services', by: 'span', reach: close },
  { among: 'services', by: 'span in text', reach: close },
  { among: 'services', by: 'trace', reach: close },
  { among: 'services', by: 'text', reach: close },
  { among: 'services', by: 'other text', reach: close },
  { among: 'services', by: 'trace', reach: wider },
  { among: 'services', by: 'text', reach: wider, isSure: true },
  { among: 'services', by: 'any name', reach: wider, isSure: true },
  { among: 'all', by: 'trace', reach: wide },
  { among: 'all', by: 'any name', reach: wide, isSure: true },
  { among: 'all', by: 'text', reach: wide, isSure: true },
  { among: 'all', by: 'other text', reach: widest, isSure: true },
  { among: 'services', by: 'nothing', reach: beside },
]

/** However many names lines give their trace, no more is asked of a source than this. */
const mostRungs = 20

/** The whole ladder in one source. Without `nowMs` nobody asks whether the subject is older than what is kept. */
export function logLadder(subject: LogSubject, source: LogSourceFacts, nowMs = 0): readonly Rung[] {
  // Lines of a span are those of its service first.
  const asked = source.isHeld === true && subject.spanId === undefined ? steps.map(amongAll) : steps
  const all = asked.flatMap((step) => rungsOf(step, subject, source).map((rung) => ({ rung, step })))
  const near = all.find(({ rung }) => rung.finds === 'near')
  const its = all.filter(
    (one, at) => one.rung.finds === 'its' && !all.slice(0, at).some(({ rung }) => isSame(rung, one.rung)),
  )
  // What many names ask for one by one, those that are sure find too, only later; nothing else looks for the text close by.
  const [must, may] = [true, false].map((is) =>
    its.filter(
      ({ step: { isSure = false, reach, by } }) =>
        (isSure || (reach === close && by.includes('text'))) === is,
    ),
  )
  const last = near ? [near.rung, ...keptIn(subject, source, nowMs)] : []
  const kept = new Set([...may.slice(0, Math.max(0, mostRungs - last.length - must.length)), ...must])
  return [...its.filter((one) => kept.has(one)).map(({ rung }) => rung), ...last]
}

const amongAll = (step: Step): Step => (step.by === 'nothing' ? step : { ...step, among: 'all' })

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/**
 * What a source keeps, where the subject's services wrote nothing at its time. Whether there are lines as old: then it is not for their age
 * that those are not there, but most likely for their tenant, where the source shows one alone. And whether the services write lines now. Of a recent
 * subject: whether anybody's lines are from then, so that it is these services whose lines do not come in.
 */
function keptIn(
  { services, startMs, endMs }: LogSubject,
  { id, name, tenant = '', facts }: LogSourceFacts,
  nowMs: number,
): readonly Rung[] {
  const isOld = endMs < nowMs - 2 * hourMs
  const rung = (query: string, rest: Pick<Rung, 'startMs' | 'endMs' | 'what' | 'reach' | 'among'>): Rung => ({
    source: { id, name, tenant },
    query,
    ...rest,
    finds: 'now',
  })
  const older = { startMs: startMs - dayMs, endMs: startMs, what: 'any lines that are older' }
  const then = { startMs: startMs - wide.ms, endMs: endMs + wide.ms, what: 'any lines', reach: wide.words }
  const recent = { startMs: nowMs - hourMs, endMs: nowMs, what: `any lines of ${services.join(', ')}` }
  const [all] = selectAll(facts)
  const [own] = selectServices(facts, services)
  return [
    rung(
      all,
      isOld || tenant !== '' ? { ...older, reach: '24 h before', among: 'all' } : { ...then, among: 'all' },
    ),
    ...(isOld ? [rung(own.selector, { ...recent, reach: 'in the last hour', among: 'services' })] : []),
  ]
}

const isSame = (one: Rung, other: Rung): boolean => one.query === other.query && one.reach === other.reach

function rungsOf(step: Step, subject: LogSubject, source: LogSourceFacts): readonly Rung[] {
  const { facts } = source
  if (step.among === 'all') return selectAll(facts).flatMap((all) => rungsIn(all, step, subject, source))
  if (subject.services.length === 0) return []
  return selectServices(facts, subject.services).flatMap(({ selector }) =>
    rungsIn(selector, step, subject, source),
  )
}

/** The questions of a step within the streams of a selector. */
function rungsIn(
  selector: string,
  step: Step,
  { traceId, spanId, services, startMs, endMs }: LogSubject,
  source: LogSourceFacts,
): readonly Rung[] {
  const { facts } = source
  const where = step.among === 'all' ? ', in all streams' : ''
  const clocks = services.map((service) => facts.clocks?.[service])
  const byClock = linesWithin({ startMs, endMs }, clocks)
  // One line that was written late may have told of a clock that is none: the widest look at the subject's own time too.
  const within =
    step.among === 'all'
      ? { startMs: Math.min(startMs, byClock.startMs), endMs: Math.max(endMs, byClock.endMs) }
      : byClock
  const [clock] = clocks.length === 1 && clocks[0] !== undefined ? [clockWords(clocks[0])] : []
  const rung = (query: string, what: string): Rung => ({
    source: { id: source.id, name: source.name },
    query,
    startMs: within.startMs - step.reach.ms,
    endMs: within.endMs + step.reach.ms,
    what: what + where,
    among: step.among,
    reach:
      clock === undefined
        ? step.reach.words
        : `${step.reach.words}${step.among === 'all' ? ', also' : ''} by its clock, ${clock}`,
    finds: step.by === 'nothing' ? 'near' : 'its',
    ...(step.by === 'span' && { ofSpan: 'metadata' as const }),
    ...(step.by === 'span in text' && { ofSpan: 'line' as const }),
  })
  const named = facts.places.filter((place) => place.kind === 'beside')
  const inside = facts.places.filter((place) => place.kind === 'inside')
  const isText = step.isSure === true || inside.length > 0
  const [{ id }, ...others] = spellingsOf(traceId)
  const names = named.length === 0 ? traceNames.slice(0, 1) : named.map(({ trace }) => trace)
  const whole = {
    query: withNameOrText(
      selector,
      names.map((name) => ({ name, value: traceId })),
      id,
    ),
    what: `the id in metadata or in the line${where}`,
  }
  switch (step.by) {
    case 'span':
      return named.flatMap(({ trace, span }) =>
        span === undefined || spanId === undefined
          ? []
          : rung(
              withName(withName(selector, trace, traceId), span, spanId),
              `${trace} and ${span} in metadata`,
            ),
      )
    case 'trace':
      return named.map(({ trace }) => ({
        ...rung(withName(selector, trace, traceId), `${trace} in metadata`),
        whole,
      }))
    case 'any name':
      return [
        rung(
          withAnyName(selector, [...named.map(({ trace }) => trace), ...traceNames], anySpelling(traceId)),
          'the id in metadata of any usual name, however spelled',
        ),
      ]
    case 'span in text':
      return spanId !== undefined && inside.some(({ hasSpan }) => hasSpan)
        ? [rung(withText(withText(selector, spanId), traceId), 'both ids in the line')]
        : []
    case 'text':
      // Where it is known to stand in metadata too, that was asked before, and found nothing.
      return isText
        ? [
            {
              ...rung(withText(selector, id), 'the id in the line'),
              ...(named.length === 0 && { whole }),
            },
          ]
        : []
    case 'other text':
      return (isText ? others : []).map((spelling) =>
        rung(withText(selector, spelling.id), `${spellingWords(spelling)} in the line`),
      )
    default:
      return [rung(selector, `all lines of ${services.join(', ')}`)]
  }
}

const spellingWords = ({ kind }: Spelling): string =>
  kind === 'short' ? 'the short id (64 bits)' : 'the id without its leading zeros'

const withAnyName = (query: string, names: readonly string[], expression: string): string =>
  `${query} | ${[...new Set(names)]
    .filter(isName)
    .map((name) => `${name}=~${JSON.stringify(expression)}`)
    .join(' or ')}`
const withText = (query: string, text: string): string => withLineFilter(query, '|=', text)
