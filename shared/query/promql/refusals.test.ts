import { expect, test } from 'vitest'
import { seriesFromText } from '../../../test/builders/series-from-text.ts'
import type { EvaluationOptions } from './context.ts'
import { evaluateInstant, evaluateRange } from './evaluate.ts'
import { parsePromql } from './parse.ts'
import type { QueryErrorKind } from '#shared/query/query-error'
import { PromqlError } from './promql-error.ts'
import { createSeriesStore } from './series-store.ts'

/** The query with what is pointed at between the marks. */
type Case = readonly [marked: string, kind: QueryErrorKind, words: string]

const parsing: readonly Case[] = [
  ['«»', 'syntax', 'There is no query.'],
  ['sum(«»', 'syntax', 'The query ends too early.'],
  ['foo «bar»', 'syntax', '“bar” was not expected here.'],
  ['foo{a=«}»', 'syntax', '“}” was not expected here.'],
  ['rate(foo[5«x»])', 'syntax', '“x” was not expected here.'],
  ['«frobnicate»(foo)', 'syntax', 'There is no function “frobnicate”.'],
  ['foo{a=«"\\q"»}', 'syntax', 'This text does not end, or holds an escape that means nothing.'],
  ['foo{a=~«"("»}', 'syntax', '“(” is not a regular expression of RE2: missing closing ).'],
  ['«foo[5m] offset 1m» offset 2m', 'syntax', '“offset” is said twice.'],
  ['«sum(foo)» @ 5', 'syntax', '“@” goes with a selector or a subquery only.'],
  ['«(foo)»[5m]', 'syntax', 'Only a selector can have a range; with a colon, as in [5m:], anything can.'],
  ['foo[«0s»]', 'syntax', 'A range must be longer than nothing.'],
  ['rate(«foo»)', 'type', 'Expected a range vector in the call of rate, got an instant vector.'],
  ['sum(«foo[5m]»)', 'type', 'Expected an instant vector in the aggregation sum, got a range vector.'],
  ['topk(«foo», foo)', 'type', 'Expected a scalar in the parameter of topk, got an instant vector.'],
  ['«round()»', 'type', 'round takes 1 or 2 arguments, and was given 0.'],
  ['«sum(a, b)»', 'type', 'sum takes 1 argument, and was given 2.'],
  ['«1 > 2»', 'type', 'A comparison of two scalars needs “bool”.'],
  ['«1 + bool 2»', 'type', '“bool” goes with comparisons only, not with “+”.'],
  ['«foo and 1»', 'type', '“and” takes instant vectors on both sides.'],
  ['«foo and on (a) group_left bar»', 'type', '“and” does not go with group_left or group_right.'],
  [
    '«foo + on (a) group_left (a) bar»',
    'type',
    'The label “a” must not be in “on” and in the group at once.',
  ],
  ['«foo + on (a) 1»', 'type', '“on” and “ignoring” go between instant vectors only.'],
  ['-«"a"» + 1', 'type', 'A sign needs a scalar or an instant vector, not a string.'],
  ['«{a=~".*"}»', 'type', 'A selector needs at least one condition that no missing label fulfils.'],
  ['«foo{__name__="bar"}»', 'type', 'The metric name is set twice: “foo” and “bar”.'],
  ['«limitk»(1, foo)', 'unsupported', 'The aggregation “limitk” is not supported.'],
  ['«info»(foo)', 'unsupported', 'The function “info” is not supported.'],
  ['«min_of»(1, 2)', 'unsupported', 'The function “min_of” is not supported.'],
  ['foo «>/» 1', 'unsupported', 'The operator “>/” is not supported.'],
  ['foo + «fill(0)» bar', 'unsupported', 'Filling in missing series is not supported.'],
  ['rate(«foo[5m] smoothed»)', 'unsupported', '“foo[5m] smoothed” is not supported.'],
  ['foo[«5m + 1m»]', 'unsupported', '“5m + 1m” is not supported as a duration: 5m, 1h30m and 300 are.'],
]

test.each(parsing)('%s is refused', (marked, kind, words) => {
  const query = marked.replaceAll(/[«»]/g, '')
  const from = marked.indexOf('«')
  const refused = refusal(() => parsePromql(query))
  // A sign before a text is told of as a whole.
  const to = marked.indexOf('»') - 1
  expect(refused).toEqual({ kind, from: marked.startsWith('-') ? 0 : from, to, words })
})

function refusal(parse: () => unknown): unknown {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error
    return { kind: error.kind, from: error.from, to: error.to, words: error.message }
  }
}

function nested(depth: number): string {
  return `${'('.repeat(depth)}1${')'.repeat(depth)}`
}

test('a query nested deeply is refused', () => {
  expect(refusal(() => parsePromql(nested(101)))).toMatchObject({ kind: 'limit', from: 100 })
  expect(parsePromql(nested(99)).type).toBe('scalar')
})

test('a query without end is not even read', () => {
  expect(refusal(() => parsePromql('('.repeat(10_001)))).toMatchObject({ kind: 'limit' })
})

const store = createSeriesStore(
  seriesFromText(`
    a{x="1", y="1"}   1 1
    a{x="1", y="2"}   2 2
    b{x="1", y="1"}   3 3
    b{x="1", y="2"}   4 4
    c{x="1"}          5 5
    d{x="1"}          6 6
  `),
)

async function evaluating(query: string, options: EvaluationOptions = {}): Promise<unknown> {
  return evaluateInstant(query, store, { timeMs: 60_000 }, options)
}

const executing: readonly (readonly [query: string, words: string])[] = [
  ['{__name__=~"c|d"} + 1', 'Two series of the result have the same labels.'],
  ['rate({__name__=~"c|d"}[2m])', 'Two series of the result have the same labels.'],
  ['label_replace(a, "y", "", "y", ".*")', 'Two series of the result have the same labels.'],
  [
    'c + on (x) a',
    'Two series on the right belong to the group {x="1"}: {__name__="a", x="1", y="1"} and {__name__="a", x="1", y="2"}. One at most may.',
  ],
  [
    'a + on (x) c',
    'Several series on the left match one on the right: that needs group_left or group_right.',
  ],
  [
    'a + on (x) group_left (y) label_replace(c, "y", "1", "", "")',
    'Several results have the same labels: those of the group must tell them apart.',
  ],
  ['topk(scalar(nothing), a)', 'The parameter of topk is no number.'],
  ['count_values("", a)', 'count_values needs the name of a label.'],
  ['label_replace(a, "", "", "x", "")', 'A label needs a name.'],
  ['label_replace(a, "z", "", "x", "(")', '“(” is not a regular expression of RE2: missing closing ).'],
]

test.each(executing)('%s cannot be answered', async (query, words) => {
  await expect(evaluating(query)).rejects.toMatchObject({ kind: 'execution', message: words })
})

const limits: readonly (readonly [from: number, to: number, stepMs: number, words: string])[] = [
  [0, 11_001, 1, 'More than 11,000 points for a series: ask for less time or a longer step.'],
  [0, 1, 0, 'The step must be longer than nothing.'],
  [1, 0, 1, 'The end lies before the start.'],
]

test.each(limits)('from %d to %d every %d ms is refused', async (startMs, endMs, stepMs, words) => {
  await expect(evaluateRange('a', store, { startMs, endMs, stepMs })).rejects.toMatchObject({
    kind: 'limit',
    message: words,
  })
})

test('11,001 points are given', async () => {
  const { data } = await evaluateRange('1', store, { startMs: 0, endMs: 11_000, stepMs: 1 })
  expect(data).toMatchObject({ result: [{ values: { length: 11_001 } }] })
})

test('a range of time has no samples as they are', async () => {
  await expect(evaluateRange('a[5m]', store, { startMs: 0, endMs: 1, stepMs: 1 })).rejects.toMatchObject({
    kind: 'type',
  })
})

test('a query that reads too much is stopped', async () => {
  await expect(evaluating('sum_over_time(a[5m])', { maxSamples: 3 })).rejects.toMatchObject({
    kind: 'limit',
    message: 'The query would take more than 3 samples: ask for less time or fewer series.',
  })
  await expect(evaluating('sum_over_time(vector(1)[1y:1ms])')).rejects.toMatchObject({ kind: 'limit' })
})

/** Much to do: many columns, and one column whose every step looks at many samples. */
const laborious = [Array.from({ length: 100 }, () => 'a').join(' or '), 'sum_over_time(vector(1)[200m:1s])']

test.each(laborious)(
  'a query that is given up ends with the reason, at the next pause (%#)',
  async (query) => {
    const controller = new AbortController()
    const reason = new Error('given up')
    let pauses = 0
    const pause = async (): Promise<void> => {
      pauses++
      controller.abort(reason)
    }
    const range = { startMs: 0, endMs: 10_000_000, stepMs: 1000 }
    await expect(evaluateRange(query, store, range, { signal: controller.signal, pause })).rejects.toBe(
      reason,
    )
    expect(pauses).toBe(1)
  },
)

const many = createSeriesStore(
  seriesFromText(Array.from({ length: 200 }, (_, at) => `many{x="${at}"} ${at % 7} ${at % 5}`).join('\n')),
)

async function pausesOf(query: string): Promise<number> {
  let pauses = 0
  const pause = async (): Promise<void> => {
    pauses++
    await Promise.resolve()
  }
  await evaluateRange(query, many, { startMs: 0, endMs: 5_000_000, stepMs: 1000 }, { pause })
  return pauses
}

test('the choice of many series lets others have their turn', async () => {
  expect(await pausesOf('topk(1e9, many)')).toBeGreaterThan(await pausesOf('many'))
})

const chosenBy = (query: string): Promise<unknown> => evaluateInstant(query, many, { timeMs: 60_000 })

test('as many as are sorted are those that are put in place, and more', async () => {
  expect(await chosenBy('topk(50, topk(51, many))')).toEqual(await chosenBy('topk(50, many)'))
})

test('a query is not begun when it was given up before', async () => {
  await expect(evaluating('a', { signal: AbortSignal.abort('no') })).rejects.toBe('no')
})

const grown = (query: string): string => `label_replace(${query}, "z", "$1$1", "z", "(.*)")`
const doubled = (query: string): string => `label_join(${query}, "z", "-", "z", "z")`

test('labels that grow out of labels are refused before they fill the memory', async () => {
  const begin = 'label_replace(a, "z", "0123456789", "", "")'
  const replaced = Array.from({ length: 60 }).reduce<string>(grown, begin)
  await expect(evaluating(replaced)).rejects.toThrow('The query would take more than')
  const joined = Array.from({ length: 60 }).reduce<string>(doubled, begin)
  await expect(evaluating(joined)).rejects.toThrow('The query would take more than')
})
