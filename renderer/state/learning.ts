/** How facts of sources are learned: beside everything else, for a few seconds at most, and not again without need. */

/** New services and labels are known by their own names until then. */
const staleMs = 30 * 60_000
/** What was missing is looked for again sooner. */
const partStaleMs = 60_000
/** Of everything that is learned of a source together. */
export const mostMs = 5_000

/** For react-query: what was learned is kept as long as the page lives. */
export const factsLast = {
  staleTime: ({ state: { data } }: { readonly state: { readonly data: unknown } }): number =>
    data instanceof Object && 'isPart' in data && data.isPart === true ? partStaleMs : staleMs,
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
): Promise<Facts & { readonly isPart: boolean; readonly tookMs: number }> {
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
  return { ...(isPart ? (before() ?? facts) : facts), isPart, tookMs: performance.now() - beganMs }
}
