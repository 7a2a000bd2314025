/**
 * A list of lines that grows at either end. Answers stay as they came, one after the other, and their lines are numbered through; where lines came
 * late, `rows` says which stands where, so that what came before is not copied:
 *
 *     batches            9 7 4 | 12 8       numbers 0 1 2 | 3 4
 *     rows, newest first 12 9 8 7 4         3 0 4 1 2
 */
import { compareTimes, keyOfLine, type LogBatch, type LogLine, textOf } from '#shared/logs/batch'
import { compareLabels, joinBatches } from '#shared/logs/merge'
import type { Order } from '#shared/logs/read-lines'

/** Lines in the order they are shown. */
export interface LogList {
  readonly order: Order
  readonly batches: readonly LogBatch[]
  /** Number of the first line of each batch; numbers of lines that were let go are not given again. */
  readonly starts: readonly number[]
  /** Numbers of lines in the order they are shown; undefined where that is the order of numbers. A line that was let go has no row. */
  readonly rows: Uint32Array | undefined
  /** How many rows there are. */
  readonly length: number
}

export const emptyList = (order: Order): LogList => ({
  order,
  batches: [],
  starts: [],
  rows: undefined,
  length: 0,
})

/** One more than the highest number. */
const endOf = ({ batches, starts }: LogList): number => (starts.at(-1) ?? 0) + (batches.at(-1)?.length ?? 0)

/** With the lines that come after all others in the order of the list. */
export function withRest(list: LogList, batch: LogBatch): LogList {
  if (batch.length === 0) return list
  const end = endOf(list)
  const length = list.length + batch.length
  const rows = list.rows && new Uint32Array(length)
  if (rows && list.rows) {
    rows.set(list.rows)
    for (let at = 0; at < batch.length; at++) rows[list.length + at] = end + at
  }
  return { ...list, batches: [...list.batches, batch], starts: [...list.starts, end], rows, length }
}

const numberOf = ({ rows }: LogList, row: number): number => (rows === undefined ? row : rows[row])

/** The line of a number. */
function numbered({ batches, starts }: LogList, number: number): LogLine {
  let [low, high] = [0, batches.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle] <= number) low = middle
    else high = middle - 1
  }
  return { batch: batches[low], at: number - starts[low] }
}

/** The line of a row; the row must be one. */
export const lineAt = (list: LogList, row: number): LogLine => numbered(list, numberOf(list, row))

/** Rows by number, for a pass over batches; a line that was let go has the row `list.length`. */
export function rowsByNumber(list: LogList): (number: number) => number {
  const { rows } = list
  if (rows === undefined) return (number) => number
  const [first = 0] = list.starts
  const all = new Uint32Array(endOf(list) - first).fill(list.length)
  for (let row = 0; row < rows.length; row++) all[rows[row] - first] = row
  return (number) => all[number - first]
}

/** The first row from `low` on whose line does not come before this one, by time alone. */
function rowFrom(list: LogList, line: LogLine, low: number): number {
  const sign = list.order === 'newest' ? -1 : 1
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sign * compareTimes(lineAt(list, middle), line) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The first row at or past a moment, in the order of the list; `list.length` where none is. */
export function rowAtTime(list: LogList, ms: number): number {
  const sign = list.order === 'newest' ? -1 : 1
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const { batch, at } = lineAt(list, middle)
    if (sign * (batch.ms[at] - ms) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The row before which a line belongs that came later than all others of its nanosecond and stream. */
function placeOf(list: LogList, line: LogLine, from: number): number {
  let row = rowFrom(list, line, from)
  for (; row < list.length; row++) {
    const other = lineAt(list, row)
    if (compareTimes(other, line) !== 0) break
    if (compareLabels(other.batch, other.at, line.batch, line.at) >= 0) break
  }
  return row
}

/** So many lines that came one by one are put together: a batch for each would make thousands of them. */
const smallBatch = 1_000

/**
 * A list, newest first, with lines that came since: at its head, and among those there where some are older. Costs little more than a copy of
 * four bytes for each line that is there.
 */
export function withNews(list: LogList, batch: LogBatch): LogList {
  if (batch.length === 0) return list
  const end = endOf(list)
  const length = list.length + batch.length
  const before = list.rows ?? Uint32Array.from({ length: list.length }, (_, row) => row)
  const rows = new Uint32Array(length)
  let from = 0
  for (let at = 0; at < batch.length; at++) {
    const to = placeOf(list, { batch, at }, from)
    rows.set(before.subarray(from, to), from + at)
    rows[to + at] = end + at
    from = to
  }
  rows.set(before.subarray(from), from + batch.length)
  const last = list.batches.at(-1)
  if (last === undefined || last.length + batch.length > smallBatch)
    return { ...list, batches: [...list.batches, batch], starts: [...list.starts, end], rows, length }
  return { ...list, batches: [...list.batches.slice(0, -1), joinBatches([last, batch])], rows, length }
}

/**
 * A list without its last rows, so that at most so many letters of all of them are left; batches that have no row any more are let go. Costs as
 * much as there are rows that go; numbers stay what they are.
 */
export function trimmed(list: LogList, mostUnits: number): LogList {
  let units = list.batches.reduce((sum, batch) => sum + unitsOf(batch), 0)
  let length = list.length
  const touched = new Set<LogBatch>()
  for (; units > mostUnits && length > 1; length--) {
    const { batch, at } = lineAt(list, length - 1)
    units -= unitsAt(batch.textEnd, at) + unitsAt(batch.extraEnd, at)
    touched.add(batch)
  }
  if (length === list.length) return list
  const last = lineAt(list, length - 1)
  const sign = list.order === 'newest' ? -1 : 1
  const isKept = (batch: LogBatch): boolean => {
    if (!touched.has(batch)) return true
    for (let at = 0; at < batch.length; at++) if (sign * compareTimes({ batch, at }, last) <= 0) return true
    return false
  }
  const rows = list.rows?.slice(0, length) ?? Uint32Array.from({ length }, (_, row) => row)
  const kept = list.batches.map(isKept)
  return {
    ...list,
    batches: list.batches.filter((_, index) => kept[index]),
    starts: list.starts.filter((_, index) => kept[index]),
    rows,
    length,
  }
}

const unitsAt = (ends: Uint32Array, at: number): number => ends[at] - (at === 0 ? 0 : ends[at - 1])

/** Letters of lines, and of what lies beside them. */
export const unitsOf = (batch: LogBatch): number => batch.text.length + batch.extra.length

/** Keys of the lines of a list, newest first, that are no older than a moment. */
export function keysSince(list: LogList, startNs: bigint): Set<string> {
  const keys = new Set<string>()
  for (let row = 0; row < list.length; row++) {
    const line = lineAt(list, row)
    if (BigInt(line.batch.ms[line.at] + 1) * 1_000_000n < startNs) return keys
    keys.add(keyOfLine(line))
  }
  return keys
}

/** The row of a line; of one that was put into another batch meanwhile as well. Undefined where the list does not have it. */
export function rowOf(list: LogList, line: LogLine): number | undefined {
  const index = list.batches.indexOf(line.batch)
  const number = index < 0 ? -1 : list.starts[index] + line.at
  if (index >= 0 && list.rows === undefined) return number
  for (let row = rowFrom(list, line, 0); row < list.length; row++) {
    if (numberOf(list, row) === number) return row
    const one = lineAt(list, row)
    if (compareTimes(one, line) !== 0) return undefined
    if (index < 0 && textOf(one) === textOf(line) && keyOfLine(one) === keyOfLine(line)) return row
  }
  return undefined
}
