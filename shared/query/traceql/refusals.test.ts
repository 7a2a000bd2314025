import { expect, test } from 'vitest'
import { parseTraceql } from './parse.ts'
import { lineAndColumn, TraceqlError } from './traceql-error.ts'

/** The place in the text that a refusal is about, between ⟨ and ⟩. */
test.each<[query: string, kind: string]>([
  ['⟨⟩', 'syntax'],
  ['{ ⟨⟩', 'syntax'],
  ['{ name = ⟨}⟩', 'syntax'],
  ['{ ⟨foo⟩ = 1 }', 'syntax'],
  ['{ name = ⟨"x }⟩', 'syntax'],
  ['{ name = ⟨"\\q"⟩ }', 'syntax'],
  ['{ name =~ ⟨"("⟩ }', 'syntax'],
  ['{ .a ⟨?⟩ }', 'syntax'],
  ['{} ⟨{⟩}', 'syntax'],
  ['{} | count()⟨⟩', 'syntax'],
  ['{ ⟨name⟩ }', 'type'],
  ['{ ⟨name = 5⟩ }', 'type'],
  ['{ ⟨status > error⟩ }', 'type'],
  ['{ ⟨!duration⟩ }', 'type'],
  ['{} | avg(⟨name⟩) > 1', 'type'],
  ['{} | by(⟨1⟩)', 'type'],
  ['{} | quantile_over_time(duration, ⟨2⟩)', 'type'],
  ['{ ⟨.a = nil⟩ }', 'unsupported'],
  ['{ ⟨parent.a⟩ = 1 }', 'unsupported'],
  ['{ ⟨childCount⟩ > 1 }', 'unsupported'],
  ['{ ⟨span:childCount⟩ > 1 }', 'unsupported'],
  ['{ name =~ ⟨.a⟩ }', 'unsupported'],
  ['({} | count()⟨)⟩ > 1', 'unsupported'],
  ['{} | count() ⟨+⟩ 1 > 2', 'unsupported'],
  ['{} | rate() | ⟨topk⟩(3)', 'unsupported'],
  ['{} | ⟨compare⟩({})', 'unsupported'],
  ['{} | ⟨topk⟩(3)', 'unsupported'],
  ['{ status = error } | ⟨frobnicate⟩()', 'syntax'],
  ['{} | rate() | ⟨frobnicate⟩(3)', 'syntax'],
  ['{} | rate() | ⟨rate⟩()', 'syntax'],
  ['{} | rate() ⟨by (name, name, name, name, name, name)⟩', 'limit'],
])('%s is refused: %s', (marked, kind) => {
  const query = marked.replace(/[⟨⟩]/gu, '')
  const from = marked.indexOf('⟨')
  const place = { from, to: marked.indexOf('⟩') - 1 }
  expect(refusal(query)).toMatchObject({ kind, ...place })
})

test('a function that is none is called so', () => {
  const message = 'There is no function “frobnicate”.'
  expect(() => parseTraceql('{} | frobnicate()')).toThrow(message)
  expect(() => parseTraceql('{} | rate() | frobnicate()')).toThrow(message)
})

test('queries are refused that no one writes', () => {
  expect(refusal(`{ name = "${'x'.repeat(10_000)}" }`)).toMatchObject({ kind: 'limit' })
  expect(refusal(`{ ${'('.repeat(200)}true${')'.repeat(200)} }`)).toMatchObject({ kind: 'limit' })
})

test('a place has a line and a column', () => {
  expect(lineAndColumn('{ a }', 2)).toEqual({ line: 1, column: 3 })
  expect(lineAndColumn('{\n  a\n}', 4)).toEqual({ line: 2, column: 3 })
})

function refusal(query: string): unknown {
  try {
    return parseTraceql(query)
  } catch (error) {
    return error instanceof TraceqlError ? { kind: error.kind, from: error.from, to: error.to } : error
  }
}
