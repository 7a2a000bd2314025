/**
 * The words of a query, cut as Tempo cuts them. The published grammar is for editors: it lacks `nestedSetParent`, `.5`, `1h30m` and most
 * hints, and binds `|` more strongly than `>>`; so places and meaning both come from here.
 */
import { readDuration } from '#shared/query/durations'
import { readString } from '#shared/query/promql/literals'
import type { TextRange } from '#shared/query/query-error'
import type { AttributeScope } from './expression.ts'
import { TraceqlError } from './traceql-error.ts'
import type { Value } from './value.ts'

export type Token = TextRange &
  (
    | { readonly kind: 'word' | 'operator'; readonly text: string }
    /** `event:`, before the name of an intrinsic. */
    | { readonly kind: 'scope'; readonly text: string }
    | { readonly kind: 'attribute'; readonly scope: AttributeScope; readonly name: string }
    | { readonly kind: 'literal'; readonly value: Value }
    | { readonly kind: 'end' }
  )

const blank = String.raw`(?<blank>\s+|//[^\n]*|/\*[^]*?\*/)`
const text = '(?<text>"(?:[^"\\\\\\n]|\\\\[^])*"|`[^`]*`)'
const number = String.raw`(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)`
const attribute = String.raw`(?<scope>span|resource|event|link|instrumentation|parent|)\.`
const intrinsic = '(?<intrinsic>(?:trace|span|event|link|instrumentation):)'
const operator = '(?<operator>&&|\\|\\||&>>|&<<|&[><~]|!>>|!<<|![=~><]|=~|>>|<<|>=|<=|[{}(),=<>+*/%^|~!-])'
const word = String.raw`(?<word>[\p{L}_][\p{L}\p{Nd}_]*)`
const next = new RegExp([blank, text, number, attribute, intrinsic, operator, word].join('|'), 'uy')

/** Letters a duration may go on with, behind its first number. */
const durationRest = /[\dnsumhµdwy.]+/uy

/** A name ends at a blank, a bracket, a comma, or a sign that compares; parts of it may stand in quotes. */
const namePart = /"((?:[^"\\]|\\[\\"])*)"|([^\s{}()=~!<>&|^,"]+)/uy

/** Throws TraceqlError for what is none. The last one says where the text ends. */
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
        throw new TraceqlError('syntax', { from, to: at }, 'This text holds an escape that means nothing.')
      tokens.push({ kind: 'literal', value: { type: 'string', value }, from, to: at })
    } else if (groups['number'] !== undefined) {
      const literal = readNumber(query, groups['number'], at)
      at = literal.to
      tokens.push({ kind: 'literal', value: literal.value, from, to: at })
    } else if (groups['scope'] !== undefined) {
      const { name, to } = readName(query, at)
      at = to
      const scope = groups['scope']
      if (scope === 'parent')
        throw new TraceqlError(
          'unsupported',
          { from, to },
          'Attributes of the parent span are not supported.',
        )
      tokens.push({
        kind: 'attribute',
        scope: scope === '' ? 'any' : (scope as AttributeScope),
        name,
        from,
        to,
      })
    } else if (groups['intrinsic'] !== undefined)
      tokens.push({ kind: 'scope', text: groups['intrinsic'], from, to: at })
    else {
      const kind = groups['operator'] === undefined ? 'word' : 'operator'
      tokens.push({ kind, text: query.slice(from, at), from, to: at })
    }
  }
  tokens.push({ kind: 'end', from: query.length, to: query.length })
  return tokens
}

function readNumber(
  query: string,
  digits: string,
  at: number,
): { readonly value: Value; readonly to: number } {
  durationRest.lastIndex = at
  const rest = durationRest.exec(query)?.[0] ?? ''
  const ns = rest === '' ? undefined : readDuration(digits + rest)
  if (ns !== undefined) return { value: { type: 'duration', value: ns }, to: at + rest.length }
  const isWhole = /^\d+$/u.test(digits)
  return { value: { type: isWhole ? 'int' : 'float', value: Number(digits) }, to: at }
}

function readName(query: string, from: number): { readonly name: string; readonly to: number } {
  let name = ''
  let at = from
  for (;;) {
    namePart.lastIndex = at
    const part = namePart.exec(query)
    if (part === null) break
    name += part[1] === undefined ? part[2] : part[1].replace(/\\(.)/gu, '$1')
    at = namePart.lastIndex
  }
  if (at === from || query[at] === '"')
    throw new TraceqlError(
      'syntax',
      { from, to: at + 1 },
      'The name of an attribute is missing, or does not end.',
    )
  return { name, to: at }
}

function noToken(query: string, at: number): TraceqlError {
  const character = String.fromCodePoint(query.codePointAt(at) ?? 0)
  return character === '"' || character === '`'
    ? new TraceqlError('syntax', { from: at, to: query.length }, 'This text does not end.')
    : new TraceqlError(
        'syntax',
        { from: at, to: at + character.length },
        `“${character}” means nothing here.`,
      )
}
