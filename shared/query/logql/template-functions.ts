/** The functions of templates. https://grafana.com/docs/loki/latest/query/template_functions/ */
import { countOf } from '#shared/base/count-text'
import { readGoFloat } from '#shared/query/promql/literals'
import { expandGroups, partOfTextRegex, type Regex } from '#shared/query/re2'

export type TemplateValue = string | number | boolean

/** The line a template is written for. */
export interface TemplateContext {
  readonly line: string
  readonly labels: ReadonlyMap<string, string>
}

/** A value that a function does not take. */
export class TemplateError extends Error {}

/** What is written grows beyond what can be held: not this line alone, the query is to blame. */
export class TemplateTooLong extends Error {}

/** Letters a template may write for one line, and hold on the way. */
const mostLetters = 4_000_000

/** The text; throws TemplateTooLong where it is too long. */
export function bounded(text: string): string {
  checkLength(text.length)
  return text
}

function checkLength(letters: number): void {
  if (letters > mostLetters)
    throw new TemplateTooLong(`This makes a text of more than ${countOf(mostLetters, 'letter')} of one line.`)
}

type Call = (args: readonly TemplateValue[], context: TemplateContext) => TemplateValue

export function textOf(value: TemplateValue): string {
  return String(value)
}

function asText(value: TemplateValue | undefined): string {
  if (typeof value !== 'string') throw new TemplateError('a text was expected')
  return value
}

function asCount(value: TemplateValue | undefined): number {
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new TemplateError('a whole number was expected')
  return value
}

/** Texts that are no number count as 0. */
function asWhole(value: TemplateValue | undefined): number {
  return Math.trunc(asFloat(value))
}

function asFloat(value: TemplateValue | undefined): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return value === undefined ? 0 : (readGoFloat(value) ?? 0)
}

/** A function of texts, the last of which is the one it changes. */
function ofTexts(count: number, call: (...texts: string[]) => TemplateValue): Call {
  return (args) => {
    if (args.length !== count) throw new TemplateError('the number of arguments is wrong')
    return call(...args.map(asText))
  }
}

function ofSome(call: (args: readonly TemplateValue[]) => TemplateValue): Call {
  return (args) => {
    if (args.length === 0) throw new TemplateError('the number of arguments is wrong')
    return call(args)
  }
}

function ofNumbers(read: typeof asFloat, call: (one: number, other: number) => number): Call {
  return ofSome((args) => args.map(read).reduce((one, other) => call(one, other)))
}

function divided(one: number, other: number): number {
  if (other === 0) throw new TemplateError('there is no division by zero')
  return Math.trunc(one / other)
}

/** The one that was used last: nearly always every line has the same. */
let lastRegex: { readonly source: string; readonly regex: Regex } | undefined

function regexOf(source: string): Regex {
  if (lastRegex?.source !== source)
    lastRegex = { source, regex: partOfTextRegex(source, (message) => new TemplateError(message)) }
  return lastRegex.regex
}

/** The text with other parts in place of some, which are given in order. */
function withParts(
  text: string,
  parts: Iterable<{ readonly from: number; readonly to: number; readonly by: string }>,
): string {
  let written = ''
  let end = 0
  for (const { from, to, by } of parts) {
    written += text.slice(end, from) + by
    checkLength(written.length)
    end = to
  }
  return written + text.slice(end)
}

function withMatches(source: string, text: string, by: (match: RegExpMatchArray) => string): string {
  return withParts(
    text,
    regexOf(source)
      .findAll(text)
      .map((match) => {
        const from = match.index ?? 0
        return { from, to: from + match[0].length, by: by(match) }
      }),
  )
}

const trimStart = (text: string, set: string): string => {
  let from = 0
  while (from < text.length && set.includes(text[from])) from++
  return text.slice(from)
}

const trimEnd = (text: string, set: string): string => {
  let to = text.length
  while (to > 0 && set.includes(text[to - 1])) to--
  return text.slice(0, to)
}

const withoutPrefix = (prefix: string, text: string): string =>
  text.startsWith(prefix) ? text.slice(prefix.length) : text

const withoutSuffix = (suffix: string, text: string): string =>
  suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text

/** The first `most` of what is to be replaced, all where it is negative; an empty text is found before every letter and at the end. */
function replaced(text: string, old: string, by: string, most: number): string {
  function* parts() {
    let count = 0
    for (let from = text.indexOf(old); from >= 0 && count !== most; count++) {
      yield { from, to: from + old.length, by }
      const next = from + Math.max(1, old.length)
      from = next > text.length ? -1 : text.indexOf(old, next)
    }
  }
  return withParts(text, parts())
}

function truncated(count: number, text: string): string {
  const characters = Array.from(text)
  if (count < 0 && characters.length + count > 0) return characters.slice(count).join('')
  return count >= 0 && characters.length > count ? characters.slice(0, count).join('') : text
}

function aligned(count: number, text: string, isLeft: boolean): string {
  checkLength(count)
  const characters = Array.from(text)
  if (count < 0) return text
  const padding = ' '.repeat(Math.max(0, count - characters.length))
  if (padding !== '') return isLeft ? text + padding : padding + text
  return (isLeft ? characters.slice(0, count) : characters.slice(characters.length - count)).join('')
}

function compared(holds: (order: number) => boolean): Call {
  return ([one, other]) => {
    if (typeof one !== typeof other) throw new TemplateError('values of two kinds are not compared')
    return holds(one < other ? -1 : one > other ? 1 : 0)
  }
}

const isEmpty = (value: TemplateValue | undefined): boolean =>
  value === undefined || value === '' || value === 0 || value === false

export const templateFunctions: Readonly<Record<string, Call>> = {
  __line__: (_, { line }) => line,
  ToLower: ofTexts(1, (text) => text.toLowerCase()),
  ToUpper: ofTexts(1, (text) => text.toUpperCase()),
  lower: ofTexts(1, (text) => text.toLowerCase()),
  upper: ofTexts(1, (text) => text.toUpperCase()),
  Replace: ([text, old, by, most]) => replaced(asText(text), asText(old), asText(by), asCount(most)),
  replace: ofTexts(3, (old, by, text) => replaced(text, old, by, -1)),
  Trim: ofTexts(2, (text, set) => trimEnd(trimStart(text, set), set)),
  TrimLeft: ofTexts(2, trimStart),
  TrimRight: ofTexts(2, trimEnd),
  TrimPrefix: ofTexts(2, (text, prefix) => withoutPrefix(prefix, text)),
  TrimSuffix: ofTexts(2, (text, suffix) => withoutSuffix(suffix, text)),
  TrimSpace: ofTexts(1, (text) => text.trim()),
  trim: ofTexts(1, (text) => text.trim()),
  trimAll: ofTexts(2, (set, text) => trimEnd(trimStart(text, set), set)),
  trimPrefix: ofTexts(2, withoutPrefix),
  trimSuffix: ofTexts(2, withoutSuffix),
  trunc: ([count, text]) => truncated(asCount(count), asText(text)),
  substr: ([from, to, text]) => {
    const whole = asText(text)
    const start = Math.max(0, asCount(from))
    const end =
      asCount(from) >= 0 && (asCount(to) < 0 || asCount(to) > whole.length) ? whole.length : asCount(to)
    if (start > end || end > whole.length) throw new TemplateError('the text is shorter than that')
    return whole.slice(start, end)
  },
  alignLeft: ([count, text]) => aligned(asCount(count), asText(text), true),
  alignRight: ([count, text]) => aligned(asCount(count), asText(text), false),
  repeat: ([count, text]) => {
    const times = asCount(count)
    if (times < 0 || times * asText(text).length > 100_000) throw new TemplateError('that is too often')
    return asText(text).repeat(times)
  },
  contains: ofTexts(2, (part, text) => text.includes(part)),
  hasPrefix: ofTexts(2, (prefix, text) => text.startsWith(prefix)),
  hasSuffix: ofTexts(2, (suffix, text) => text.endsWith(suffix)),
  regexReplaceAll: ofTexts(3, (source, text, by) =>
    withMatches(source, text, (match) => expandGroups(by, match)),
  ),
  regexReplaceAllLiteral: ofTexts(3, (source, text, by) => withMatches(source, text, () => by)),
  count: ofTexts(2, (source, text) => regexOf(source).findAll(text).length),
  default: ([otherwise, value]) => (isEmpty(value) ? otherwise : (value ?? '')),
  int: ([value]) => asWhole(value),
  float64: ([value]) => asFloat(value),
  add: ofNumbers(asWhole, (one, other) => one + other),
  sub: ofNumbers(asWhole, (one, other) => one - other),
  mul: ofNumbers(asWhole, (one, other) => one * other),
  div: ofNumbers(asWhole, divided),
  mod: ofNumbers(asWhole, (one, other) => {
    if (other === 0) throw new TemplateError('there is no division by zero')
    return one % other
  }),
  max: ofNumbers(asWhole, Math.max),
  min: ofNumbers(asWhole, Math.min),
  addf: ofNumbers(asFloat, (one, other) => one + other),
  subf: ofNumbers(asFloat, (one, other) => one - other),
  mulf: ofNumbers(asFloat, (one, other) => one * other),
  divf: ofNumbers(asFloat, (one, other) => one / other),
  maxf: ofNumbers(asFloat, Math.max),
  minf: ofNumbers(asFloat, Math.min),
  ceil: ([value]) => Math.ceil(asFloat(value)),
  floor: ([value]) => Math.floor(asFloat(value)),
  round: ([value, digits]) => {
    const scale = 10 ** asCount(digits)
    return Math.round(asFloat(value) * scale) / scale
  },
  eq: ([one, ...others]) => others.some((other) => one === other),
  ne: compared((order) => order !== 0),
  lt: compared((order) => order < 0),
  le: compared((order) => order <= 0),
  gt: compared((order) => order > 0),
  ge: compared((order) => order >= 0),
  not: ([value]) => isEmpty(value),
  and: ofSome((args) => args.find(isEmpty) ?? args[args.length - 1]),
  or: ofSome((args) => args.find((value) => !isEmpty(value)) ?? args[args.length - 1]),
  len: ([text]) => asText(text).length,
}

export const functionNames: ReadonlySet<string> = new Set(Object.keys(templateFunctions))
