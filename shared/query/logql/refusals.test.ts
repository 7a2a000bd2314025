import { expect, test } from 'vitest'
import { LogqlError } from './logql-error.ts'
import { parseLogql } from './parse.ts'

/** The place in the text that a refusal is about, between ⟨ and ⟩. */
test.each<[query: string, kind: string]>([
  ['⟨⟩', 'syntax'],
  ['{⟨⟩', 'syntax'],
  ['{a=⟨}⟩', 'syntax'],
  ['{a=⟨"b}⟩', 'syntax'],
  ['{a="b"} ⟨?⟩', 'syntax'],
  ['{a="b"} |⟨⟩', 'syntax'],
  ['{a="b"} |= ⟨b⟩', 'syntax'],
  ['{a="b"} |~ ⟨"("⟩', 'syntax'],
  ['{a="b"} |= ip(⟨"no"⟩)', 'syntax'],
  ['{a=~⟨"("⟩}', 'syntax'],
  ['{a="b"} | json | c >⟨⟩', 'syntax'],
  ['{a="b"} | json c=⟨"d["⟩', 'syntax'],
  ['{a="b"} | regexp ⟨"(c)"⟩', 'syntax'],
  ['{a="b"} | pattern ⟨"<_>"⟩', 'syntax'],
  ['{a="b"} | pattern ⟨"<c><d>"⟩', 'syntax'],
  ['{a="b"} |> ⟨"<c>"⟩', 'syntax'],
  ['{a="b"} | line_format ⟨"{{.c"⟩', 'syntax'],
  ['{a="b"} | line_format ⟨"{{now}}"⟩', 'syntax'],
  ['{a="b"} | line_format ⟨"{{if .c}}"⟩', 'syntax'],
  ['{a="b"} | drop ⟨json⟩', 'syntax'],
  ['rate({a="b"}⟨)⟩', 'syntax'],
  ['rate({a="b"}⟨[5x]⟩)', 'syntax'],
  ['rate({a="b"}⟨[0s]⟩)', 'syntax'],
  ['⟨rates⟩({a="b"}[5m])', 'syntax'],
  ['⟨{}⟩', 'type'],
  ['⟨{a=~".*"}⟩', 'type'],
  ['{a="b"} |~ ⟨ip⟩("10.0.0.1")', 'type'],
  ['{a="b"} | json | ⟨c >=⟩ "d"', 'type'],
  ['{a="b"} | json | c =~ ⟨5⟩', 'type'],
  ['{a="b"} | ⟨unwrap⟩ c', 'type'],
  ['{a="b"} | label_format c=d, ⟨c⟩=e', 'type'],
  ['{a="b"}⟨[5m]⟩', 'type'],
  ['{a="b"} ⟨+⟩ 1', 'type'],
  ['1 + ⟨{⟩a="b"}', 'type'],
  ['⟨sum_over_time⟩({a="b"}[5m])', 'type'],
  ['⟨count_over_time⟩({a="b"} | unwrap c [5m])', 'type'],
  ['rate({a="b"}[5m]) ⟨by (a)⟩', 'type'],
  ['topk(⟨0⟩, rate({a="b"}[5m]))', 'type'],
  ['rate({a="b"}[5m]) ⟨and⟩ 1', 'type'],
  ['⟨rate_counter⟩({a="b"} | unwrap c [5m])', 'unsupported'],
  ['⟨approx_topk⟩(3, rate({a="b"}[5m]))', 'unsupported'],
])('%s is refused: %s', (marked, kind) => {
  const query = marked.replace(/[⟨⟩]/gu, '')
  const place = { from: marked.indexOf('⟨'), to: marked.indexOf('⟩') - 1 }
  expect(refusal(query)).toMatchObject({ kind, ...place })
})

test('queries are refused that no one writes', () => {
  expect(refusal(`{a="${'x'.repeat(10_000)}"}`)).toMatchObject({ kind: 'limit' })
  expect(refusal(`${'('.repeat(200)}1${')'.repeat(200)}`)).toMatchObject({ kind: 'limit' })
})

function refusal(query: string): unknown {
  try {
    return parseLogql(query)
  } catch (error) {
    return error instanceof LogqlError ? { kind: error.kind, from: error.from, to: error.to } : error
  }
}
