/** Cuts the text of a find into its pieces. */
import { FilterSyntaxError } from '#shared/derive/find/filter'

export type Operator = '=' | ':' | '~' | '!=' | '!~' | '<' | '<=' | '>' | '>='

/** A word as it was typed, or what stood in quotes. */
export interface Word {
  readonly text: string
  readonly quoted: boolean
  readonly from: number
  readonly to: number
}

export type Token =
  | { readonly kind: '(' | ')' | '-' | 'and' | 'or' | 'not'; readonly from: number; readonly to: number }
  | { readonly kind: 'word'; readonly word: Word; readonly from: number; readonly to: number }
  /** `value` undefined where the text ends after the operator. */
  | {
      readonly kind: 'pair'
      readonly key: Word
      readonly op: Operator
      readonly value: Word | undefined
      readonly from: number
      readonly to: number
    }

/** What can be a key without quotes. So `http://host/` and `std::sort` are text: a `:` before a second one, or before `//`, is no operator. */
const keyPattern = /[\p{L}_@$][\p{L}\p{N}_.\-/@$]*/uy
const operatorPattern = /!=|!~|<=|>=|[=~<>]|:(?!:|\/\/)/uy
/** Before a space only these: `duration > 1s` is a comparison, `note : x` is not. */
const spacedOperatorPattern = /\s+(!=|!~|<=|>=|[=~<>])/uy
const spacePattern = /\s*/uy
/** A duration as it is shown, with a space before its unit: `duration>4.87 s`. */
const spacedDurationPattern = /[\d.]+\s+(?:ns|µs|μs|us|ms|s|min|m|h|d)(?=[\s)]|$)/uy

/** All pieces in order; a quote that does not end is an error, nothing else can be. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const token = readToken(text, at)
    tokens.push(token)
    at = skipSpace(text, token.to)
  }
  return tokens
}

function readToken(text: string, from: number): Token {
  const first = text[from]
  if (first === '(' || first === ')') return { kind: first, from, to: from + 1 }
  if (first === '-' && from + 1 < text.length && !/[\s)]/u.test(text[from + 1]))
    return { kind: '-', from, to: from + 1 }
  const key = readKey(text, from)
  const op = key === undefined ? undefined : readOperator(text, key.to)
  if (key !== undefined && op !== undefined) {
    const valueFrom = op.spaceAfter ? skipSpace(text, op.to) : op.to
    const value = readSpacedDuration(text, key, valueFrom) ?? readWord(text, valueFrom)
    return { kind: 'pair', key, op: op.op, value, from, to: value?.to ?? op.to }
  }
  const word = readWord(text, from) ?? { text: first, quoted: false, from, to: from + 1 }
  const keyword = word.quoted ? '' : word.text.toLowerCase()
  if (keyword === 'and' || keyword === 'or' || keyword === 'not') return { kind: keyword, from, to: word.to }
  return { kind: 'word', word, from, to: word.to }
}

function readKey(text: string, from: number): Word | undefined {
  if (text[from] === '"') return readQuoted(text, from)
  keyPattern.lastIndex = from
  const match = keyPattern.exec(text)
  return match === null ? undefined : { text: match[0], quoted: false, from, to: from + match[0].length }
}

function readOperator(
  text: string,
  from: number,
): { readonly op: Operator; readonly to: number; readonly spaceAfter: boolean } | undefined {
  operatorPattern.lastIndex = from
  const match = operatorPattern.exec(text)
  // After a comparison a space is no accident: `duration> 1s`. After `=` and `:` it is where the next term starts.
  if (match !== null)
    return { op: match[0] as Operator, to: from + match[0].length, spaceAfter: /[<>]/u.test(match[0]) }
  spacedOperatorPattern.lastIndex = from
  const spaced = spacedOperatorPattern.exec(text)
  return spaced === null
    ? undefined
    : { op: spaced[1] as Operator, to: from + spaced[0].length, spaceAfter: true }
}

function readSpacedDuration(text: string, key: Word, from: number): Word | undefined {
  if (key.quoted || !/^(?:duration|self)$/iu.test(key.text)) return undefined
  spacedDurationPattern.lastIndex = from
  const match = spacedDurationPattern.exec(text)
  return match === null ? undefined : { text: match[0], quoted: false, from, to: from + match[0].length }
}

/** A quoted text, or everything up to a space or a `)` that was not opened within; undefined where there is nothing. */
function readWord(text: string, from: number): Word | undefined {
  if (text[from] === '"') return readQuoted(text, from)
  let depth = 0
  let to = from
  for (; to < text.length && !/\s/u.test(text[to]); to++) {
    if (text[to] === '(') depth++
    else if (text[to] === ')' && --depth < 0) break
  }
  return to === from ? undefined : { text: text.slice(from, to), quoted: false, from, to }
}

function readQuoted(text: string, from: number): Word {
  let content = ''
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '"') return { text: content, quoted: true, from, to: at + 1 }
    if (text[at] === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) at++
    content += text[at]
  }
  throw new FilterSyntaxError('This quote does not end: close it with another ".', from, text.length)
}

function skipSpace(text: string, from: number): number {
  spacePattern.lastIndex = from
  spacePattern.test(text)
  return spacePattern.lastIndex
}
