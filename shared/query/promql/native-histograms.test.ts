import { expect, test } from 'vitest'
import { answerLines, drawHistogram, seriesFromText } from '../../../test/builders/series-from-text.ts'
import { evaluateInstant } from './evaluate.ts'
import { createSeriesStore } from './series-store.ts'

/** Buckets of schema 0 end at powers of two: bucket 1 holds (1, 2], bucket 2 holds (2, 4]. */
const histograms = {
  small: drawHistogram({ sum: 8, positive: { 1: 2, 2: 2 } }),
  more: drawHistogram({ sum: 24, positive: { 1: 6, 2: 6 } }),
  most: drawHistogram({ sum: 40, positive: { 1: 10, 2: 10 } }),
  fine: drawHistogram({ schema: 1, sum: 6, positive: { 1: 1, 2: 1, 3: 2 } }),
  around: drawHistogram({
    sum: 0,
    zeroThreshold: 0.5,
    zeroCount: 2,
    positive: { 1: 1 },
    negative: { 1: 1 },
  }),
  wide: drawHistogram({ sum: 1, zeroThreshold: 1.5, zeroCount: 1, positive: { 2: 1 } }),
  mean: drawHistogram({ sum: 8, positive: { 1: 2, 2: 2 }, isGauge: true }),
}

const store = createSeriesStore(
  seriesFromText(
    `
    grows{job="a"}     small more most
    grows{job="b"}     most small more
    exact              fine fine fine
    zero               around around around
    broad              wide wide wide
    level              mean mean mean
    mixed              1 small small
    plain              3 3 3
    some{le="1"}       1 1 1
    some{le="+Inf"}    2 2 2
    some               small small small
    `,
    { histograms },
  ),
)

type Case = readonly [query: string, ...answer: string[]]

const cases: readonly Case[] = [
  ['exact', 'exact [count=4 sum=6 1:1.41421356:1 1.41421356:2:1 2:2.82842712:2]'],
  ['zero', 'zero [count=4 sum=0 -2:-1:1 -0.5:0.5:2 1:2:1]'],
  ['histogram_count(grows)', '{job="a"} 20', '{job="b"} 12'],
  ['histogram_sum(grows)', '{job="a"} 40', '{job="b"} 24'],
  ['histogram_avg(exact)', '{} 1.5'],
  ['histogram_stdvar(zero)', '{} 1'],
  ['histogram_stddev(zero)', '{} 1'],
  // Within a bucket values are taken to grow exponentially.
  ['histogram_quantile(0.25, exact)', '{} 1.41421356'],
  ['histogram_quantile(0.75, grows{job="a"})', '{job="a"} 2.82842712'],
  ['histogram_quantile(0, zero)', '{} -2'],
  ['histogram_quantile(0.5, zero)', '{} 0'],
  ['histogram_quantile(1, zero)', '{} 2'],
  ['histogram_fraction(1, 2, grows{job="a"})', '{job="a"} 0.5'],
  ['histogram_fraction(-0.5, 0, zero)', '{} 0.25'],
  ['histogram_fraction(-Inf, +Inf, zero)', '{} 1'],
  // A coarser one takes a finer one in.
  ['grows{job="a"} + ignoring (job) exact', '{} [count=24 sum=46 1:2:12 2:4:12]'],
  // A wider bucket of zero takes in all that it would cut.
  ['zero + broad', '{} [count=6 sum=1 -2:2:5 2:4:1]'],
  ['sum(grows)', '{} [count=32 sum=64 1:2:16 2:4:16]'],
  ['avg(grows)', '{} [count=16 sum=32 1:2:8 2:4:8]'],
  ['grows{job="a"} / 2', '{job="a"} [count=10 sum=20 1:2:5 2:4:5]'],
  ['2 * exact', '{} [count=8 sum=12 1:1.41421356:2 1.41421356:2:2 2:2.82842712:4]'],
  ['-level', '{} [count=-4 sum=-8 1:2:-2 2:4:-2]'],
  ['grows{job="a"} - ignoring (job) grows{job="a"}', '{} [count=0 sum=0]'],
  [
    'grows == grows',
    'grows{job="a"} [count=20 sum=40 1:2:10 2:4:10]',
    'grows{job="b"} [count=12 sum=24 1:2:6 2:4:6]',
  ],
  ['count(grows)', '{} 2'],
  ['count_values("v", level)', '{v="{count:4, sum:8, (1,2]:2, (2,4]:2}"} 1'],
  // As far as the range reaches, and no further than to zero before the first sample.
  ['increase(grows{job="a"}[3m])', '{job="a"} [count=20 sum=40 1:2:10 2:4:10]'],
  // Started anew from 20 to 4: all of the 12 that came since count.
  ['histogram_count(increase(grows{job="b"}[2m1s]))', '{job="b"} 12.1'],
  ['resets(grows[3m])', '{job="a"} 0', '{job="b"} 1'],
  ['changes(grows[3m])', '{job="a"} 2', '{job="b"} 2'],
  ['irate(grows{job="a"}[3m]) * 60', '{job="a"} [count=8 sum=16 1:2:4 2:4:4]'],
  ['delta(level[3m])', '{} [count=0 sum=0]'],
  ['sum_over_time(level[3m])', '{} [count=12 sum=24 1:2:6 2:4:6]'],
  ['avg_over_time(level[3m])', '{} [count=4 sum=8 1:2:2 2:4:2]'],
  ['last_over_time(mixed[3m])', 'mixed [count=4 sum=8 1:2:2 2:4:2]'],
  ['first_over_time(mixed[3m])', 'mixed 1'],
  ['count_over_time(mixed[3m])', '{} 3'],
  ['min_over_time(mixed[3m])', '{} 1'],
  ['abs(grows)'],
]

test.each(cases)('%s', async (query, ...answer) => {
  expect(answerLines(await evaluateInstant(query, store, { timeMs: 120_000 }))).toEqual(answer)
})

const refused: readonly (readonly [query: string, what: 'warnings' | 'infos', words: string])[] = [
  [
    'plain + on () exact',
    'infos',
    'PromQL info: incompatible sample types encountered for binary operator "+": float + histogram (1:1)',
  ],
  [
    'exact > 1',
    'infos',
    'PromQL info: incompatible sample types encountered for binary operator ">": histogram > float (1:1)',
  ],
  [
    'sum({__name__=~"plain|exact"})',
    'warnings',
    'PromQL warning: encountered a mix of histograms and floats for aggregation (1:5)',
  ],
  ['max(exact)', 'infos', 'PromQL info: ignored histogram in max aggregation (1:5)'],
  ['topk(1, exact)', 'infos', 'PromQL info: ignored histogram in topk aggregation (1:1)'],
  [
    'sum_over_time(mixed[3m])',
    'warnings',
    'PromQL warning: encountered a mix of histograms and floats for metric name "mixed" (1:15)',
  ],
  [
    'idelta(mixed[1m30s])',
    'warnings',
    'PromQL warning: this native histogram metric is not a gauge: "mixed" (1:8)',
  ],
  [
    'rate(level[3m]) > 0',
    'warnings',
    'PromQL warning: this native histogram metric is not a counter: "level" (1:6)',
  ],
  [
    'histogram_quantile(0.5, some)',
    'warnings',
    'PromQL warning: vector contains a mix of classic and native histograms (1:25)',
  ],
]

test.each(refused)('%s gives nothing, and says why', async (query, what, words) => {
  const answer = await evaluateInstant(query, store, { timeMs: 120_000 })
  expect(answer[what]).toContain(words)
})

test('an answer has the rule of each bucket', async () => {
  const { data } = await evaluateInstant('zero', store, { timeMs: 120_000 })
  expect(data).toEqual({
    resultType: 'vector',
    result: [
      {
        metric: { __name__: 'zero' },
        histogram: [
          120,
          {
            count: '4',
            sum: '0',
            buckets: [
              [1, '-2', '-1', '1'],
              [3, '-0.5', '0.5', '2'],
              [0, '1', '2', '1'],
            ],
          },
        ],
      },
    ],
  })
})
