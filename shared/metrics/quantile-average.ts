/** Averages of quantiles, which are no quantile of anything; and the query that was meant. */
import { bare, type Aggregation, type Call, type Expression } from '#shared/query/promql/expression'
import { childrenOf } from './unit'

export interface AveragedQuantile {
  /** Where the average stands in the text. */
  readonly from: number
  readonly to: number
  readonly message: string
  /** The whole query with the buckets summed first; undefined where what is kept does not allow it. */
  readonly offered: string | undefined
}

const fromHistogram =
  'An average of percentiles is no percentile: few slow requests of one series count as much as many of another. Sum the buckets first, then take the quantile.'
const fromSummary =
  'These quantiles were made by the programs themselves and cannot be put together again: their average is no percentile. A histogram of the same thing could be summed.'

/** The first average of a quantile in the expression; undefined where there is none. */
export function averagedQuantile(text: string, expression: Expression): AveragedQuantile | undefined {
  const node = bare(expression)
  const averaged = averagedBy(node)
  if (averaged !== undefined) {
    const inner = bare(averaged)
    if (isQuantileCall(inner))
      return {
        from: node.from,
        to: node.to,
        message: fromHistogram,
        offered: node.kind === 'aggregation' ? summedFirst(text, node, inner) : undefined,
      }
    if (readsSummary(inner)) return { from: node.from, to: node.to, message: fromSummary, offered: undefined }
  }
  for (const child of childrenOf(node)) {
    const found = averagedQuantile(text, child)
    if (found) return found
  }
  return undefined
}

function averagedBy(node: Expression): Expression | undefined {
  if (node.kind === 'aggregation' && node.op === 'avg') return node.of
  if (node.kind === 'call' && node.name === 'avg_over_time') {
    const range = bare(node.args[0])
    return range.kind === 'subquery' ? range.of : range
  }
  return undefined
}

const isQuantileCall = (node: Expression): node is Call =>
  node.kind === 'call' && node.name === 'histogram_quantile'

function readsSummary(node: Expression): boolean {
  const selector = node.kind === 'matrix-selector' ? node.selector : node
  return (
    selector.kind === 'vector-selector' &&
    selector.matchers.some(({ name, op, value }) => name === 'quantile' && op === '=' && value !== '')
  )
}

/** `avg by (a) (histogram_quantile(q, sum by (le, a, b) (rate(x[5m]))))` → `histogram_quantile(q, sum by (a, le) (rate(x[5m])))`. */
function summedFirst(text: string, average: Aggregation, quantile: Call): string | undefined {
  const [q, of] = quantile.args
  const summed = bare(of)
  const inner = summed.kind === 'aggregation' && summed.op === 'sum' ? summed.of : of
  if (summed.kind === 'aggregation' && summed.op !== 'sum') return undefined
  const grouping = average.without
    ? // What is left out is left out of the buckets too; their bound must stay.
      `without (${average.labels.filter((name) => name !== 'le').join(', ')})`
    : `by (${[...average.labels.filter((name) => name !== 'le'), 'le'].join(', ')})`
  const part = (node: Expression): string => text.slice(node.from, node.to)
  const better = `histogram_quantile(${part(q)}, sum ${grouping} (${part(inner)}))`
  return `${text.slice(0, average.from)}${better}${text.slice(average.to)}`
}
