/** Draws series as text, and answers too, for tests one can see. */
import type { HistogramAnswer, PromqlAnswer } from '#shared/query/promql/answer'
import type { Buckets, Histogram } from '#shared/query/promql/histogram'
import { type Labels, labelsOf } from '#shared/query/promql/labels'
import { readNumber } from '#shared/query/promql/literals'
import { parsePromql } from '#shared/query/promql/parse'
import type { Series } from '#shared/query/promql/series-store'

/**
 * One series a line, a word per interval, the first at time 0:
 *
 * ```
 * requests_total{job="a"}   0 10 20 _ 40 stale
 * requests_total{job="b"}   0+5x3 0+5x2
 * ```
 *
 * `_` no sample, `stale` the series ends, `0+5x3` zero and three more, each greater by five. Any other word is the name of one of
 * `histograms`.
 */
export function seriesFromText(
  text: string,
  {
    intervalMs = 60_000,
    histograms = {},
  }: { intervalMs?: number; histograms?: Record<string, Histogram> } = {},
): Series[] {
  return text
    .split('\n')
    .map((line) => /^\s*(\w*(?:\{[^}]*\})?)\s+(\S.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, selector, words]) => {
      const samples = words
        .trim()
        .split(/\s+/)
        .flatMap(spread)
        .map((word, at) => ({ word, timeMs: at * intervalMs }))
        .filter(({ word }) => word !== '_')
      const named = samples.map(({ word }) => histograms[word])
      return {
        labels: labelsFromText(selector),
        times: Float64Array.from(samples, ({ timeMs }) => timeMs),
        values: Float64Array.from(samples, ({ word }) => (isNumber(word) ? signed(word) : NaN)),
        ended: Uint8Array.from(samples, ({ word }) => (word === 'stale' ? 1 : 0)),
        ...(named.some((histogram) => histogram !== undefined) && { histograms: named }),
      }
    })
}

/** Labels from a selector with nothing but `=` in it. */
export function labelsFromText(selector: string): Labels {
  if (selector === '' || selector === '{}') return []
  const { expression } = parsePromql(selector)
  if (expression.kind !== 'vector-selector') throw new Error(`not the labels of a series: ${selector}`)
  return labelsOf(expression.matchers.map(({ name, value }): [string, string] => [name, value]))
}

/** A native histogram from what each bucket holds, by index; its count is their sum. */
export function drawHistogram({
  positive = {},
  negative = {},
  ...rest
}: Partial<Omit<Histogram, 'positive' | 'negative' | 'count'>> & {
  positive?: Readonly<Record<number, number>>
  negative?: Readonly<Record<number, number>>
}): Histogram {
  const counts = [rest.zeroCount ?? 0, ...Object.values(positive), ...Object.values(negative)]
  return {
    schema: 0,
    sum: 0,
    zeroThreshold: 0,
    zeroCount: 0,
    isGauge: false,
    ...rest,
    count: counts.reduce((sum, count) => sum + count, 0),
    positive: drawBuckets(positive),
    negative: drawBuckets(negative),
  }
}

function drawBuckets(held: Readonly<Record<number, number>>): Buckets {
  const indexes = Object.keys(held)
    .map(Number)
    .sort((one, other) => one - other)
  return { indexes, counts: indexes.map((index) => held[index]) }
}

/** An answer as lines: `name{label="x"} value`, over a range `value@seconds` for each point; nine digits of a number. */
export function answerLines({ data }: PromqlAnswer): string[] {
  switch (data.resultType) {
    case 'vector':
      return data.result.map(({ metric, value, histogram }) => {
        const text = value === undefined ? histogramText(histogram?.[1]) : shortNumber(value[1])
        return `${metricText(metric)} ${text}`
      })
    case 'matrix':
      return data.result.map(({ metric, values = [], histograms = [] }) => {
        const points = [
          ...values.map(([seconds, value]) => `${shortNumber(value)}@${seconds}`),
          ...histograms.map(([seconds, histogram]) => `${histogramText(histogram)}@${seconds}`),
        ]
        return `${metricText(metric)} ${points.join(' ')}`
      })
    default:
      return [data.resultType === 'scalar' ? shortNumber(data.result[1]) : JSON.stringify(data.result[1])]
  }
}

function spread(word: string): string[] {
  const match = /^(-?[\d.]+)([-+][\d.]+)x(\d+)$/.exec(word)
  if (match === null) return [word]
  const [, first, growth, times] = match
  return Array.from({ length: Number(times) + 1 }, (_, at) => String(Number(first) + at * Number(growth)))
}

function isNumber(word: string): boolean {
  return /^[-+]?(?:[\d.]+(?:e[-+]?\d+)?|Inf|NaN)$/.test(word)
}

function signed(word: string): number {
  return (word.startsWith('-') ? -1 : 1) * readNumber(word.replace(/^[-+]/, ''))
}

function metricText(metric: Readonly<Record<string, string>>): string {
  const { __name__ = '', ...labels } = metric
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
  return __name__ + (pairs.length > 0 || __name__ === '' ? `{${pairs.join(', ')}}` : '')
}

function histogramText(histogram: HistogramAnswer | undefined): string {
  if (histogram === undefined) return 'nothing'
  const { count, sum, buckets = [] } = histogram
  const parts = buckets.map(([, lower, upper, held]) => [lower, upper, held].map(shortNumber).join(':'))
  return `[${[`count=${shortNumber(count)}`, `sum=${shortNumber(sum)}`, ...parts].join(' ')}]`
}

function shortNumber(text: string): string {
  return /\.\d{9}/.test(text) ? String(Number(Number(text).toPrecision(9))) : text
}
