/** A list of lines that grows at either end: answers one after the other, none of them copied. */
import type { LogBatch, LogLine } from '#shared/logs/batch'
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

/** The row of a line; undefined where the list does not have it. */
export function rowOf({ batches, starts }: LogList, line: LogLine): number | undefined {
  const index = batches.indexOf(line.batch)
  return index < 0 ? undefined : starts[index] + line.at
}
