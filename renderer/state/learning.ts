/** How facts of sources are learned: beside everything else, for a few seconds at most, and not again without need. */
import type { Learned } from '#shared/correlate/kept-facts'

/** New services and labels are known by their own names until then; who cannot wait looks again. */
export const staleMs = 6 * 3_600_000
/** What was missing is looked for again sooner. */
const partStaleMs = 60_000
/** Of everything that is learned of a source together. */
export const mostMs = 5_000

/** Queries of facts, by the first word of their keys. */
export const factNames = ['trace-facts', 'log-facts', 'metric-facts', 'sampled-traces', 'clock-facts']

const isLearned = (data: unknown): data is Learned =>
  data instanceof Object && 'isPart' in data && 'learnedMs' in data

const lastsMs = (data: unknown): number => (isLearned(data) && data.isPart ? partStaleMs : staleMs)

/** Whether what is kept need not be learned anew: it is all there, and of no other time, which a clock that was put back may say lies ahead. */
export const isFresh = (facts: Learned, nowMs = Date.now()): boolean =>
  !facts.isPart && facts.learnedMs <= nowMs && nowMs < facts.learnedMs + staleMs

interface Known {
  readonly state: { readonly data: unknown; readonly dataUpdatedAt: number }
}

/** For react-query: what was learned lasts from when it was learned, whatever was added to it since. */
export const factsLast = {
  staleTime: ({ state: { data, dataUpdatedAt } }: Known): number =>
    Math.max(0, lastsMs(data) - (isLearned(data) ? dataUpdatedAt - data.learnedMs : 0)),
  gcTime: Number.POSITIVE_INFINITY,
  retry: false,
} as const

/** A part that the others do not wait for: `otherwise` where it fails, or takes longer than there is. */
export type Part = <Answer>(asked: Promise<Answer>, otherwise: Answer) => Promise<Answer>

/** Learns within the time there is for it, of which so much was needed. `isPart`: not all of it could be had; what was known `before` then stays. */
export async function learning<Facts extends object>(
  signal: AbortSignal,
  before: () => Facts | undefined,
  learn: (limited: AbortSignal, part: Part) => Promise<Facts>,
  thereIsMs = mostMs,
): Promise<Facts & Learned> {
  const beganMs = performance.now()
  let isPart = false
  const part: Part = async (asked, otherwise) => {
    try {
      return await asked
    } catch {
      signal.throwIfAborted()
      isPart = true
      return otherwise
    }
  }
  const facts = await learn(AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, thereIsMs))]), part)
  const known = isPart ? (before() ?? facts) : facts
  return { ...known, isPart, tookMs: performance.now() - beganMs, learnedMs: Date.now() }
}
