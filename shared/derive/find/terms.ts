/** One term of a find: which column, attribute or id it asks about. */
import { parseDuration } from '#shared/derive/durations'
import { SpanKind } from '#shared/trace/table'
import { type Comparison, type Filter, FilterSyntaxError, type TextTest } from '#shared/derive/find/filter'
import { costlyPart } from '#shared/base/regex-cost'
import type { Operator, Token, Word } from '#shared/derive/find/tokens'

type Pair = Extract<Token, { kind: 'pair' }>

/** A word on its own: text to look for, or an id. */
export function wordTerm(word: Word): Filter {
  const text: Filter = { kind: 'text', text: word.text }
  if (word.quoted) return text
  const id = /^(?:([0-9a-f]{32})(?:[/:]([0-9a-f]{16}))?|([0-9a-f]{16}))$/iu.exec(word.text)
  if (id === null) return text
  const named: Filter = {
    kind: 'id',
    trace: id[1]?.toLowerCase(),
    span: (id[2] ?? id[3])?.toLowerCase(),
  }
  // An id is also written into attributes and links.
  return id[2] === undefined ? { kind: 'or', of: [named, text] } : named
}

/** A key, an operator and a value. A key in quotes is always an attribute, whatever it is called. */
export function pairTerm(pair: Pair): Filter {
  const { op } = pair
  if (op !== '!=' && op !== '!~') return termOf(pair, op)
  return { kind: 'not', of: termOf(pair, op === '!=' ? '=' : '~') }
}

type PlainOperator = Exclude<Operator, '!=' | '!~'>

function termOf(pair: Pair, op: PlainOperator): Filter {
  const key = pair.key.quoted ? '' : pair.key.text.toLowerCase()
  switch (key) {
    case 'service':
    case 'name':
      return { kind: key, test: columnTest(pair, op) }
    case 'kind':
      return { kind: 'kind', spanKind: choice(pair, op, SpanKind, 'a kind') }
    case 'status':
      return { kind: 'status', status: choice(pair, op, statuses, 'a status') }
    case 'has':
      return has(pair, op)
    case 'duration':
    case 'self':
      return { kind: 'measure', column: key, op: comparison(pair, op), value: durationValue(pair) }
    case 'depth':
      return { kind: 'measure', column: key, op: comparison(pair, op), value: numberValue(pair, '3') }
    default:
      return attributeTerm(pair, op)
  }
}

const statuses = { error: 'error', ok: 'ok', unset: 'unset' } as const
const parts = {
  events: 'events',
  event: 'events',
  links: 'links',
  link: 'links',
  error: 'error',
  errors: 'error',
} as const

function attributeTerm(pair: Pair, op: PlainOperator): Filter {
  const key = pair.key.text
  if (op === '~') return { kind: 'attribute', key, test: regexTest(pair) }
  if (op === '=' || op === ':') {
    const value = valueOf(pair, 'a value, such as `http.request.method=GET`')
    return { kind: 'attribute', key, test: exactTest(value, true) }
  }
  return { kind: 'attribute-number', key, op, value: numberValue(pair, '500') }
}

/** `service:pay` finds it anywhere in the name, `service=payment-service` wants the whole, `service~^pay` a regular expression. */
function columnTest(pair: Pair, op: PlainOperator): TextTest {
  if (op === '~') return regexTest(pair)
  const value = valueOf(pair, `a name, such as \`${pair.key.text}=checkout\``)
  if (op === ':')
    return value.quoted || !value.text.includes('*') ? contains(value.text) : wildcard(value.text)
  if (op === '=') return exactTest(value, false)
  throw new FilterSyntaxError(
    `\`${pair.key.text}\` is a text: compare it with =, : or ~.`,
    pair.from,
    pair.to,
  )
}

function has(pair: Pair, op: PlainOperator): Filter {
  const value = valueOf(pair, '`events`, `links`, `error` or the key of an attribute')
  if (op !== ':' && op !== '=')
    throw new FilterSyntaxError(
      'Write `has:events`, `has:links`, `has:error` or `has:` and a key.',
      pair.from,
      pair.to,
    )
  const what = Object.entries(parts).find(([name]) => name === value.text.toLowerCase())?.[1]
  return what !== undefined && !value.quoted
    ? { kind: 'has', what }
    : { kind: 'attribute', key: value.text, test: contains('') }
}

function contains(text: string): TextTest {
  return { kind: 'contains', text }
}

function wildcard(text: string): TextTest {
  return { kind: 'wildcard', parts: text.split('*') }
}

function exactTest(value: Word, caseMatters: boolean): TextTest {
  return !value.quoted && value.text.includes('*')
    ? wildcard(value.text)
    : { kind: 'exact', text: value.text, caseMatters }
}

/** Case never matters. Unicode rules where the expression keeps them; many that people write do not (`a\-b`). */
function regexTest(pair: Pair): TextTest {
  const value = valueOf(pair, 'a regular expression, such as `~^GET`')
  const costly = costlyPart(value.text)
  if (costly !== undefined)
    throw new FilterSyntaxError(
      `\`${costly}\` could take for ever: it repeats what may fit in several ways. Write it without a repetition within a repetition.`,
      value.from,
      value.to,
    )
  for (const flags of ['iu', 'i']) {
    try {
      return { kind: 'regex', regex: new RegExp(value.text, flags) }
    } catch (cause) {
      if (flags === 'iu') continue
      const why = cause instanceof Error ? cause.message.replace(/^.*\/i: /su, '') : 'not readable'
      throw new FilterSyntaxError(
        `\`${value.text}\` is not a regular expression: ${why.toLowerCase()}.`,
        value.from,
        value.to,
      )
    }
  }
  throw new Error('unreachable: the last flags return or throw')
}

function choice<Value>(
  pair: Pair,
  op: PlainOperator,
  of: Readonly<Record<string, Value>>,
  noun: string,
): Value {
  const names = Object.keys(of)
  const list = `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`
  const wanted = pair.value?.text.toLowerCase() ?? ''
  if ((op !== '=' && op !== ':') || !names.includes(wanted)) {
    const place = pair.value ?? pair
    throw new FilterSyntaxError(
      `\`${pair.key.text}\` wants ${noun}: ${list}. For an attribute of that name write \`"${pair.key.text}"=…\`.`,
      place.from,
      place.to,
    )
  }
  return of[wanted]
}

function comparison(pair: Pair, op: PlainOperator): Comparison {
  if (op === '~')
    throw new FilterSyntaxError(
      `\`${pair.key.text}\` is a number: compare it with <, <=, >, >= or =.`,
      pair.from,
      pair.to,
    )
  return op === ':' ? '=' : op
}

function durationValue(pair: Pair): number {
  const value = pair.value === undefined ? undefined : parseDuration(pair.value.text)
  if (value === undefined) throw wants(pair, 'a duration such as 100ms')
  return value
}

function numberValue(pair: Pair, example: string): number {
  const text = pair.value?.text ?? ''
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw wants(pair, `a number such as ${example}`)
  return value
}

function valueOf(pair: Pair, what: string): Word {
  if (pair.value === undefined) throw wants(pair, what)
  return pair.value
}

function wants(pair: Pair, what: string): FilterSyntaxError {
  return new FilterSyntaxError(
    `\`${pair.key.text}${pair.op}\` wants ${what}.`,
    pair.value?.from ?? pair.from,
    pair.to,
  )
}
