import type { LogBatch } from '#shared/logs/batch'
import { type LogList, rowsByNumber } from '#shared/logs/log-list'

const linePx = 18
const restPx = 2
/** As much of a line as is drawn. */
const mostUnits = 5_000

/**
 * How high each row is when lines go over several rows: letters are all of one width, so it can be reckoned; `measuredOf` knows better
 * where letters of another width, or line breaks, made it differ.
 */
export function wrappedHeights(
  list: LogList,
  letters: number,
  measuredOf: (batch: LogBatch) => ReadonlyMap<number, number> | undefined,
): Float64Array {
  const heights = new Float64Array(list.length)
  // A line that was let go has a row past the last one: what is written there is not kept.
  const rowOfNumber = rowsByNumber(list)
  for (const [index, batch] of list.batches.entries()) {
    const start = list.starts[index]
    let from = 0
    for (let at = 0; at < batch.length; at++) {
      const units = Math.min(batch.textEnd[at] - from, mostUnits)
      from = batch.textEnd[at]
      heights[rowOfNumber(start + at)] = Math.max(1, Math.ceil(units / letters)) * linePx + restPx
    }
    for (const [at, px] of measuredOf(batch) ?? []) heights[rowOfNumber(start + at)] = px
  }
  return heights
}
