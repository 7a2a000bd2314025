import { describe, expect, it } from 'vitest'
import {
  choiceOf,
  conditionsOf,
  kindOfQuery,
  lineTermsOf,
  selectorOf,
  withChoice,
  withFilter,
  withLineFilter,
  withoutFilter,
  withStream,
  type FieldKind,
} from './query'

it.each([
  ['{a="b"} |= "x"', 'lines'],
  ['{a="b"', 'lines'],
  ['', 'lines'],
  ['rate({a="b"}[1m])', 'metric'],
  ['sum by (a) (count_over_time({a="b"}[5m])) / 2', 'metric'],
  ['vector(1)', 'metric'],
])('%s answers with %s', (query, kind) => {
  expect(kindOfQuery(query)).toBe(kind)
})

it('a selector, conditions and what lines are searched for are read as they are written', () => {
  const query = '{a="b", c=~"d|e"} |= "x\\"y" |~ `z+` != "no" | json | level!="info" # |= "said"'
  expect(selectorOf(query)).toBe('{a="b", c=~"d|e"}')
  expect(selectorOf('vector(1)')).toBe('')
  expect(conditionsOf(query)).toEqual([
    { name: 'a', op: '=', value: 'b' },
    { name: 'c', op: '=~', value: 'd|e' },
    { name: 'level', op: '!=', value: 'info' },
  ])
  expect(lineTermsOf(query)).toEqual([
    { text: 'x"y', isRegex: false },
    { text: 'z+', isRegex: true },
  ])
})

describe('a filter on a value', () => {
  it.each<[string, FieldKind, string, string, boolean, string]>([
    ['{a="b"}', 'label', 'c', 'd', true, '{a="b", c="d"}'],
    ['{a="b"} |= "x"', 'label', 'c', 'd', false, '{a="b", c!="d"} |= "x"'],
    ['{a="b"}', 'metadata', 'trace_id', '4b', true, '{a="b"} | trace_id="4b"'],
    ['{a="b"} |= "x" # why', 'metadata', 'c', 'd', true, '{a="b"} |= "x" | c="d" # why'],
    ['{a="b"}', 'json', 'user', 'it\'s "me"\n', true, '{a="b"} | json | user="it\'s \\"me\\"\\n"'],
    ['{a="b"} | json', 'json', 'user', 'x', false, '{a="b"} | json | user!="x"'],
    ['{a="b"} | json', 'logfmt', 'user', 'x', true, '{a="b"} | json | logfmt | user="x"'],
    ['{a="b", c="d"}', 'label', 'c', 'd', true, '{a="b", c="d"}'],
    ['{a="b", c!="d"}', 'label', 'c', 'd', true, '{a="b", c="d"}'],
    ['{a="b"} | c="d" | e="f"', 'metadata', 'c', 'd', false, '{a="b"} | c!="d" | e="f"'],
    ['sum(rate({a="b"}[1m]))', 'label', 'c', 'd', true, 'sum(rate({a="b", c="d"}[1m]))'],
    ['vector(1)', 'label', 'c', 'd', true, 'vector(1)'],
  ])('in %s (%s %s=%s, %s)', (query, kind, name, value, isIn, expected) => {
    expect(withFilter(query, { kind, name, value }, isIn)).toBe(expected)
  })

  it.each([
    ['{a="b", c="d"}', '{a="b"}'],
    ['{c="d", a="b"}', '{a="b"}'],
    ['{a="b"} | c="d" | json', '{a="b"} | json'],
    ['{a="b"} | json | c!="d"', '{a="b"} | json'],
    ['{a="b", c="d"} | c="d"', '{a="b"}'],
    ['{a="b"} | c="d" or e="f"', '{a="b"} | c="d" or e="f"'],
    ['{a="b"}', '{a="b"}'],
  ])('is taken out of %s', (query, expected) => {
    expect(withoutFilter(query, { name: 'c', value: 'd' })).toBe(expected)
  })
})

describe('a choice of values', () => {
  const field = { kind: 'metadata', name: 'level' } as const
  it.each<[string, readonly string[], string]>([
    ['{a="b"}', ['error'], '{a="b"} | level="error"'],
    ['{a="b"} | level="error"', ['error', 'wa.rn'], '{a="b"} | level=~"error|wa\\\\.rn"'],
    ['{a="b"} | level=~"error|warn"', ['warn'], '{a="b"} | level="warn"'],
    ['{a="b"} | level="warn"', [], '{a="b"}'],
  ])('of %s is %j', (query, values, expected) => {
    expect(withChoice(query, field, values)).toBe(expected)
    expect(choiceOf(expected, 'level')).toEqual(values)
  })

  it('of the only label a selector has never leaves it without one', () => {
    const label = { kind: 'label', name: 'a' } as const
    expect(withChoice('{a="b"} |= "x"', label, [])).toBe('{a=~".+"} |= "x"')
    expect(withChoice('{a="b"} |= "x"', label, ['c'])).toBe('{a="c"} |= "x"')
  })

  it('is none where an expression says more', () => {
    expect(choiceOf('{a=~"b.*|c"}', 'a')).toEqual([])
  })
})

it('a line filter stands right after the selector, once', () => {
  const query = withLineFilter('{a="b"} | json', '|>', 'took <_> ms')
  expect(query).toBe('{a="b"} |> `took <_> ms` | json')
  expect(withLineFilter(query, '|>', 'took <_> ms')).toBe(query)
})

it('a query is narrowed to one stream by all labels of it', () => {
  expect(withStream('{a=~"b|c"} |= "x"', { a: 'b', d: 'e"' })).toBe('{a="b", d="e\\""} |= "x"')
})
