/** Patterns of lines, found here where a server finds none: what stays the same in many lines, with `<_>` for what does not. */
import { levelOf, textOf } from '#shared/logs/batch'
import { lineAt, type LogList } from '#shared/logs/log-list'
import { plainText } from '#shared/logs/visible-text'

/** Lines that differ only in what `<_>` stands for. */
export interface FoundPattern {
  readonly pattern: string
  /** That of the first of them. */
  readonly level: string
  readonly lines: number
}

const any = '<_>'
/** Beyond this a line is not looked at: what comes after says nothing of its kind. */
const mostUnits = 400
/** One line alone is no pattern. */
const leastLines = 2
/** So many words may differ, of ten, in lines that are alike. */
const shareOfSame = 0.6

/** Words, and what stands between them. */
const piece = /[^\s=:,;"'`()[\]{}<>|]+|[\s=:,;"'`()[\]{}<>|]/g

/** What is different in each line by its look: numbers, durations, ids. */
const isVariable = (word: string): boolean => /\d/.test(word) || /^[0-9a-f-]{16,}$/i.test(word)

interface Group {
  pieces: string[]
  readonly level: string
  lines: number
}

/** Patterns of the first `most` lines of a list, the most frequent first. */
export function findPatterns(list: LogList, most: number): readonly FoundPattern[] {
  const exact = new Map<string, Group>()
  for (let row = 0; row < Math.min(most, list.length); row++) {
    const line = lineAt(list, row)
    const pieces = (plainText(textOf(line).slice(0, mostUnits)).match(piece) ?? []).map((one) =>
      isVariable(one) ? any : one,
    )
    const key = pieces.join('')
    const known = exact.get(key)
    if (known) known.lines += 1
    else exact.set(key, { pieces, level: levelOf(line), lines: 1 })
  }
  return alike([...exact.values()].sort((a, b) => b.lines - a.lines))
    .filter(({ lines, pieces }) => lines >= leastLines && pieces.some((one) => /\w/.test(one) && one !== any))
    .sort((a, b) => b.lines - a.lines)
    .map(({ pieces, level, lines }) => ({ pattern: joined(pieces), level, lines }))
}

/** Groups of as many pieces and the same beginning, most of whose words agree, are one. */
function alike(groups: readonly Group[]): readonly Group[] {
  const byShape = new Map<string, Group[]>()
  for (const group of groups) {
    const shape = `${group.pieces.length} ${group.pieces[0] ?? ''}`
    const others = byShape.get(shape) ?? []
    byShape.set(shape, others)
    const other = others.find(({ pieces }) => agree(pieces, group.pieces))
    if (other) {
      other.pieces = other.pieces.map((one, at) => (one === group.pieces[at] ? one : any))
      other.lines += group.lines
    } else others.push(group)
  }
  return [...byShape.values()].flat()
}

function agree(one: readonly string[], other: readonly string[]): boolean {
  const words = one.flatMap((word, at) => (/\w/.test(word) && word !== any ? [word === other[at]] : []))
  return words.length > 1 && words.filter(Boolean).length >= words.length * shareOfSame
}

/** `<_> <_>` may be any number of words: one stands for all. */
const joined = (pieces: readonly string[]): string =>
  pieces
    .join('')
    .replaceAll(/<_>(?:[^\w<>"']*<_>)+/g, any)
    .trim()

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** The pattern as an expression that every Loki takes, `|>` being younger than some. */
export const expressionOf = (pattern: string): string => pattern.split(any).map(literal).join('.*')
