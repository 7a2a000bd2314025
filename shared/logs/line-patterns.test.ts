import { expect, it } from 'vitest'
import { emptyList, withRest } from './log-list'
import { expressionOf, findPatterns } from './line-patterns'
import { readAnswer } from './read-lines'

function listOf(...texts: readonly string[]) {
  const values = texts.map((text, at) => [`${1_000 - at}000000`, text, {}])
  const { batch } = readAnswer(
    { data: { resultType: 'streams', result: [{ stream: { level: 'warn' }, values }] } },
    'newest',
  )
  return withRest(emptyList('newest'), batch)
}

const lines = [
  'pool payments-db: 20/20 in use, 31 waiting',
  'charge accepted order=81001 amount=1.10 currency=EUR took=20ms',
  'charge accepted order=81002 amount=2.10 currency=USD took=21ms',
  'charge accepted order=81003 amount=3.10 currency=EUR took=22ms',
  'pool payments-db: 19/20 in use, 32 waiting',
  'user ann logged in',
  'user bob logged in',
  'started',
]

it('lines that differ in numbers and single words are one pattern; one alone is none', () => {
  expect(findPatterns(listOf(...lines), 100)).toEqual([
    {
      pattern: 'charge accepted order=<_> amount=<_> currency=<_> took=<_>',
      level: 'warn',
      lines: 3,
    },
    { pattern: 'pool payments-db: <_> in use, <_> waiting', level: 'warn', lines: 2 },
    { pattern: 'user <_> logged in', level: 'warn', lines: 2 },
  ])
})

it('only so many lines are looked at', () => {
  expect(findPatterns(listOf(...lines), 3)).toMatchObject([{ lines: 2 }])
})

it('the expression of a pattern finds its lines, and no others', () => {
  for (const { pattern, lines: count } of findPatterns(listOf(...lines), 100)) {
    const form = new RegExp(expressionOf(pattern))
    expect(lines.filter((line) => form.test(line))).toHaveLength(count)
  }
})

it('signs of expressions in a line are taken as they are', () => {
  expect(expressionOf('a.b (<_>) [x]')).toBe(String.raw`a\.b \(.*\) \[x\]`)
})
