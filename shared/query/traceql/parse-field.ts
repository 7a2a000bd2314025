/** Reads what stands in braces. What binds how strongly is Tempo's: `&&` as `||`, a minus less than `*`, both with what follows. */
import type { Field, FieldExpression, FieldOperator, Intrinsic } from './expression.ts'
import type { TokenReader } from './token-reader.ts'
import { TraceqlError } from './traceql-error.ts'
import { type KindName, type StatusName, type Value, noBoolean, yesBoolean } from './value.ts'

const strengths: ReadonlyMap<string, number> = new Map(
  [
    ['&&', '||'],
    ['=', '!=', '<', '<=', '>', '>=', '=~', '!~'],
    ['+', '-'],
    [],
    ['*', '/', '%'],
    ['^'],
  ].flatMap((operators, strength) => operators.map((op): [string, number] => [op, strength])),
)
const notStrength = 3
const productStrength = 4
const powerStrength = 5

export function parseFieldExpression(reader: TokenReader): FieldExpression {
  return parseBinary(reader, 0)
}

function parseBinary(reader: TokenReader, least: number): FieldExpression {
  return reader.nested(() => {
    let left = parseOperand(reader)
    for (;;) {
      const op = reader.operator ?? ''
      const strength = strengths.get(op)
      if (strength === undefined || strength < least) return left
      reader.take()
      if ((op === '=' || op === '!=') && reader.word === 'nil') left = parseExistence(reader, left, op)
      else {
        const right = parseBinary(reader, strength === powerStrength ? strength : strength + 1)
        left = { kind: 'binary', op: op as FieldOperator, left, right, from: left.from, to: right.to }
      }
    }
  })
}

function parseExistence(reader: TokenReader, of: FieldExpression, op: string): FieldExpression {
  reader.take()
  const range = reader.rangeFrom(of.from)
  if (op === '=')
    throw new TraceqlError('unsupported', range, 'Asking for what is missing (“= nil”) is not supported.')
  return { kind: 'exists', of, ...range }
}

function parseOperand(reader: TokenReader): FieldExpression {
  const { from } = reader.next
  if (reader.skip('(')) {
    const inner = parseBinary(reader, 0)
    reader.expect(')')
    return { ...inner, ...reader.rangeFrom(from) }
  }
  if (reader.skip('-')) {
    const of = parseBinary(reader, productStrength)
    return { kind: 'minus', of, from, to: of.to }
  }
  if (reader.skip('!')) {
    const of = parseBinary(reader, notStrength + 1)
    return { kind: 'not', of, from, to: of.to }
  }
  if (reader.word === 'nil') {
    reader.take()
    const op = reader.operator
    if (op !== '=' && op !== '!=') throw reader.unexpected('“!=”')
    reader.take()
    if (reader.word === 'nil') {
      reader.take()
      return { kind: 'literal', value: noBoolean, ...reader.rangeFrom(from) }
    }
    const of = parseBinary(reader, 2)
    if (op === '=')
      throw new TraceqlError(
        'unsupported',
        reader.rangeFrom(from),
        'Asking for what is missing (“nil =”) is not supported.',
      )
    return { kind: 'exists', of, from, to: of.to }
  }
  const value = parseStatic(reader)
  if (value !== undefined) return { kind: 'literal', value, ...reader.rangeFrom(from) }
  const field = parseField(reader)
  return { kind: 'field', field, ...reader.rangeFrom(from) }
}

const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', yesBoolean],
  ['false', noBoolean],
  ...(['error', 'ok', 'unset'] satisfies StatusName[]).map((value): [string, Value] => [
    value,
    { type: 'status', value },
  ]),
  ...(['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] satisfies KindName[]).map(
    (value): [string, Value] => [value, { type: 'kind', value }],
  ),
])

/** A value that is written out; undefined, and nothing taken, when there is none. */
export function parseStatic(reader: TokenReader): Value | undefined {
  const { next } = reader
  const value = next.kind === 'literal' ? next.value : next.kind === 'word' ? words.get(next.text) : undefined
  if (value !== undefined) reader.take()
  return value
}

const bareIntrinsics: ReadonlySet<string> = new Set<Intrinsic>([
  'duration',
  'name',
  'status',
  'statusMessage',
  'kind',
  'rootName',
  'rootServiceName',
  'traceDuration',
  'nestedSetLeft',
  'nestedSetRight',
  'nestedSetParent',
])

/** Those with a scope before them; some are others by another name. */
const scopedIntrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['trace:duration', 'traceDuration'],
  ['trace:rootName', 'rootName'],
  ['trace:rootService', 'rootServiceName'],
  ['trace:id', 'trace:id'],
  ['span:duration', 'duration'],
  ['span:name', 'name'],
  ['span:kind', 'kind'],
  ['span:status', 'status'],
  ['span:statusMessage', 'statusMessage'],
  ['span:id', 'span:id'],
  ['span:parentID', 'span:parentID'],
  ['event:name', 'event:name'],
  ['event:timeSinceStart', 'event:timeSinceStart'],
  ['link:traceID', 'link:traceID'],
  ['link:spanID', 'link:spanID'],
  ['instrumentation:name', 'instrumentation:name'],
  ['instrumentation:version', 'instrumentation:version'],
])

/** Named in Tempo's grammar, and refused by it. */
const plannedIntrinsics: ReadonlySet<string> = new Set(['childCount', 'parent'])

export function parseField(reader: TokenReader): Field {
  const { next } = reader
  const { from } = next
  if (next.kind === 'attribute') {
    reader.take()
    return { intrinsic: undefined, scope: next.scope, name: next.name }
  }
  if (next.kind === 'scope') {
    reader.take()
    const word = reader.word ?? ''
    if (plannedIntrinsics.has(word)) {
      reader.take()
      throw new TraceqlError('unsupported', reader.rangeFrom(from), `“${next.text}${word}” is not supported.`)
    }
    const intrinsic = scopedIntrinsics.get(next.text + word)
    if (intrinsic === undefined) throw reader.unexpected()
    reader.take()
    return { intrinsic }
  }
  if (next.kind === 'word' && plannedIntrinsics.has(next.text))
    throw new TraceqlError('unsupported', next, `“${next.text}” is not supported.`)
  if (next.kind === 'word' && bareIntrinsics.has(next.text)) {
    reader.take()
    return { intrinsic: next.text as Intrinsic }
  }
  if (next.kind === 'word')
    throw new TraceqlError(
      'syntax',
      next,
      `“${next.text}” is nothing every span has; an attribute of that name is written “.${next.text}”.`,
    )
  throw reader.unexpected('An attribute or a value')
}

/** Names with commas between them. */
export function parseFields(reader: TokenReader): readonly Field[] {
  const fields: Field[] = []
  do fields.push(parseField(reader))
  while (reader.skip(','))
  return fields
}
