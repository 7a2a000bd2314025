/** What is sought in a trace: its text, and the spans in view that match. */
import { useMemo } from 'react'
import { parseFilter } from '#shared/derive/find/parse-filter'
import type { Trace } from '#shared/trace/table'
import { useFind } from '../state/trace-answers'
import { type Live, useLive } from '../state/use-live'

export interface FindInTrace {
  readonly text: Live<string>
  /** One byte per span, 1 = matches and is left in view; undefined while nothing is sought or no answer is there. */
  readonly matches: Uint8Array | undefined
  /** How many those are. */
  readonly count: number
  readonly isSearching: boolean
  /** Why the text is no filter, or could not be sought. */
  readonly problem: string | undefined
}

/**
 * `trace` may be what has been read so far: then it is sought again whenever more is there. `left`: one byte per span, 1 = not taken out
 * of view; undefined for all.
 */
export function useFindInTrace(
  session: string,
  trace: Trace,
  place: string,
  adjust: (find: string) => void,
  left: Uint8Array | undefined,
): FindInTrace {
  const text = useLive(place, adjust, Object.is)
  const grammarError = useMemo(() => parseFilter(text.value).error, [text.value])
  const found = useFind(session, trace, grammarError ? '' : text.value)
  const result = found.result?.error ? undefined : found.result
  const mask = result && result.mask.length === trace.spans.length ? result.mask : undefined
  const inView = useMemo(
    () => (mask && left ? both(mask, left) : { mask, count: result?.count ?? 0 }),
    [mask, left, result],
  )
  return {
    text,
    matches: inView.mask,
    count: inView.count,
    isSearching: found.isSearching,
    problem: grammarError?.message ?? found.result?.error?.message ?? found.error?.message,
  }
}

/** Rows that both masks have, and how many. Cost: one walk, 2 ms for a million. */
function both(one: Uint8Array, other: Uint8Array): { readonly mask: Uint8Array; readonly count: number } {
  const mask = new Uint8Array(one.length)
  let count = 0
  for (let row = 0; row < one.length; row++) count += mask[row] = one[row] & other[row]
  return { mask, count }
}
