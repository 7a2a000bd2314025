/** Averages and sums of quantiles, which are no quantile of anything; and the query that was meant. */
import {
  bare,
  comparisonOperators,
  type Aggregation,
  type Binary,
  type Call,
  type Expression,
  type Subquery,
  type VectorSelector,
} from '#shared/query/promql/expression'
import { childrenOf } from './unit'

export interface AveragedQuantile {
  /** Where the average, or sum, stands in the text. */
  readonly from: number
  readonly to: number
  readonly message: string
  /** The whole query, put right: the buckets summed first, or else the worst of the quantiles. */
  readonly offered: string
  /** The metric that holds the quantiles, where they are not computed in the query: a rule may say of what. */
  readonly recorded: VectorSelector | undefined
}

const what = (isSum: boolean): string => `${isSum ? 'A sum' : 'An average'} of percentiles is no percentile`
const fromHistogram = (isSum: boolean): string =>
  `${what(isSum)}: ${isSum ? 'no request took so long' : 'few slow requests of one series count as much as many of another'}. Sum the buckets first, then take the quantile.`
const fromRecorded = (isSum: boolean): string =>
  `${what(isSum)}, and these cannot be put together again: only the buckets they were made of could be summed. What can be told of them is the worst.`

/** An average or sum in the tree: what is averaged, and by what. */
type Average =
  | { readonly by: 'series'; readonly node: Expression; readonly group: Aggregation }
  | { readonly by: 'time'; readonly node: Call; readonly range: Expression }

/** The first average or sum of a quantile in the expression; undefined where there is none. */
export function averagedQuantile(text: string, expression: Expression): AveragedQuantile | undefined {
  const node = bare(expression)
  const average = averageAt(text, node)
  const source = average && quantileIn(average.by === 'series' ? average.group.of : average.range)
  if (average && source) {
    const isSum = node.kind === 'aggregation' && node.op === 'sum'
    const part = source.kind === 'call' ? summedFirst(text, average, source) : undefined
    return {
      from: node.from,
      to: node.to,
      message: source.kind === 'call' ? fromHistogram(isSum) : fromRecorded(isSum),
      offered: `${text.slice(0, node.from)}${part ?? worst(text, average)}${text.slice(node.to)}`,
      recorded: source.kind === 'call' ? undefined : source,
    }
  }
  for (const child of childrenOf(node)) {
    const found = averagedQuantile(text, child)
    if (found) return found
  }
  return undefined
}

/** The same of a query that averages what a rule recorded, with the rule's own query in its place; undefined where that tells no more. */
export function averagedRecording(
  text: string,
  { recorded }: AveragedQuantile,
  parse: (text: string) => Expression,
  queryOf: (metric: string) => string | undefined,
): AveragedQuantile | undefined {
  // With filters of its own it is not all of what the rule recorded.
  const isWhole = recorded?.matchers.every(({ name }) => name === '__name__') === true
  const query = isWhole ? queryOf(recorded.name) : undefined
  if (!recorded || query === undefined) return undefined
  const whole = `${text.slice(0, recorded.from)}(${query})${text.slice(recorded.to)}`
  try {
    const found = averagedQuantile(whole, parse(whole))
    return found && found.recorded === undefined ? found : undefined
  } catch {
    return undefined
  }
}

function averageAt(text: string, node: Exclude<Expression, { kind: 'parentheses' }>): Average | undefined {
  if (node.kind === 'aggregation' && /^(avg|sum)$/.test(node.op)) return { by: 'series', node, group: node }
  if (node.kind === 'call' && node.name === 'avg_over_time')
    return { by: 'time', node, range: bare(node.args[0]) }
  return node.kind === 'binary' ? sumByCount(text, node) : undefined
}

/** `sum(x) / count(x)` is an average, too. */
function sumByCount(text: string, { op, left, right, ...node }: Binary): Average | undefined {
  const [sum, count] = [bare(left), bare(right)]
  const isAverage =
    op === '/' &&
    sum.kind === 'aggregation' &&
    sum.op === 'sum' &&
    count.kind === 'aggregation' &&
    count.op === 'count' &&
    text.slice(sum.of.from, sum.of.to) === text.slice(count.of.from, count.of.to)
  return isAverage ? { by: 'series', node: { op, left, right, ...node }, group: sum } : undefined
}

/** Of these the value is that of what they are given, or one of them. */
const passing =
  /^(label_replace|label_join|abs|ceil|floor|round|clamp|clamp_min|clamp_max|sort|sort_desc|(max|min|last|first|avg|quantile)_over_time)$/
/** Names by which people keep percentiles: `job:latency:p99`, `latency_p99_seconds`, `latency:95percentile`. */
const namesQuantile = /(?:^|[:_])(?:p\d{2,3}|median|(?:\d+(?:th)?_?)?(?:percentile|quantile))(?:[:_]|$)/i

/** The quantile that an expression's values are: computed from a histogram, or read as it was kept. */
function quantileIn(expression: Expression): Call | VectorSelector | undefined {
  const node = bare(expression)
  switch (node.kind) {
    case 'call':
      if (node.name === 'histogram_quantile') return node
      return passing.test(node.name) ? firstOf(node.args) : undefined
    case 'vector-selector':
      return namesQuantile.test(node.name) ||
        node.matchers.some(({ name, op, value }) => name === 'quantile' && /^=~?$/.test(op) && value !== '')
        ? node
        : undefined
    case 'matrix-selector':
      return quantileIn(node.selector)
    case 'subquery':
    case 'unary':
      return quantileIn(node.of)
    case 'aggregation':
      return /^count|^group$|^std/.test(node.op) ? undefined : quantileIn(node.of)
    case 'binary':
      // How many are above a bound can be averaged; and a filter lets through what is on its left.
      if (node.bool) return undefined
      return comparisonOperators.has(node.op) ? quantileIn(node.left) : firstOf([node.left, node.right])
    default:
      return undefined
  }
}

function firstOf(parts: readonly Expression[]): Call | VectorSelector | undefined {
  for (const part of parts) {
    const found = quantileIn(part)
    if (found) return found
  }
  return undefined
}

/** The average as a quantile of summed buckets; undefined where what is kept does not allow it. */
function summedFirst(text: string, average: Average, quantile: Call): string | undefined {
  const averaged = average.by === 'series' ? average.group.of : subqueryIn(average.range)?.of
  if (averaged === undefined || !isScaled(averaged, quantile)) return undefined
  const better =
    average.by === 'series'
      ? summedBy(text, average.group, quantile)
      : overAllOf(text, average.range, quantile)
  return (
    better && `${text.slice(averaged.from, quantile.from)}${better}${text.slice(quantile.to, averaged.to)}`
  )
}

const subqueryIn = (range: Expression): Subquery | undefined => {
  const node = bare(range)
  return node.kind === 'subquery' ? node : undefined
}

/** It is the quantile itself, or so many times the quantile. */
function isScaled(expression: Expression, quantile: Call): boolean {
  const node = bare(expression)
  if (node === quantile) return true
  return (
    node.kind === 'binary' &&
    /^[*/]$/.test(node.op) &&
    ((isScaled(node.left, quantile) && bare(node.right).kind === 'number') ||
      (node.op === '*' && isScaled(node.right, quantile) && bare(node.left).kind === 'number'))
  )
}

const partOf = (text: string, { from, to }: Expression): string => text.slice(from, to)

/** `avg by (a) (histogram_quantile(q, sum by (le, a, b) (rate(x[5m]))))` → `histogram_quantile(q, sum by (a, le) (rate(x[5m])))`. */
function summedBy(text: string, average: Aggregation, quantile: Call): string | undefined {
  const [q, of] = quantile.args
  const summed = bare(of)
  if (summed.kind === 'aggregation' && summed.op !== 'sum') return undefined
  const inner = summed.kind === 'aggregation' ? summed.of : of
  const labels = average.labels.filter((name) => name !== 'le')
  const grouping = average.without
    ? // What is left out is left out of the buckets too; their bound must stay.
      `without (${labels.join(', ')})`
    : `by (${[...labels, 'le'].join(', ')})`
  return `histogram_quantile(${partOf(text, q)}, sum ${grouping} (${partOf(text, inner)}))`
}

/** `avg_over_time(histogram_quantile(q, … rate(x[5m]) …)[1h:1m])` → `histogram_quantile(q, … rate(x[1h]) …)`: all requests of the hour. */
function overAllOf(text: string, range: Expression, quantile: Call): string | undefined {
  const [, whole] = /\[\s*([^:\]]+?)\s*:[^\]]*\]/.exec(text.slice(quantile.to, range.to)) ?? []
  const ranges = rangesIn(quantile)
  if (whole === undefined || ranges.length !== 1) return undefined
  const [{ selector, to }] = ranges
  const bracket = text.indexOf('[', selector.to)
  const end = text.indexOf(']', selector.to)
  if (bracket < 0 || end > to) return undefined
  return `${text.slice(quantile.from, bracket)}[${whole}${text.slice(end, quantile.to)}`
}

const rangesIn = (node: Expression): readonly Extract<Expression, { kind: 'matrix-selector' }>[] =>
  node.kind === 'matrix-selector' ? [node] : childrenOf(node).flatMap(rangesIn)

/** The highest of what would be averaged: no percentile of all, but true of one of them. */
function worst(text: string, average: Average): string {
  if (average.by === 'time')
    return `max_over_time(${text.slice(average.node.args[0].from, average.node.args.at(-1)?.to)})`
  const { labels, without, of } = average.group
  const grouping =
    labels.length === 0 && !without ? '' : `${without ? 'without' : 'by'} (${labels.join(', ')}) `
  return `max ${grouping}(${partOf(text, of)})`
}
