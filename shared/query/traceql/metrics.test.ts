import { expect, test } from 'vitest'
import { traceSpans } from '../../../test/builders/trace-spans.ts'
import { evaluateMetrics } from './metrics.ts'
import { parseTraceql } from './parse.ts'
import { valueText } from './value.ts'

const trace = traceSpans(`
  a @shop 0+4ms size=3
    b @shop 1000+1ms error size=5
    b @shop 1500+16ms
    c @mail 2999+8ms size=100
    c @mail 3000+8ms size=100
`)

const range = { startMs: 100, endMs: 2900, stepMs: 1000 }

/** By labels, the numbers of the moments 0, 1, 2 and 3 s; `-` for none. */
async function numbers(query: string): Promise<Record<string, string>> {
  const series = await evaluateMetrics(parseTraceql(query), { traces: [trace], epochNs: 0n }, range)
  return Object.fromEntries(
    series.map(({ labels, samples }) => [
      labels.map(([name, value]) => `${name}=${valueText(value)}`).join(),
      [0, 1, 2, 3]
        .map((second) => samples.find(([timeMs]) => timeMs === second * 1000)?.[1] ?? '-')
        .join(' '),
    ]),
  )
}

test.each<[query: string, series: Record<string, string>]>([
  // The time asked for is widened to whole steps; at its end nothing starts any more.
  ['{} | count_over_time()', { '__name__=count_over_time': '1 2 1 0' }],
  [
    '{} | rate() by (resource.service.name)',
    { 'resource.service.name=shop': '1 2 0 0', 'resource.service.name=mail': '0 0 1 0' },
  ],
  ['{ name = "none" } | rate()', {}],
  ['{} | rate() by (status, span.nothing)', { 'status=unset': '1 1 1 0', 'status=error': '0 1 0 0' }],
  ['{} | count_over_time() by (span.nothing)', { 'span.nothing=nil': '1 2 1 0' }],
  ['{} | min_over_time(duration)', { '__name__=min_over_time': '0.004 0.001 0.008 -' }],
  ['{} | max_over_time(span.size)', { '__name__=max_over_time': '3 5 100 -' }],
  [
    '{} | sum_over_time(duration) by (name)',
    { 'name=a': '0.004 - - -', 'name=b': '- 0.017 - -', 'name=c': '- - 0.008 -' },
  ],
  ['{} | avg_over_time(duration)', { '__name__=avg_over_time': '0.004 0.0085 0.008 -' }],
  ['{} | min_over_time(name)', {}],
  [
    '{} | histogram_over_time(span.size)',
    { '__bucket=4.0': '1 0 0 0', '__bucket=8.0': '0 1 0 0', '__bucket=128.0': '0 0 1 0' },
  ],
  ['{} | quantile_over_time(span.size, 1)', { 'p=1.0': '4 8 128 0' }],
  ['{ name = "b" } | by(status) | count() > 0 | rate()', { '__name__=rate': '0 2 0 0' }],
])('%s', async (query, series) => {
  expect(await numbers(query)).toEqual(series)
})

test('what does not count is refused, and so are more moments than there may be', async () => {
  await expect(numbers('{}')).rejects.toMatchObject({ kind: 'type', from: 0, to: 2 })
  const store = { traces: [trace], epochNs: 0n }
  await expect(
    evaluateMetrics(parseTraceql('{} | rate()'), store, { startMs: 0, endMs: 1e9, stepMs: 1000 }),
  ).rejects.toMatchObject({ kind: 'limit' })
  await expect(
    evaluateMetrics(parseTraceql('{} | rate()'), store, { startMs: 5, endMs: 5, stepMs: 1000 }),
  ).rejects.toMatchObject({ kind: 'limit' })
})
