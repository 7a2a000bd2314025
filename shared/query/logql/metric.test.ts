/** What a query counts; that Loki counts the same is tested with Loki itself (`test/servers/logql.test.ts`). */
import { expect, test } from 'vitest'
import { logStore } from '../../../test/builders/log-store.ts'
import { evaluateLogqlMetric } from './metric.ts'
import { LogqlError } from './logql-error.ts'
import { parseLogql } from './parse.ts'

const seconds = (s: number): string => String(1_700_000_000_000_000_000n + BigInt(s * 1000) * 1_000_000n)

const store = logStore(
  [
    {
      stream: { app: 'shop', pod: 'a' },
      values: [
        [seconds(0), 'level=info bytes=10'],
        [seconds(1), 'level=error bytes=30'],
        [seconds(2.5), 'level=info bytes=x'],
        [seconds(4), 'level=info bytes=5 took=2s'],
      ],
    },
    { stream: { app: 'shop', pod: 'b' }, values: [[seconds(3), 'level=info bytes=1']] },
  ],
  1_700_000_000_000_000_000n,
)

async function counted(query: string): Promise<string[]> {
  const range = { startMs: 1_700_000_000_000, endMs: 1_700_000_004_000, stepMs: 2000 }
  const series = await evaluateLogqlMetric(parseLogql(query), store, range)
  return series.map(
    ({ labels, values }) =>
      `${labels.map(([name, value]) => `${name}=${value}`).join(' ')}: ${values
        .map(([time, value]) => `${time - 1_700_000_000}s ${value}`)
        .join(', ')}`,
  )
}

test.each<[query: string, series: string[]]>([
  // A range is open at its beginning.
  ['count_over_time({pod="a"}[2s])', ['app=shop pod=a: 0s 1, 2s 1, 4s 2']],
  ['sum(rate({app="shop"}[2s]))', [': 0s 0.5, 2s 0.5, 4s 1.5']],
  [
    'sum by (level) (count_over_time({app="shop"} | logfmt [10s]))',
    ['level=error: 2s 1, 4s 1', 'level=info: 0s 1, 2s 1, 4s 4'],
  ],
  ['sum(bytes_over_time({pod="b"}[10s]))', [': 4s 18']],
  [
    'max_over_time({pod="a"} | logfmt | unwrap bytes | __error__="" [10s]) by (app)',
    ['app=shop: 0s 10, 2s 30, 4s 30'],
  ],
  [
    'sum_over_time({pod="a"} | logfmt | unwrap duration(took) [10s]) / 4',
    ['app=shop bytes=5 level=info pod=a: 4s 0.5'],
  ],
  ['absent_over_time({pod="b"}[2s])', ['pod=b: 0s 1, 2s 1']],
  ['sum(count_over_time({pod="a"}[2s])) / 0', [': 0s NaN, 2s NaN, 4s NaN']],
  ['sum(count_over_time({pod="b"}[2s])) or vector(0)', [': 0s 0, 2s 0, 4s 1']],
  ['count_over_time({pod="a"}[2s] offset 2s)', ['app=shop pod=a: 2s 1, 4s 1']],
  ['2 ^ 3 ^ 2 - 1', [': 0s 511, 2s 511, 4s 511']],
])('%s', async (query, series) => {
  expect(await counted(query)).toEqual(series)
})

test('a line that cannot be read ends a count, unless the count does not look into it', async () => {
  await expect(counted('count_over_time({app="shop"} | json [10s])')).rejects.toThrow(/JSONParserErr/u)
  expect(await counted('sum(count_over_time({app="shop"} | json [10s]))')).toHaveLength(1)
  expect(
    await counted('sum by (__error__) (count_over_time({pod="b"} | json | __error__!="" [10s]))'),
  ).toEqual(['__error__=JSONParserErr: 4s 1'])
})

test('both ends are put on multiples of the step', async () => {
  const range = { startMs: 1_700_000_000_999, endMs: 1_700_000_003_001, stepMs: 2000 }
  const [{ values }] = await evaluateLogqlMetric(parseLogql('vector(1)'), store, range)
  expect(values.map(([time]) => time - 1_700_000_000)).toEqual([0, 2, 4])
})

test('more points than Loki gives are refused', async () => {
  const range = { startMs: 0, endMs: 1_700_000_000_000, stepMs: 1000 }
  await expect(evaluateLogqlMetric(parseLogql('vector(1)'), store, range)).rejects.toThrow(LogqlError)
})
