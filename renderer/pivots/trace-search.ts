/** The search that a pivot to traces runs. */
import { traceqlOf } from '#shared/api/traceql'
import type { TraceQuestion } from '#shared/correlate/trace-questions'
import type { TagCondition } from '#shared/api/contract'
import { hrefOfSearch, type SearchLocation } from '../state/search-location'

/** The link to what is asked, the newest first, and its conditions in the language of the sources that have one. */
export function searchOf(
  { startMs, endMs, ...asked }: TraceQuestion,
  more: {
    readonly tags?: readonly TagCondition[]
    readonly sort?: SearchLocation['sort']
    readonly sources?: readonly string[]
  } = {},
): { readonly href: string; readonly query: string } {
  return {
    href: hrefOfSearch({
      ...asked,
      ...more,
      range: { from: Math.floor(startMs), to: Math.ceil(endMs) },
      isLed: true,
    }),
    query: traceqlOf({
      tags: [],
      maxDurationNs: undefined,
      limit: 0,
      traceql: '',
      ...asked,
      ...more,
      startMs,
      endMs,
    }),
  }
}
