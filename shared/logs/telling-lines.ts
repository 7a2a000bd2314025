/** Which of many lines are shown where there is room for a few. */
import { type LogBatch, levels } from './batch'

const gravest = levels.indexOf('warn')

/**
 * The places of at most `most` lines of a batch, in its order: those of errors before those of warnings before all others, and of equal ones
 * the first.
 */
export function tellingLines({ length, level }: LogBatch, most: number): readonly number[] {
  const rankOf = (at: number): number => Math.max(level[at], gravest - 1)
  const places = Array.from({ length }, (_, at) => at).toSorted((one, other) => rankOf(other) - rankOf(one))
  return places.slice(0, most).toSorted((one, other) => one - other)
}
