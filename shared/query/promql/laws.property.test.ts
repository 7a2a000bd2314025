import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { seriesFromText } from '../../../test/builders/series-from-text.ts'
import type { MatrixAnswer, PromqlData } from './answer.ts'
import { evaluateInstant, evaluateRange } from './evaluate.ts'
import { parsePromql } from './parse.ts'
import { PromqlError } from './promql-error.ts'
import { type Series, createSeriesStore } from './series-store.ts'

const stepMs = 30_000
const range = { startMs: 300_000, endMs: 660_000, stepMs: 45_000 }

const jobs = ['a', 'b']
const instances = ['1', '2', '3']

/** What a series does at an interval: it has a number, or nothing, or ends. */
const word = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -5, max: 50 }).map(String) },
  { weight: 2, arbitrary: fc.constant('_') },
  { weight: 1, arbitrary: fc.constantFrom('stale', 'NaN', 'Inf') },
)

const arbitrarySeries: fc.Arbitrary<Series[]> = fc
  .array(fc.array(word, { minLength: 20, maxLength: 35 }), { minLength: 12, maxLength: 12 })
  .map((rows) => {
    const names = jobs.flatMap((job) => instances.map((instance) => `{job="${job}", instance="${instance}"}`))
    const lines = ['m_total', 'n'].flatMap((metric) => names.map((labels) => metric + labels))
    return seriesFromText(lines.map((line, at) => `${line} ${rows[at].join(' ')}`).join('\n'), {
      intervalMs: stepMs,
    })
  })

const vector = fc.constantFrom(
  'm_total',
  'n{job="a"}',
  'n offset 45s',
  'rate(m_total[2m])',
  'increase(m_total[90s])',
  'irate(m_total[2m])',
  'delta(n[3m])',
  'avg_over_time(n[100s])',
  'quantile_over_time(0.7, n[2m])',
  'max_over_time(n[2m:20s])',
  'sum by (job) (n)',
  'topk(2, n)',
  'count_values("v", n)',
  'n > 10',
  'n + on (job, instance) m_total',
  'n and m_total > 20',
  'm_total @ 500',
  'sum_over_time(rate(m_total[1m])[3m:40s] @ end())',
  'absent(n{job="a", instance="1"})',
  'label_replace(n, "x", "$1", "job", "(.*)")',
  'scalar(n{job="a", instance="1"}) * n',
  'changes(n[3m])',
  'timestamp(n)',
  'deriv(n[2m])',
)

/** Queries from parts, a few levels deep. */
const query = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    vector,
    fc
      .tuple(tie('query'), fc.constantFrom('or', 'and', 'unless'))
      .map(([of, op]) => `(${of}) ${op} on (job) n`),
    tie('query').map((of) => `abs(${of})`),
    tie('query').map((of) => `sum by (job, instance) (${of})`),
    tie('query').map((of) => `avg_over_time((${of})[2m:30s])`),
    tie('query').map((of) => `-(${of}) * 2`),
  ),
})).query

function matrix(data: PromqlData): readonly MatrixAnswer[] {
  if (data.resultType !== 'matrix') throw new Error('a matrix was expected')
  return data.result
}

/** All points of an answer, in an order that is the same for equal answers. */
function points(data: PromqlData): string[] {
  if (data.resultType === 'vector')
    return data.result.map(({ metric, value }) => `${JSON.stringify(metric)} ${value?.join(' ')}`).sort()
  return matrix(data)
    .flatMap(({ metric, values = [] }) =>
      values.map((value) => `${JSON.stringify(metric)} ${value.join(' ')}`),
    )
    .sort()
}

/** The answer's points, or that there is none: series of the same labels may meet, or not. */
async function rangePoints(text: string, series: readonly Series[], over = range): Promise<string[]> {
  try {
    return points((await evaluateRange(text, createSeriesStore(series), over)).data)
  } catch (error) {
    if (error instanceof PromqlError && error.kind === 'execution') return [error.message]
    throw error
  }
}

/** Points to ten digits: the order of adding shows in the last ones. */
function rounded(lines: readonly string[]): string[] {
  return lines.map((line) =>
    line.replace(/\S+$/, (number) => (/^-?[\d.]/.test(number) ? Number(number).toPrecision(10) : number)),
  )
}

test('over a range of time a query gives what it gives at each of its moments', async () => {
  await fc.assert(
    fc.asyncProperty(arbitrarySeries, query, async (series, text) => {
      // Start and end are those of the whole query.
      const fixed = text.replaceAll('@ end()', `@ ${range.endMs / 1000}`)
      const store = createSeriesStore(series)
      const atEach: string[] = []
      try {
        for (let timeMs = range.startMs; timeMs <= range.endMs; timeMs += range.stepMs)
          atEach.push(...points((await evaluateInstant(fixed, store, { timeMs })).data))
      } catch (error) {
        if (!(error instanceof PromqlError) || error.kind !== 'execution') throw error
        await expect(evaluateRange(text, store, range)).rejects.toThrow(PromqlError)
        return
      }
      expect(await rangePoints(text, series)).toEqual(atEach.sort())
    }),
    { numRuns: 80 },
  )
})

test('an offset moves a query in time', async () => {
  await fc.assert(
    fc.asyncProperty(arbitrarySeries, fc.integer({ min: -200, max: 200 }), async (series, seconds) => {
      const moved = {
        startMs: range.startMs - seconds * 1000,
        endMs: range.endMs - seconds * 1000,
        stepMs: range.stepMs,
      }
      const store = createSeriesStore(series)
      for (const [before, after] of [
        ['n', ''],
        ['rate(m_total[2m]', ')'],
        ['sum(n', ')'],
      ]) {
        const shifted = matrix(
          (await evaluateRange(`${before} offset ${seconds}s${after}`, store, range)).data,
        )
        const there = matrix((await evaluateRange(before + after, store, moved)).data)
        expect(shifted).toEqual(
          there.map(({ metric, values = [] }) => ({
            metric,
            values: values.map(([time, value]) => [time + seconds, value]),
          })),
        )
      }
    }),
    { numRuns: 50 },
  )
})

test('the order of series in the store does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitrarySeries.chain((series) =>
        fc.tuple(fc.constant(series), fc.shuffledSubarray(series, { minLength: 12 })),
      ),
      fc.constantFrom(
        'sum by (job) (rate(m_total[2m]))',
        'avg(n)',
        'quantile(0.3, n)',
        'n * on (job, instance) m_total',
      ),
      async ([series, shuffled], text) => {
        expect(rounded(await rangePoints(text, shuffled))).toEqual(rounded(await rangePoints(text, series)))
      },
    ),
    { numRuns: 100 },
  )
})

const equal: readonly (readonly [one: string, other: string])[] = [
  ['n or n', 'n'],
  ['n and m_total or n unless m_total', 'n'],
  ['n unless n', 'n and nothing'],
  ['increase(m_total[2m]) / 120', 'rate(m_total[2m]) + 0'],
  ['sum(sum by (job) (n))', 'sum(n)'],
  ['count(n)', 'sum(group by (job, instance) (n))'],
  ['max(n)', 'max(topk(1, n))'],
  ['-(-n)', 'n + 0'],
  ['sum_over_time(n[2m]) / count_over_time(n[2m])', 'avg_over_time(n[2m])'],
  ['count_over_time(n[2m] @ 600)', 'count_over_time(n[2m] offset 0s @ 600)'],
  ['n ^ 2', 'n * n'],
]

test.each(equal)('%s is %s', async (one, other) => {
  await fc.assert(
    fc.asyncProperty(arbitrarySeries, async (series) => {
      expect(rounded(await rangePoints(one, series))).toEqual(rounded(await rangePoints(other, series)))
    }),
    { numRuns: 30 },
  )
})

test('quantiles grow with their rank', async () => {
  const counts = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(
      counts,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (held, one, other) => {
        let total = 0
        const lines = held.map(
          (count, at) => `x_bucket{le="${['-1', '0.5', '2', '+Inf'][at]}"} ${(total += count)}`,
        )
        const store = createSeriesStore(seriesFromText(lines.join('\n')))
        const value = async (q: number): Promise<number> => {
          const { data } = await evaluateInstant(`histogram_quantile(${q}, x_bucket)`, store, { timeMs: 0 })
          return data.resultType === 'vector' ? Number(data.result[0].value?.[1]) : NaN
        }
        if (total > 0)
          expect(await value(Math.min(one, other))).toBeLessThanOrEqual(await value(Math.max(one, other)))
      },
    ),
  )
})

test('any text is read, or refused with a place in it', () => {
  const pieces = fc.constantFrom(
    ...'sum| by |(|)|[5m]|[5m:]|{a="b"}|foo| offset 5m| @ 5|+| and |-| bool | on(x) |1|"t"|,|rate|^|==|#|\n|é'.split(
      '|',
    ),
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
      const text = words.join('')
      try {
        parsePromql(text)
      } catch (error) {
        if (!(error instanceof PromqlError)) throw error
        expect(error.from).toBeGreaterThanOrEqual(0)
        expect(error.to).toBeGreaterThanOrEqual(error.from)
        expect(error.to).toBeLessThanOrEqual(text.length)
        expect(error.message).toMatch(/\.$/)
      }
    }),
    { numRuns: 3000 },
  )
})
