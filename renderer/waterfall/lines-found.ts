/** Which log lines of a trace hold what is sought among its spans. */
import type { Filter } from '#shared/derive/find/filter'
import { parseFilter } from '#shared/derive/find/parse-filter'
import { linesWith } from '#shared/logs/find-lines'
import type { LogBatch } from '#shared/logs/batch'

/**
 * Numbers of the lines that hold every word of a find, whatever their case, rising. None for a find that asks what only spans say, such as
 * `duration>1s`.
 */
export function linesFound(batch: LogBatch, text: string): readonly number[] {
  const { filter } = parseFilter(text)
  const words = filter && wordsOf(filter)
  if (!words) return []
  const [first, ...others] = words.map((word) => linesWith(batch, word.toLowerCase()))
  return others.reduce((found, next) => {
    const held = new Set(next)
    return found.filter((line) => held.has(line))
  }, first)
}

/** At least one word; undefined for a filter that is more than words. */
function wordsOf(filter: Filter): readonly string[] | undefined {
  if (filter.kind === 'text') return [filter.text]
  if (filter.kind !== 'and') return undefined
  const parts = filter.of.map(wordsOf)
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined
}
