/** The words of a query, cut as Loki cuts them. */
import { readDuration } from '#shared/query/durations'
import { readString } from '#shared/query/promql/literals'
import type { TextRange } from '#shared/query/query-error'
import { readBytes } from './go-values.ts'
import { LogqlError } from './logql-error.ts'

/** A text, a plain number, or one that has a unit: nanoseconds or bytes. */
export type Literal =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'number' | 'duration' | 'bytes'; readonly value: number }

export type Token = TextRange &
  (
    | { readonly kind: 'word' | 'operator'; readonly text: string }
    | ({ readonly kind: 'literal' } & Literal)
    /** `[5m]`, in milliseconds. */
    | { readonly kind: 'range'; readonly rangeMs: number }
    /** `--strict`. */
    | { readonly kind: 'flag'; readonly text: string }
    | { readonly kind: 'end' }
  )

const blank = String.raw`(?<blank>\s+|#[^\n]*)`
const text = '(?<text>"(?:[^"\\\\\\n]|\\\\[^\\n])*"|`[^`]*`)'
const number = String.raw`(?<number>0[xX][\da-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)`
const range = String.raw`(?<range>\[[^\]]*\])`
const flag = '(?<flag>--(?:strict|keep-empty)(?![a-z-]))'
const operator = String.raw`(?<operator>\|=|\|~|\|>|!=|!~|!>|=~|==|>=|<=|[{}(),=<>|+*/%^-])`
const word = String.raw`(?<word>[\p{L}_][\p{L}\p{Nd}_]*)`
const next = new RegExp([blank, text, number, range, flag, operator, word].join('|'), 'uy')

/** What may follow the digits of a duration or of bytes. */
const unitRest = /[\dnuµmshdwy.]+|[\dBikKMGTP.]+/uy

/** Throws LogqlError for what is none. The last one says where the text ends. */
export function readTokens(query: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < query.length) {
    const from = at
    next.lastIndex = at
    const groups = next.exec(query)?.groups
    if (groups === undefined) throw noToken(query, at)
    at = next.lastIndex
    if (groups['blank'] !== undefined) continue
    if (groups['text'] !== undefined) {
      const value = readString(groups['text'])
      if (value === undefined)
        throw new LogqlError('syntax', { from, to: at }, 'This text holds an escape that means nothing.')
      tokens.push({ kind: 'literal', type: 'text', value, from, to: at })
    } else if (groups['number'] !== undefined) {
      const literal = readNumber(query, groups['number'], at)
      at = literal.to
      tokens.push({ kind: 'literal', ...literal, from, to: at })
    } else if (groups['range'] !== undefined)
      tokens.push({ kind: 'range', rangeMs: readRange(groups['range'], from), from, to: at })
    else if (groups['flag'] !== undefined) tokens.push({ kind: 'flag', text: groups['flag'], from, to: at })
    else {
      const kind = groups['operator'] === undefined ? 'word' : 'operator'
      tokens.push({ kind, text: query.slice(from, at), from, to: at })
    }
  }
  tokens.push({ kind: 'end', from: query.length, to: query.length })
  return tokens
}

function readNumber(query: string, digits: string, at: number): Literal & { readonly to: number } {
  unitRest.lastIndex = at
  const rest = unitRest.exec(query)?.[0] ?? ''
  if (rest !== '') {
    const ns = readDuration(digits + rest)
    if (ns !== undefined) return { type: 'duration', value: ns, to: at + rest.length }
    const bytes = readBytes(digits + rest)
    if (bytes !== undefined) return { type: 'bytes', value: bytes, to: at + rest.length }
  }
  return { type: 'number', value: Number(digits), to: at }
}

/** A range is written as Prometheus writes durations; Go's fractions are none. */
function readRange(bracketed: string, from: number): number {
  const inside = bracketed.slice(1, -1)
  const ns = /[.uµn]/u.test(inside) || inside === '' ? undefined : readDuration(inside)
  const range = { from, to: from + bracketed.length }
  if (ns === undefined)
    throw new LogqlError('syntax', range, `“${inside}” is no length of time, such as 5m or 1h30m.`)
  if (ns === 0) throw new LogqlError('syntax', range, 'A range must be longer than nothing.')
  return ns / 1e6
}

function noToken(query: string, at: number): LogqlError {
  const character = String.fromCodePoint(query.codePointAt(at) ?? 0)
  const rest = { from: at, to: query.length }
  if (character === '"' || character === '`') return new LogqlError('syntax', rest, 'This text does not end.')
  if (character === '[') return new LogqlError('syntax', rest, 'This range does not end.')
  return new LogqlError(
    'syntax',
    { from: at, to: at + character.length },
    `“${character}” means nothing here.`,
  )
}
