/** Which lines a query of logs reads, as they were written: what it makes of them can be asked again of those that are kept. */
import { parser } from '@grafana/lezer-logql'
import { readDuration } from '#shared/query/durations'

/** Lines that a query looks at. */
export interface RawLines {
  /** A selector, with the filters right behind it that look at lines as they are. */
  readonly query: string
  /** How long before the first moment it is asked for, for a query that counts over time. */
  readonly beforeMs: number
}

const text = String.raw`(?:"(?:[^"\\]|\\.)*"|` + '`[^`]*`)'
/** Of lines, or of what was sent along with them; behind a parser the same words mean what it read. */
const filter = new RegExp(
  String.raw`^\s*(?:(?:\|[=~>]|![=~>])\s*${text}(?:\s+or\s+${text})*|\|\s*[A-Za-z_]\w*\s*(?:=~|!~|!=|=)\s*${text}(?!\s*(?:and|or|,)))`,
)

/** Each selection once. */
export function rawLinesOf(query: string): readonly RawLines[] {
  const beforeMs = longestRange(query)
  const found = new Set<string>()
  parser.parse(query).iterate({
    enter({ name, from, to }) {
      if (name !== 'Selector') return
      let end = to
      for (let next = filter.exec(query.slice(end)); next; next = filter.exec(query.slice(end)))
        end += next[0].length
      found.add(query.slice(from, end))
    },
  })
  return [...found].map((one) => ({ query: one, beforeMs }))
}

/** The longest range and the longest offset of a query, together. */
function longestRange(query: string): number {
  const outside = query.replaceAll(new RegExp(text, 'g'), '""')
  const longest = (pattern: RegExp): number =>
    Math.max(0, ...[...outside.matchAll(pattern)].map(([, duration]) => (readDuration(duration) ?? 0) / 1e6))
  return longest(/\[\s*([\w.]+)\s*\]/g) + longest(/\boffset\s+([\w.]+)/g)
}
