/** The search that a pivot to traces runs. */
import { traceqlOf } from '#shared/api/traceql'
import { kindTag } from '#shared/api/kind-tag'
import type { TraceQuestion } from '#shared/correlate/trace-questions'
import type { TagCondition } from '#shared/api/contract'
import { hrefOfSearch, type SearchLocation } from '../state/search-location'

/** The link to what is asked, the newest first, and its conditions in the language of the sources that have one. */
export function searchOf(
  { startMs, endMs, kind, ...asked }: TraceQuestion,
  more: {
    readonly tags?: readonly TagCondition[]
    readonly sort?: SearchLocation['sort']
    readonly sources?: readonly string[]
    readonly earlierMs?: number
  } = {},
): { readonly href: string; readonly query: string } {
  const tags = [...(more.tags ?? []), ...(kind === undefined ? [] : [kindTag(kind)])]
  return {
    href: hrefOfSearch({
      ...asked,
      ...more,
      tags,
      range: { from: Math.floor(startMs), to: Math.ceil(endMs) },
      isLed: true,
    }),
    query: traceqlOf({
      limit: 0,
      traceql: '',
      ...asked,
      tags,
      startMs,
      endMs,
    }),
  }
}
