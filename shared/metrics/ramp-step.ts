/** How many colours the cells of a heatmap have, from few to many. */
export const rampSteps = 9

/** Counts that lie further apart than this look the same: a few in a million are few. */
const widestSpan = 10_000

/** Which of nine steps a count has, from the least to the most there is; equal factors apart, for counts of an incident differ by thousands. */
export function rampStep(count: number, least: number, most: number): number {
  const low = Math.max(least, most / widestSpan)
  if (most <= low) return rampSteps - 1
  const share = Math.log(count / low) / Math.log(most / low)
  return Math.min(rampSteps - 1, Math.max(0, Math.round(share * (rampSteps - 1))))
}
