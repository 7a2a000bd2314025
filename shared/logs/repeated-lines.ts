/**
 * Lines that say the same, one directly after the other, as one row:
 *
 *     rows      a  b  b  b  c  b        numbers 0 1 2 3 4 5
 *     folded    a  b×3      c  b                0 1     4 5
 */
import type { LogBatch, LogLine } from '#shared/logs/batch'
import { lineAt, type LogList } from '#shared/logs/log-list'

/** A list of which some rows stand for several lines. */
export interface FoldedList extends LogList {
  /** For each row, how many lines of the whole list it stands for. */
  readonly counts: Uint32Array
}

/** Which lines are shown one by one all the same: the first of each fold that was opened. */
export type OpenedFolds = readonly LogLine[]

/** The list with repeated lines as one row each. Costs one pass over the rows; texts are compared only where they are of one length and level. */
export function foldRepeats(list: LogList, opened: OpenedFolds): FoldedList {
  const rows = new Uint32Array(list.length)
  const counts = new Uint32Array(list.length)
  const open = openedIn(opened)
  let length = 0
  let isOpen = false
  let before: LogLine | undefined
  for (let row = 0; row < list.length; row++) {
    const line = lineAt(list, row)
    const isRepeat = before !== undefined && saysTheSame(before, line)
    if (!isRepeat) isOpen = open(line)
    if (isRepeat && !isOpen) counts[length - 1] += 1
    else {
      rows[length] = list.rows?.[row] ?? row
      counts[length] = 1
      length += 1
    }
    before = line
  }
  return { ...list, rows: rows.slice(0, length), counts: counts.slice(0, length), length }
}

/** Streams may differ: three instances that say the same say it three times. */
function saysTheSame(a: LogLine, b: LogLine): boolean {
  const [fromA, fromB] = [startOf(a), startOf(b)]
  const units = a.batch.textEnd[a.at] - fromA
  return (
    units === b.batch.textEnd[b.at] - fromB &&
    a.batch.level[a.at] === b.batch.level[b.at] &&
    a.batch.text.slice(fromA, fromA + units) === b.batch.text.slice(fromB, fromB + units)
  )
}

const startOf = ({ batch, at }: LogLine): number => (at === 0 ? 0 : batch.textEnd[at - 1])

function openedIn(opened: OpenedFolds): (line: LogLine) => boolean {
  const byBatch = new Map<LogBatch, Set<number>>()
  for (const { batch, at } of opened) byBatch.set(batch, (byBatch.get(batch) ?? new Set()).add(at))
  return ({ batch, at }) => byBatch.get(batch)?.has(at) ?? false
}
