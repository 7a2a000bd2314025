/** `|=`, `!=`, `|~`, `!~`, `|>`, `!>`: which lines are let through by what is in them. */
import { partOfTextRegex } from '#shared/query/re2'
import { ipTest } from './ip.ts'
import { LogqlError } from './logql-error.ts'
import { readLinePattern } from './pattern.ts'
import type { Stage } from './stage.ts'
import { atPlace, refuseAt, type TokenReader } from './token-reader.ts'

const operators: ReadonlySet<string> = new Set(['|=', '!=', '|~', '!~', '|>', '!>'])

/** Whether a line filter comes next. */
export function isAtLineFilter({ operator }: TokenReader): boolean {
  return operator !== undefined && operators.has(operator)
}

type Test = (line: string) => boolean

/** One filter, with what is joined to it by `or`. */
export function parseLineFilter(reader: TokenReader): Stage {
  const op = reader.operator ?? ''
  reader.take()
  const tests: Test[] = []
  do tests.push(parseTerm(reader, op))
  while (reader.skipWord('or'))
  const wanted = !op.startsWith('!')
  const [only] = tests
  const test: Test = tests.length === 1 ? only : (line) => tests.some((one) => one(line))
  return { kind: 'line', names: [], run: (line) => (test(line) === wanted ? line : undefined) }
}

function parseTerm(reader: TokenReader, op: string): Test {
  const { next } = reader
  const isIp = reader.keyword === 'ip'
  if (isIp) {
    reader.take()
    reader.expect('(')
  }
  const term = reader.text()
  if (isIp) {
    reader.expect(')')
    if (op !== '|=' && op !== '!=')
      throw new LogqlError('type', next, 'Addresses go with “|=” and “!=” only.')
    return atPlace(term, () => ipTest(term.value))
  }
  const { value } = term
  if (op === '|=' || op === '!=') return (line) => line.includes(value)
  if (op === '|>' || op === '!>') return atPlace(term, () => readLinePattern(value))
  const regex = partOfTextRegex(value, refuseAt(term))
  return (line) => regex.test(line)
}
