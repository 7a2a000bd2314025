/** The search as it is being put together, before it is asked: form and TraceQL in step. */
import { leastBound, mostBound } from '#shared/api/duration-bound'
import { traceqlOf } from '#shared/api/traceql'
import { formatDuration, parseDuration } from '#shared/derive/durations'
import type { TimeRange } from '#shared/derive/time-range'
import { type TraceConditions, noConditions } from '#shared/api/contract'
import { defaultLimit, largestLimit, type SearchLocation } from '../state/search-location'
import { conditionsOf, ownTraceql } from './plan-search'
import { readTraceql } from './traceql/read-traceql'

export interface Draft {
  readonly sources: readonly string[]
  readonly conditions: TraceConditions
  /** What the form said before TraceQL was written: writing passes through `{ }`, which says nothing. */
  readonly before: TraceConditions
  /** Durations as typed. */
  readonly minText: string
  readonly maxText: string
  readonly limitText: string
  /** What stands in the TraceQL editor: written from the form, or the reader's own. */
  readonly text: string
  /** The text says more than the form can: it is the query. */
  readonly isOwn: boolean
  readonly askOthers: boolean
  readonly withServices: readonly string[]
  readonly range: TimeRange
}

/** What is said so far: a condition on an attribute says nothing before it has its value. */
export const saidSoFar = (conditions: TraceConditions): TraceConditions => ({
  ...conditions,
  tags: conditions.tags.filter(({ key, value }) => key.trim() !== '' && value !== ''),
})

const traceqlFor = (conditions: TraceConditions): string =>
  traceqlOf({ ...saidSoFar(conditions), startMs: 0, endMs: 0, limit: 0, traceql: '' })

const textOf = (ns: number | undefined): string => (ns === undefined ? '' : formatDuration(ns))

/** A duration as it is typed again: exact where three digits are not enough. */
function exactText(ns: number | undefined): string {
  const text = textOf(ns)
  if (ns !== undefined && parseDuration(text) !== ns) return `${ns} ns`
  return text.replace(/(\.\d*?)0+(?= )/, '$1').replace(/\.(?= )/, '')
}

/** The fields for durations say “over” and “under”: whether the length itself belongs to them stands in the TraceQL. */
const durationTexts = ({ minDurationNs, maxDurationNs }: TraceConditions) => ({
  minText: exactText(minDurationNs === undefined ? undefined : leastBound(minDurationNs).ns),
  maxText: exactText(maxDurationNs === undefined ? undefined : mostBound(maxDurationNs).ns),
})

/** The draft a place of the URL begins with. */
export function draftOf(state: SearchLocation): Draft {
  const own = ownTraceql(state)
  const conditions = conditionsOf(state)
  return {
    sources: state.sources,
    conditions,
    before: conditions,
    ...durationTexts(conditions),
    limitText: String(state.limit),
    text: own ?? traceqlFor(conditions),
    isOwn: own !== undefined,
    askOthers: state.askOthers,
    withServices: state.withServices,
    range: state.range,
  }
}

/** The form was changed: the text follows, unless it is the reader's own. */
export function withConditions(draft: Draft, change: Partial<TraceConditions>): Draft {
  const conditions = { ...draft.conditions, ...change }
  return {
    ...draft,
    conditions,
    before: conditions,
    text: draft.isOwn ? draft.text : traceqlFor(conditions),
  }
}

/** A duration was typed; what is not one leaves the condition out until it is. */
export function withDuration(draft: Draft, end: 'min' | 'max', typed: string): Draft {
  const ns = parseDuration(typed)
  return end === 'min'
    ? { ...withConditions(draft, { minDurationNs: ns }), minText: typed }
    : { ...withConditions(draft, { maxDurationNs: ns }), maxText: typed }
}

const isEmpty = (conditions: TraceConditions): boolean => traceqlFor(conditions) === traceqlFor(noConditions)

/** The text was changed: the form follows where it can say the same; otherwise the text is the query, beside what the form said. */
export function withText(draft: Draft, text: string): Draft {
  const read = readTraceql(text)
  const conditions = read ?? (isEmpty(draft.conditions) ? draft.before : draft.conditions)
  return {
    ...draft,
    text,
    isOwn: read === undefined,
    conditions,
    ...durationTexts(conditions),
  }
}

/** The reader's own text is given up: the form is the query again. */
export const withoutOwn = (draft: Draft): Draft => ({
  ...draft,
  text: traceqlFor(draft.conditions),
  isOwn: false,
  askOthers: false,
})

/** No conditions; sources, time and limit stay. */
export const cleared = (draft: Draft): Draft =>
  withoutOwn({
    ...draft,
    conditions: noConditions,
    before: noConditions,
    minText: '',
    maxText: '',
    withServices: [],
  })

/** Said of an attribute that is named and compared with nothing. */
export const missingValue = 'A value is missing.'

export interface DraftProblems {
  readonly min: string | undefined
  readonly max: string | undefined
  readonly limit: string | undefined
  readonly tags: string | undefined
}

const durationProblem = (typed: string): string | undefined => {
  if (typed.trim() === '' || parseDuration(typed) !== undefined) return undefined
  return /^[\d.]+$/.test(typed.trim())
    ? `Say the unit: ${typed.trim()} ms, ${typed.trim()} s.`
    : 'Write a duration such as 500 ms, 1.5 s or 2 min.'
}

/** What must be mended before this can be asked. */
export function problemsOf(draft: Draft): DraftProblems {
  const { minDurationNs, maxDurationNs } = draft.conditions
  const limit = Number(draft.limitText)
  return {
    min: durationProblem(draft.minText),
    max:
      durationProblem(draft.maxText) ??
      (minDurationNs !== undefined && maxDurationNs !== undefined && maxDurationNs < minDurationNs
        ? 'Shorter than “over”: nothing can match.'
        : undefined),
    limit:
      draft.limitText.trim() === '' || (Number.isInteger(limit) && limit >= 1 && limit <= largestLimit)
        ? undefined
        : `A whole number up to ${largestLimit}.`,
    tags: draft.conditions.tags.some(({ key, value }) => key.trim() !== '' && value === '')
      ? missingValue
      : undefined,
  }
}

/** The place that asks for this draft. */
export function locationOf(draft: Draft): Partial<SearchLocation> {
  return {
    asked: true,
    ...draft.conditions,
    tags: draft.conditions.tags.filter((tag) => tag.key.trim() !== ''),
    sources: draft.sources,
    traceql: draft.isOwn ? draft.text.trim() : '',
    askOthers: draft.isOwn && draft.askOthers,
    withServices: draft.withServices,
    range: draft.range,
    limit: draft.limitText.trim() === '' ? defaultLimit : Number(draft.limitText),
    region: undefined,
    isLed: false,
  }
}
