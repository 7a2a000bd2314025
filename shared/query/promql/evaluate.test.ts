import { expect, test } from 'vitest'
import { answerLines, seriesFromText } from '../../../test/builders/series-from-text.ts'
import { evaluateInstant, evaluateRange } from './evaluate.ts'
import { createSeriesStore } from './series-store.ts'

const store = createSeriesStore(
  seriesFromText(`
    requests_total{job="api", instance="0"}   0+60x10
    requests_total{job="api", instance="1"}   0+120x10
    requests_total{job="web", instance="0"}   0 60 120 0 60 120 180 240 300 360 420
    temperature{room="hall"}                  20 21 19 _ _ _ _ _ _ _ 25
    temperature{room="lab"}                   5 5 5 5 5 stale _ 7 7 7 7
    limits{job="api"}                         100 100 100 100 100 100 100 100 100 100 100
    limits{job="web"}                         50 50 50 50 50 50 50 50 50 50 50
    odd{kind="nan"}                           NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN
    odd{kind="inf"}                           Inf Inf Inf Inf Inf Inf Inf Inf Inf Inf Inf
    odd{kind="minus"}                         -1.5 -1.5 -1.5 -1.5 -1.5 -1.5 -1.5 -1.5 -1.5 -1.5 -1.5
    latency_bucket{le="0.1"}                  0+10x10
    latency_bucket{le="0.5"}                  0+30x10
    latency_bucket{le="1"}                    0+35x10
    latency_bucket{le="+Inf"}                 0+40x10
  `),
)

async function lines(query: string, seconds = 600): Promise<string[]> {
  return answerLines(await evaluateInstant(query, store, { timeMs: seconds * 1000 }))
}

type Case = readonly [query: string, seconds: number, ...answer: string[]]

const selecting: readonly Case[] = [
  ['limits', 600, 'limits{job="api"} 100', 'limits{job="web"} 50'],
  ['limits{job!="api"}', 600, 'limits{job="web"} 50'],
  ['limits{job=~"a.*|x"}', 600, 'limits{job="api"} 100'],
  ['limits{job=~"a"}', 600],
  ['limits{job!~"a.*"}', 600, 'limits{job="web"} 50'],
  ['{__name__=~"lim.*", other=""}', 0, 'limits{job="api"} 100', 'limits{job="web"} 50'],
  ['{"limits", job="web"}', 0, 'limits{job="web"} 50'],
  // Five minutes after a sample it no longer stands for its series.
  ['temperature{room="hall"}', 419.999, 'temperature{room="hall"} 19'],
  ['temperature{room="hall"}', 420],
  // A series that ended is gone at once.
  ['temperature{room="lab"}', 299, 'temperature{room="lab"} 5'],
  ['temperature{room="lab"}', 300],
  ['temperature{room="lab"} offset 1m', 300, 'temperature{room="lab"} 5'],
  ['temperature{room="lab"} offset -2m', 300, 'temperature{room="lab"} 7'],
  ['temperature{room="hall"} @ 60', 600, 'temperature{room="hall"} 21'],
  ['temperature{room="hall"} @ 120 offset 1m', 600, 'temperature{room="hall"} 21'],
  // A range is open to the left.
  ['temperature{room="hall"}[1m]', 60, 'temperature{room="hall"} 21@60'],
  ['temperature{room="hall"}[61s] @ 60', 600, 'temperature{room="hall"} 20@0 21@60'],
  ['temperature{room="lab"}[3m]', 420, 'temperature{room="lab"} 7@420'],
  ['temperature{room="lab"}[2m:1m]', 120, 'temperature{room="lab"} 5@60 5@120'],
  ['temperature{room="hall"}[2m:30s] offset 30s', 150, 'temperature{room="hall"} 20@30 21@60 21@90 19@120'],
  ['timestamp(temperature{room="hall"})', 200, '{room="hall"} 120'],
  ['timestamp(temperature{room="hall"} + 0)', 200, '{room="hall"} 200'],
]

const ofRanges: readonly Case[] = [
  ['rate(requests_total{job="api", instance="0"}[5m])', 600, '{instance="0", job="api"} 1'],
  ['increase(requests_total{job="api", instance="1"}[5m])', 600, '{instance="1", job="api"} 600'],
  // After a reset at 180 s the counter goes on from zero.
  ['increase(requests_total{job="web"}[5m])', 300, '{instance="0", job="web"} 225'],
  ['delta(requests_total{job="web"}[3m])', 180, '{instance="0", job="web"} -90'],
  ['irate(requests_total{job="web"}[5m])', 180, '{instance="0", job="web"} 0'],
  ['idelta(requests_total{job="web"}[5m])', 180, '{instance="0", job="web"} -120'],
  [
    'resets(requests_total[10m])',
    600,
    '{instance="0", job="api"} 0',
    '{instance="1", job="api"} 0',
    '{instance="0", job="web"} 1',
  ],
  ['changes(temperature{room="hall"}[10m1s])', 600, '{room="hall"} 3'],
  ['deriv(requests_total{job="api", instance="0"}[5m])', 600, '{instance="0", job="api"} 1'],
  ['predict_linear(requests_total{job="api", instance="0"}[5m], 60)', 600, '{instance="0", job="api"} 660'],
  // One sample makes no rate.
  ['rate(requests_total[1m])', 600],
  ['sum_over_time(temperature{room="hall"}[10m1s])', 600, '{room="hall"} 85'],
  ['avg_over_time(temperature{room="hall"}[10m1s])', 600, '{room="hall"} 21.25'],
  ['min_over_time(temperature{room="hall"}[10m1s])', 600, '{room="hall"} 19'],
  ['max_over_time(temperature{room="hall"}[10m1s])', 600, '{room="hall"} 25'],
  ['count_over_time(temperature[10m1s])', 600, '{room="hall"} 4', '{room="lab"} 9'],
  ['stdvar_over_time(temperature{room="hall"}[3m1s])', 180, '{room="hall"} 0.666666667'],
  ['stddev_over_time(temperature{room="hall"}[3m1s])', 180, '{room="hall"} 0.816496581'],
  ['quantile_over_time(0.5, temperature{room="hall"}[10m1s])', 600, '{room="hall"} 20.5'],
  ['mad_over_time(temperature{room="hall"}[10m1s])', 600, '{room="hall"} 1'],
  ['last_over_time(temperature[10m])', 540, 'temperature{room="hall"} 19', 'temperature{room="lab"} 7'],
  ['first_over_time(temperature{room="hall"}[10m])', 600, 'temperature{room="hall"} 21'],
  ['present_over_time(temperature[10m])', 600, '{room="hall"} 1', '{room="lab"} 1'],
  ['ts_of_max_over_time(temperature{room="hall"}[10m])', 600, '{room="hall"} 600'],
  ['ts_of_min_over_time(temperature{room="hall"}[10m])', 600, '{room="hall"} 120'],
  ['ts_of_first_over_time(temperature{room="hall"}[10m])', 600, '{room="hall"} 60'],
  ['ts_of_last_over_time(temperature{room="lab"}[5m])', 300, '{room="lab"} 240'],
  [
    'double_exponential_smoothing(requests_total{job="api", instance="0"}[5m], 0.5, 0.5)',
    600,
    '{instance="0", job="api"} 600',
  ],
  [
    'max_over_time(rate(requests_total{job="api"}[2m])[5m:1m])',
    600,
    '{instance="0", job="api"} 1',
    '{instance="1", job="api"} 2',
  ],
  ['absent_over_time(nothing{job="x", job!="y"}[5m])', 600, '{} 1'],
  ['absent_over_time(nothing{job="x", a=~"b"}[5m])', 600, '{job="x"} 1'],
  ['absent_over_time(limits[5m])', 600],
]

const aggregating: readonly Case[] = [
  ['sum(requests_total)', 600, '{} 2220'],
  ['sum by (job) (requests_total)', 600, '{job="api"} 1800', '{job="web"} 420'],
  ['sum without (instance) (requests_total)', 600, '{job="api"} 1800', '{job="web"} 420'],
  ['sum by (nothing) (requests_total)', 600, '{} 2220'],
  ['avg(requests_total)', 600, '{} 740'],
  ['min(odd)', 600, '{} -1.5'],
  ['max(odd{kind!="inf"})', 600, '{} -1.5'],
  ['count by (job) (requests_total)', 600, '{job="api"} 2', '{job="web"} 1'],
  ['group(requests_total)', 600, '{} 1'],
  ['stddev(limits)', 600, '{} 25'],
  ['stdvar(limits)', 600, '{} 625'],
  ['quantile(0.25, requests_total)', 600, '{} 510'],
  [
    'topk(2, requests_total)',
    600,
    'requests_total{instance="1", job="api"} 1200',
    'requests_total{instance="0", job="api"} 600',
  ],
  [
    'bottomk(1, requests_total) by (instance)',
    600,
    'requests_total{instance="0", job="web"} 420',
    'requests_total{instance="1", job="api"} 1200',
  ],
  ['topk(3, odd)', 600, 'odd{kind="inf"} +Inf', 'odd{kind="minus"} -1.5', 'odd{kind="nan"} NaN'],
  ['topk(0, odd)', 600],
  ['count_values("v", temperature > 0)', 60, '{v="21"} 1', '{v="5"} 1'],
  ['count_values by (room) ("v", temperature)', 60, '{room="hall", v="21"} 1', '{room="lab", v="5"} 1'],
  ['sum(nothing)', 600],
]

const combining: readonly Case[] = [
  ['1 + 2 * 3 ^ 2 - -4', 0, '23'],
  ['-2 ^ 2', 0, '-4'],
  ['2 ^ 3 ^ 2', 0, '512'],
  ['7 % 4 + 1 == bool 4', 0, '1'],
  ['1 / 0', 0, '+Inf'],
  ['1 atan2 1', 0, '0.785398163'],
  ['1 ^ NaN', 0, '1'],
  ['limits * 2', 600, '{job="api"} 200', '{job="web"} 100'],
  ['-limits', 600, '{job="api"} -100', '{job="web"} -50'],
  ['limits > 60', 600, 'limits{job="api"} 100'],
  ['60 < limits', 600, 'limits{job="api"} 100'],
  ['limits > bool 60', 600, '{job="api"} 1', '{job="web"} 0'],
  ['limits == limits', 600, 'limits{job="api"} 100', 'limits{job="web"} 50'],
  ['sum by (job) (requests_total) / limits', 600, '{job="api"} 18', '{job="web"} 8.4'],
  ['sum by (job) (requests_total) > on (job) limits', 600, '{job="api"} 1800', '{job="web"} 420'],
  [
    'requests_total / on (job) group_left limits',
    600,
    '{instance="0", job="api"} 6',
    '{instance="1", job="api"} 12',
    '{instance="0", job="web"} 8.4',
  ],
  [
    'limits - on (job) group_right requests_total',
    600,
    '{instance="0", job="api"} -500',
    '{instance="1", job="api"} -1100',
    '{instance="0", job="web"} -370',
  ],
  [
    'limits * on (job) group_left (instance) requests_total{instance="0"}',
    600,
    '{instance="0", job="api"} 60000',
    '{instance="0", job="web"} 21000',
  ],
  ['requests_total{instance="0"} - ignoring (instance) limits', 600, '{job="api"} 500', '{job="web"} 370'],
  ['requests_total and on (job) limits{job="web"}', 600, 'requests_total{instance="0", job="web"} 420'],
  ['requests_total unless on (job) limits{job="api"}', 600, 'requests_total{instance="0", job="web"} 420'],
  ['limits{job="api"} or limits', 600, 'limits{job="api"} 100', 'limits{job="web"} 50'],
  [
    'limits or ignoring (job) requests_total',
    600,
    'limits{job="api"} 100',
    'limits{job="web"} 50',
    'requests_total{instance="0", job="api"} 600',
    'requests_total{instance="1", job="api"} 1200',
    'requests_total{instance="0", job="web"} 420',
  ],
  ['odd == odd', 600, 'odd{kind="inf"} +Inf', 'odd{kind="minus"} -1.5'],
]

const calling: readonly Case[] = [
  ['abs(odd{kind="minus"})', 600, '{kind="minus"} 1.5'],
  ['ceil(odd{kind="minus"})', 600, '{kind="minus"} -1'],
  ['sgn(odd)', 600, '{kind="nan"} NaN', '{kind="inf"} 1', '{kind="minus"} -1'],
  ['round(odd{kind="minus"})', 600, '{kind="minus"} -1'],
  ['round(limits{job="api"} / 7, 0.1)', 600, '{job="api"} 14.3'],
  ['clamp(limits, 60, 90)', 600, '{job="api"} 90', '{job="web"} 60'],
  ['clamp(limits, 90, 60)', 600],
  ['clamp_min(limits, 60)', 600, '{job="api"} 100', '{job="web"} 60'],
  ['clamp_max(limits, 60)', 600, '{job="api"} 60', '{job="web"} 50'],
  ['ln(exp(vector(2)))', 600, '{} 2'],
  ['deg(vector(pi()))', 600, '{} 180'],
  ['scalar(limits{job="web"}) + 1', 600, '51'],
  ['scalar(limits)', 600, 'NaN'],
  ['time()', 600.5, '600.5'],
  [
    'year(vector(1709164800)) * 10000 + month(vector(1709164800)) * 100 + day_of_month(vector(1709164800))',
    0,
    '{} 20240229',
  ],
  ['days_in_month(vector(1709164800))', 0, '{} 29'],
  ['day_of_year(vector(1709164800))', 0, '{} 60'],
  ['day_of_week(vector(1709164800))', 0, '{} 4'],
  ['hour()', 7230, '{} 2'],
  ['minute()', 7290, '{} 1'],
  ['absent(limits)', 600],
  ['absent(nothing{job="x"})', 600, '{job="x"} 1'],
  ['absent(sum(nothing{job="x"}))', 600, '{} 1'],
  [
    'sort(requests_total)',
    600,
    'requests_total{instance="0", job="web"} 420',
    'requests_total{instance="0", job="api"} 600',
    'requests_total{instance="1", job="api"} 1200',
  ],
  ['sort_desc(limits)', 600, 'limits{job="api"} 100', 'limits{job="web"} 50'],
  ['sort_by_label_desc(limits, "job")', 600, 'limits{job="web"} 50', 'limits{job="api"} 100'],
  [
    'label_replace(limits, "team", "$1-$0", "job", "(.).*")',
    600,
    'limits{job="api", team="a-api"} 100',
    'limits{job="web", team="w-web"} 50',
  ],
  ['label_replace(limits, "job", "", "job", "api")', 600, 'limits 100', 'limits{job="web"} 50'],
  [
    'label_replace(limits, "team", "${x}", "job", "(?P<x>a).*")',
    600,
    'limits{job="api", team="a"} 100',
    'limits{job="web"} 50',
  ],
  [
    'label_join(requests_total{job="web"}, "all", "/", "job", "instance")',
    600,
    'requests_total{all="web/0", instance="0", job="web"} 420',
  ],
  ['histogram_quantile(0.5, latency_bucket)', 600, '{} 0.3'],
  ['histogram_quantile(0.95, rate(latency_bucket[5m]))', 600, '{} 1'],
  ['histogram_quantile(0.1, sum by (le) (latency_bucket))', 600, '{} 0.04'],
  ['histogram_quantile(2, latency_bucket)', 600, '{} +Inf'],
  ['histogram_fraction(0, 0.3, latency_bucket)', 600, '{} 0.5'],
  ['"text"', 0, '"text"'],
]

test.for([...selecting, ...ofRanges, ...aggregating, ...combining, ...calling])(
  '%s at %d s',
  async ([query, seconds, ...answer]) => {
    expect(await lines(query, seconds)).toEqual(answer)
  },
)

const overTime: readonly (readonly [query: string, ...answer: string[]])[] = [
  ['temperature', 'temperature{room="hall"} 19@240', 'temperature{room="lab"} 5@240 7@420'],
  ['time()', '{} 240@240 300@300 360@360 420@420'],
  ['limits{job="web"} @ end() - limits{job="web"} @ start()', '{job="web"} 0@240 0@300 0@360 0@420'],
  ['temperature{room="lab"} @ end()', 'temperature{room="lab"} 7@240 7@300 7@360 7@420'],
  ['absent(temperature{room="lab"})', '{room="lab"} 1@300 1@360'],
  ['absent_over_time(temperature{room="lab"}[1m])', '{room="lab"} 1@300 1@360'],
  ['count(temperature)', '{} 2@240 1@420'],
  ['topk(1, temperature)', 'temperature{room="hall"} 19@240', 'temperature{room="lab"} 7@420'],
  ['temperature{room="lab"} > 6 or vector(0)', '{} 0@240 0@300 0@360 0@420', 'temperature{room="lab"} 7@420'],
  ['sum_over_time(vector(1)[2m:1m])', '{} 2@240 2@300 2@360 2@420'],
]

test.each(overTime)('%s from 240 to 420 s', async (query, ...answer) => {
  // The lookback is short, so that gaps show.
  const range = { startMs: 240_000, endMs: 420_000, stepMs: 60_000 }
  expect(answerLines(await evaluateRange(query, store, range, { lookbackMs: 150_000 }))).toEqual(answer)
})

const annotated: readonly (readonly [query: string, what: 'warnings' | 'infos', words: string])[] = [
  [
    'sum(rate(temperature[5m]))',
    'infos',
    'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "temperature" (1:10)',
  ],
  [
    '1 +\n histogram_quantile(1.5, latency_bucket)',
    'warnings',
    'PromQL warning: quantile value should be between 0 and 1, got 1.5 (2:21)',
  ],
  [
    'histogram_quantile(0.5, limits)',
    'warnings',
    'PromQL warning: bucket label "le" is missing or has a malformed value of "" (1:25)',
  ],
]

test.each(annotated)('%s is annotated', async (query, what, words) => {
  const answer = await evaluateInstant(query, store, { timeMs: 180_000 })
  expect(answer[what]).toEqual([words])
})

test('counts that fall with the bound are mended, and said to be', async () => {
  const falling = createSeriesStore(
    seriesFromText('x_bucket{le="1"} 10 10\nx_bucket{le="2"} 8 9\nx_bucket{le="+Inf"} 10 10'),
  )
  const answer = await evaluateRange('histogram_quantile(0.9, x_bucket)', falling, {
    startMs: 0,
    endMs: 60_000,
    stepMs: 60_000,
  })
  expect(answerLines(answer)).toEqual(['{} 0.9@0 0.9@60'])
  expect(answer.infos).toEqual([
    'PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile), from buckets 2 to 2, with a max diff of 2, over 2 samples from 1970-01-01T00:00:00Z to 1970-01-01T00:01:00Z (1:25)',
  ])
})

test('sorting over a range of time is said to be in vain', async () => {
  const answer = await evaluateRange('sort(limits)', store, { startMs: 0, endMs: 60_000, stepMs: 60_000 })
  expect(answer.warnings).toEqual([
    'PromQL warning: sort is ineffective for range queries since results are always ordered by labels (1:1)',
  ])
})
