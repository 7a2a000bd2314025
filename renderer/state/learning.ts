/** How facts of sources are learned: beside everything else, for a few seconds at most, and not again without need. */

/** New services and labels are known by their own names until then. */
const staleTime = 30 * 60_000
const mostMs = 5_000

/** For react-query: what was learned is kept as long as the page lives. */
export const factsLast = { staleTime, gcTime: Number.POSITIVE_INFINITY, retry: false } as const

/** Learns within the time there is for it. */
export const learning = <Facts>(
  signal: AbortSignal,
  learn: (limited: AbortSignal) => Promise<Facts>,
): Promise<Facts> => learn(AbortSignal.any([signal, AbortSignal.timeout(mostMs)]))
