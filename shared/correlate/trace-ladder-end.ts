/** What a ladder of searches for traces came to, in a sentence. */
import { type Climbed, failuresIn, joined, type LadderEnd } from '#shared/correlate/ladder-end'
import type { LostTrace, TraceSubject } from '#shared/correlate/trace-ladder'
import { nameList } from '#shared/base/name-list'
import { countOf } from '#shared/derive/quantities'

const hasAnswered = (climbed: readonly Climbed[]): boolean =>
  climbed.some(({ state }) => state.kind === 'answered')

/** Why no span of another trace that links to one was found. `silent`: names of sources that cannot be asked for links. */
export function endOfLinks(climbed: readonly Climbed[], silent: readonly string[]): LadderEnd {
  const cannot = silent.length === 0 ? '' : `${nameList(silent)} cannot be asked for links.`
  if (!hasAnswered(climbed))
    return {
      headline: 'Which spans link to this one could not be asked.',
      why: joined(failuresIn(climbed), cannot),
    }
  const isOwn = climbed.some(({ state }) => state.kind === 'answered' && state.count > 0)
  return {
    headline: isOwn ? 'Spans of this trace alone link to this one.' : 'No span links to this one.',
    ...(isOwn ? { isFound: true } : {}),
    why: joined(
      failuresIn(climbed),
      'A day before and after it was looked through: what links to it may not have been sampled, or not have come yet.',
      cannot,
    ),
  }
}

/** Whether a rung tells of the time of what was lost, or only that its service is there now. */
const isThen = ({ rung }: Climbed): boolean => rung.finds === 'near'

const found = ({ state }: Climbed): boolean => state.kind === 'answered' && state.count > 0

/** What is known of the sources that were asked for a lost trace. */
export interface AskedForTrace {
  /** Names of those that could not be asked for it. */
  readonly silent: readonly string[]
  /** Those that show only what is of one tenant. */
  readonly tenants: readonly { readonly name: string; readonly tenant: string }[]
}

/** Why a trace is nowhere, by who was asked for it and by what lies near it. */
export function endOfNearest(
  { service }: Pick<LostTrace, 'service'>,
  climbed: readonly Climbed[],
  { silent, tenants }: AskedForTrace,
): LadderEnd {
  const failed = failuresIn(climbed)
  const near = climbed.find((one) => isThen(one) && found(one))
  // What the others hold tells nothing of one that was not asked.
  if (silent.length > 0 && hasAnswered(climbed))
    return {
      headline: `It may be in ${nameList(silent)}, which could not be asked.`,
      why: joined(
        near ? `Elsewhere other traces of ${service} were kept then (${near.rung.reach}).` : '',
        failed,
      ),
      isFound: near !== undefined,
    }
  if (near)
    return {
      headline: 'Most likely not sampled.',
      why: joined(
        `Other traces of ${service} were kept then (${near.rung.reach}); this one was not.`,
        failed,
      ),
      isFound: true,
    }
  if (!hasAnswered(climbed)) return { headline: 'Why it is not there could not be found out.', why: failed }
  if (climbed.some(found))
    return {
      headline: 'Most likely outside what is kept.',
      why: joined(`There are traces of ${service} now, but none from then.`, failed),
    }
  if (tenants.length > 0)
    return {
      headline: 'Most likely of another tenant.',
      why: joined(
        `${nameList(tenants.map(({ name, tenant }) => `${name} (“${tenant}”)`))} has no trace of ${service}, neither from then nor now.`,
        failed,
      ),
    }
  return {
    headline: `No trace of ${service} was found anywhere.`,
    why: joined(
      'Its traces may be under another name, in another tenant, in a source that is not connected, or not be kept at all.',
      failed,
    ),
  }
}

const dayMs = 24 * 3_600_000

/** What may have become of a trace that no source holds and nothing more is known of. `endMs`: when it was, where that is known. */
export function whyNowhere(endMs: number | undefined, nowMs: number): string {
  const days = endMs === undefined ? 0 : (nowMs - endMs) / dayMs
  return days > 1
    ? `It was asked for at a time that is ${countOf(Math.floor(days), 'day')} ago: most likely it is older than what is kept. It may also not have been sampled, or belong to another tenant.`
    : 'It may not have been sampled, may have expired, may belong to another tenant, or may not have arrived yet: the newest spans of a request can take half a minute.'
}

/** The first rung that found traces as they were asked for, or near them. */
export const foundTraces = (climbed: readonly Climbed[]): Climbed | undefined =>
  climbed.find((one) => one.rung.finds !== 'now' && found(one))

/** What the search for traces came to that a pivot led to and that were not found at first. */
export function endOfSearch(
  { service }: Pick<TraceSubject, 'service'>,
  climbed: readonly Climbed[],
): LadderEnd {
  const failed = failuresIn(climbed)
  const whose = service === '' ? '' : ` of ${service}`
  const one = foundTraces(climbed)
  if (one?.state.kind === 'answered') {
    const { rung, state } = one
    const traces = `${state.hasMore ? 'more than ' : ''}${countOf(state.count, 'trace')}`
    return rung.finds === 'its'
      ? {
          headline: `${rung.source.name} has them.`,
          why: joined(`${traces}: ${rung.what}, ${rung.reach}.`, failed),
          isFound: true,
        }
      : {
          headline: 'None were found as asked for.',
          why: joined(
            `Nearest to that: ${traces} in ${rung.source.name} (${rung.what}, ${rung.reach}).`,
            failed,
          ),
          isFound: true,
        }
  }
  if (climbed.length === 0)
    return {
      headline: 'No other way was found to ask for them.',
      why: 'These sources search one service at a time, and none is known.',
    }
  if (!hasAnswered(climbed))
    return { headline: `Whether there are traces${whose} could not be asked.`, why: failed }
  if (failed !== '') return { headline: `No trace${whose} was found where it could be asked.`, why: failed }
  if (climbed.some(found))
    return {
      headline: `No trace${whose} was found from then.`,
      why: `There are traces${whose} now, but none within 24 hours of then: they may be older than what is kept, or not have been sampled.`,
    }
  return {
    headline: `No trace${whose} was found anywhere.`,
    why: 'Its traces may be under a name that is not like it, in another tenant, in a source that is not connected, or not be kept at all.',
  }
}
