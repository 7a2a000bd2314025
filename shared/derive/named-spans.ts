/** Spans by what they are called. */
import { SpanFlag, type SpanIndex, type Trace } from '#shared/trace/table'

/**
 * Spans whose service and name together hold every word, in any case: those that failed first, then the longest; at most so many.
 * Cost: a text is compared once for all spans that have it, then one pass over the rows.
 */
export function spansNamed(trace: Trace, words: readonly string[], most: number): readonly SpanIndex[] {
  const { spans, services, names } = trace
  if (words.length === 0) return []
  // A bit for each word; of a whole sentence the first ones decide.
  const sought = words.slice(0, 30).map((word) => word.toLowerCase())
  const all = 2 ** sought.length - 1
  const heldBy = (text: string): number => {
    const lower = text.toLowerCase()
    return sought.reduce((bits, word, at) => (lower.includes(word) ? bits | (1 << at) : bits), 0)
  }
  const ofService = services.map(heldBy)
  const ofName = names.map(heldBy)
  const weightOf = (row: SpanIndex): number =>
    spans.duration[row] + (spans.flags[row] & SpanFlag.error ? Number.MAX_SAFE_INTEGER : 0)
  const best: SpanIndex[] = []
  for (let row = 0; row < spans.length; row++) {
    if (spans.flags[row] & SpanFlag.missing) continue
    if ((ofService[spans.service[row]] | ofName[spans.name[row]]) !== all) continue
    if (best.length === most && weightOf(row) <= weightOf(best[most - 1])) continue
    const at = best.findIndex((other) => weightOf(other) < weightOf(row))
    best.splice(at < 0 ? best.length : at, 0, row)
    best.length = Math.min(best.length, most)
  }
  return best
}
