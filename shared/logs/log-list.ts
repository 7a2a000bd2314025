/** A list of lines that grows at either end: answers one after the other, none of them copied. */
import { compareTimes, keyOfLine, type LogBatch, type LogLine, textOf } from '#shared/logs/batch'
import { mergeBatches } from '#shared/logs/merge'
import type { Order } from '#shared/logs/read-lines'

/** Lines in the order they are shown. */
export interface LogList {
  readonly order: Order
  readonly batches: readonly LogBatch[]
  /** Row of the first line of each batch. */
  readonly starts: readonly number[]
  readonly length: number
}

export const emptyList = (order: Order): LogList => ({ order, batches: [], starts: [], length: 0 })

function listOf(order: Order, batches: readonly LogBatch[]): LogList {
  const starts: number[] = []
  let length = 0
  for (const batch of batches) {
    starts.push(length)
    length += batch.length
  }
  return { order, batches, starts, length }
}

/** With the lines that come after all others in the order of the list. */
export const withRest = (list: LogList, batch: LogBatch): LogList =>
  batch.length === 0 ? list : listOf(list.order, [...list.batches, batch])

/** The line of a row; the row must be one. */
export function lineAt({ batches, starts }: LogList, row: number): LogLine {
  let [low, high] = [0, batches.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle] <= row) low = middle
    else high = middle - 1
  }
  return { batch: batches[low], at: row - starts[low] }
}

/** So many lines that came one by one are put together: a batch for each would make thousands of them. */
const smallBatch = 1_000

/**
 * A list, newest first, with lines that came since: at its head, and among those there where some are older. Batches they fall among are
 * made anew; all others stay what they are.
 */
export function withNews(list: LogList, batch: LogBatch): LogList {
  if (batch.length === 0) return list
  const batches = [...list.batches]
  const oldest = { batch, at: batch.length - 1 }
  const together = [batch]
  for (;;) {
    const [head] = batches
    if (head === undefined) break
    const overlaps = compareTimes({ batch: head, at: 0 }, oldest) >= 0
    if (!overlaps && (together.length > 1 || head.length + batch.length > smallBatch)) break
    together.push(head)
    batches.shift()
  }
  return listOf(list.order, [together.length === 1 ? batch : mergeBatches(together, list.order), ...batches])
}

/** A list without its last batches, so that at most so many letters are left; the first batch stays. */
export function trimmed(list: LogList, mostUnits: number): LogList {
  let units = 0
  const kept = list.batches.findIndex((batch, index) => {
    units += unitsOf(batch)
    return units > mostUnits && index > 0
  })
  return kept < 0 ? list : listOf(list.order, list.batches.slice(0, kept))
}

/** Letters of lines, and of what lies beside them. */
export const unitsOf = (batch: LogBatch): number => batch.text.length + batch.extra.length

/** Keys of the lines of a list, newest first, that are no older than a moment. */
export function keysSince({ batches }: LogList, startNs: bigint): Set<string> {
  const keys = new Set<string>()
  for (const batch of batches)
    for (let at = 0; at < batch.length; at++) {
      if (BigInt(batch.ms[at] + 1) * 1_000_000n < startNs) return keys
      keys.add(keyOfLine({ batch, at }))
    }
  return keys
}

/** The row of a line; of one that was put into another batch meanwhile as well. Undefined where the list does not have it. */
export function rowOf(list: LogList, line: LogLine): number | undefined {
  const index = list.batches.indexOf(line.batch)
  if (index >= 0) return list.starts[index] + line.at
  const sign = list.order === 'newest' ? -1 : 1
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sign * compareTimes(lineAt(list, middle), line) < 0) low = middle + 1
    else high = middle
  }
  for (let row = low; row < list.length; row++) {
    const one = lineAt(list, row)
    if (compareTimes(one, line) !== 0) return undefined
    if (textOf(one) === textOf(line) && keyOfLine(one) === keyOfLine(line)) return row
  }
  return undefined
}
