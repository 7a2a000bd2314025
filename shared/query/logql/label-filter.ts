/** `| status >= 500 and (method="GET" or duration > 1s)`: which lines are let through by their labels. */
import { readGoDuration } from '#shared/query/durations'
import { readGoFloat } from '#shared/query/promql/literals'
import { type Matcher } from '#shared/query/promql/matcher'
import { partOfTextRegex } from '#shared/query/re2'
import { readBytes } from './go-values.ts'
import { ipTest } from './ip.ts'
import type { LineLabels } from './line-labels.ts'
import type { Stage } from './stage.ts'
import { LogqlError } from './logql-error.ts'
import { atPlace, refuseAt, type TokenReader } from './token-reader.ts'
import type { Token } from './tokens.ts'

/** What a line's labels must fulfil. */
export interface Condition {
  readonly names: readonly string[]
  readonly test: (labels: LineLabels) => boolean
}

export function labelFilterStage({ names, test }: Condition): Stage {
  return { kind: 'label', names, run: (line, labels) => (test(labels) ? line : undefined) }
}

/** `or` binds least, then `and`; a comma, or nothing at all, takes all that follows. */
export function parseCondition(reader: TokenReader, least = 0): Condition {
  return reader.nested(() => {
    let left = parseConditionBeforeComma(reader)
    for (;;) {
      const strength = ['or', 'and'].indexOf(reader.keyword ?? '')
      if (strength < least) return left
      reader.take()
      const right = parseCondition(reader, strength + 1)
      left = strength === 0 ? either(left, right) : both(left, right)
    }
  })
}

function parseConditionBeforeComma(reader: TokenReader): Condition {
  let condition: Condition
  if (reader.skip('(')) {
    condition = parseCondition(reader)
    reader.expect(')')
  } else condition = parseComparison(reader)
  if (reader.skip(',') || reader.isAtName || reader.operator === '(')
    return both(condition, parseCondition(reader))
  return condition
}

/** Both sides are looked at in any case: each may find that a value is not of its kind. */
function both(left: Condition, right: Condition): Condition {
  return {
    names: [...left.names, ...right.names],
    test(labels) {
      const holds = left.test(labels)
      return right.test(labels) && holds
    },
  }
}

function either(left: Condition, right: Condition): Condition {
  return {
    names: [...left.names, ...right.names],
    test: (labels) => left.test(labels) || right.test(labels),
  }
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '==': (value, bound) => value === bound,
  '!=': (value, bound) => value !== bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
}

function parseComparison(reader: TokenReader): Condition {
  const { from } = reader.next
  const name = reader.name()
  const op = reader.operator ?? ''
  if (!Object.hasOwn(comparisons, op) && op !== '=~' && op !== '!~') throw reader.unexpected('A comparison')
  reader.take()
  if (reader.keyword === 'ip' && (op === '=' || op === '!=')) return parseIp(reader, name, op === '=')
  const { next } = reader
  if (next.kind === 'literal' && next.type === 'text')
    return matcherCondition(parseMatcherValue(reader, name, op, from))
  const sign = reader.skip('-') ? -1 : (reader.skip('+'), 1)
  const bound: Token = reader.next
  if (bound.kind !== 'literal' || bound.type === 'text') throw reader.unexpected('A value')
  if (!Object.hasOwn(comparisons, op))
    throw new LogqlError('type', reader.next, `“${op}” goes with a text only.`)
  reader.take()
  if (bound.type === 'bytes' && sign < 0)
    throw new LogqlError('type', bound, 'There are no fewer than no bytes.')
  return numberCondition(name, comparisons[op], bound.type, sign * bound.value)
}

const readers = {
  number: (text: string) => readGoFloat(text),
  duration: (text: string) => readGoDuration(text),
  bytes: (text: string) => readBytes(text),
} as const

/** A line without the label is dropped; one whose value is of another kind goes on, with an error. */
function numberCondition(
  name: string,
  compare: (value: number, bound: number) => boolean,
  type: keyof typeof readers,
  bound: number,
): Condition {
  const read = readers[type]
  return {
    names: [name],
    test(labels) {
      const text = labels.get(name)
      if (text === undefined) return false
      const value = read(text)
      if (value !== undefined) return compare(value, bound)
      labels.failComparison(`“${text}” is not to be compared with a ${type}.`)
      return true
    },
  }
}

/** Of a line with an error, only conditions on text can say more. */
function parseIp(reader: TokenReader, name: string, wanted: boolean): Condition {
  reader.take()
  reader.expect('(')
  const address = reader.text()
  reader.expect(')')
  const test = atPlace(address, () => ipTest(address.value))
  return {
    names: [name],
    test(labels) {
      if (labels.error !== '') return true
      const text = labels.get(name)
      return text !== undefined && test(text) === wanted
    },
  }
}

/** The rest of `name op "value"`, as a condition on text. */
export function parseMatcherValue(reader: TokenReader, name: string, op: string, from: number): Matcher {
  if (!/^(?:!?=|[=!]~)$/u.test(op))
    throw new LogqlError(
      'type',
      reader.rangeFrom(from),
      `“${op}” goes with numbers, durations and bytes only.`,
    )
  const text = reader.text()
  const { value } = text
  if (op === '=' || op === '!=')
    return { name, op, value, test: (other) => (other === value) === (op === '=') }
  // Unlike those of a selector, a dot is no line break.
  const regex = partOfTextRegex(`^(?:${value})$`, refuseAt(text))
  return { name, op: op as '=~' | '!~', value, test: (other) => regex.test(other) === (op === '=~') }
}

function matcherCondition({ name, test }: Matcher): Condition {
  return { names: [name], test: (labels) => test(labels.text(name)) }
}
