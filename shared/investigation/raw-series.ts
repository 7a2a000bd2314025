/** Which series a query of metrics reads, as they were recorded: kept, any other function can be asked of them later. */
import { childrenOf } from '#shared/metrics/unit'
import type { Expression, VectorSelector } from '#shared/query/promql/expression'
import { parsePromql } from '#shared/query/promql/parse'

/** Samples that a query looks at, around the moments it is asked for. */
export interface RawSelection {
  /** A selector alone: `http_requests_total{job="order"}`. */
  readonly selector: string
  /** How long before the first moment, and after the last. */
  readonly beforeMs: number
  readonly afterMs: number
}

/** A selector takes the last sample of so long. */
const lookbackMs = 300_000

/** What a query reads, each selector once; undefined where the query cannot be read here. */
export function rawSelectionsOf(query: string): readonly RawSelection[] | undefined {
  let expression: Expression
  try {
    ;({ expression } = parsePromql(query))
  } catch {
    return undefined
  }
  const found = new Map<string, RawSelection>()
  const waiting: { readonly node: Expression; readonly beforeMs: number; readonly afterMs: number }[] = [
    { node: expression, beforeMs: 0, afterMs: 0 },
  ]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, beforeMs, afterMs } = next
    if (node.kind === 'vector-selector') {
      const selector = textOf(node)
      const known = found.get(selector)
      found.set(selector, {
        selector,
        beforeMs: Math.max(known?.beforeMs ?? 0, beforeMs + node.offsetMs + lookbackMs),
        afterMs: Math.max(known?.afterMs ?? 0, afterMs - node.offsetMs),
      })
      continue
    }
    const back = node.kind === 'matrix-selector' ? node.rangeMs : 0
    const under = node.kind === 'subquery' ? node.rangeMs + node.offsetMs + (node.stepMs ?? lookbackMs) : 0
    const ahead = node.kind === 'subquery' ? Math.max(0, -node.offsetMs) : 0
    for (const child of childrenOf(node))
      waiting.push({ node: child, beforeMs: beforeMs + back + under, afterMs: afterMs + ahead })
  }
  return [...found.values()]
}

function textOf({ name, matchers }: VectorSelector): string {
  const conditions = matchers
    .filter((matcher) => !(name !== '' && matcher.name === '__name__'))
    .map((matcher) => `${matcher.name}${matcher.op}${JSON.stringify(matcher.value)}`)
  return conditions.length === 0 ? name : `${name}{${conditions.join(', ')}}`
}
