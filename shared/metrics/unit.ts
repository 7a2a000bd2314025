/** What the numbers of a query are in: read from its metrics' names, from what is known of them, and from what it does with them. */
import type { Call, Binary, Expression, VectorSelector } from '#shared/query/promql/expression'
import { bare } from '#shared/query/promql/expression'

export interface Unit {
  /** `ratio`: 1 is all of it; `percent`: 100 is. */
  readonly kind: 'none' | 'seconds' | 'bytes' | 'ratio' | 'percent'
  /** How many seconds or bytes one of them is: 0.001 for milliseconds. */
  readonly scale: number
  readonly perSecond: boolean
}

const unit = (kind: Unit['kind'], scale = 1, perSecond = false): Unit => ({ kind, scale, perSecond })

export const noUnit = unit('none')
/** What requests, durations and failures are told in. */
export const perSecond = unit('none', 1, true)
export const seconds = unit('seconds')
export const share = unit('ratio')

/** Words of units in metadata and at the end of names; OpenTelemetry's own (`ms`, `By`) too. */
const byWord: Readonly<Record<string, Unit>> = {
  seconds: unit('seconds'),
  s: unit('seconds'),
  milliseconds: unit('seconds', 1e-3),
  ms: unit('seconds', 1e-3),
  microseconds: unit('seconds', 1e-6),
  us: unit('seconds', 1e-6),
  nanoseconds: unit('seconds', 1e-9),
  ns: unit('seconds', 1e-9),
  minutes: unit('seconds', 60),
  hours: unit('seconds', 3_600),
  days: unit('seconds', 86_400),
  bytes: unit('bytes'),
  by: unit('bytes'),
  kilobytes: unit('bytes', 1e3),
  megabytes: unit('bytes', 1e6),
  ratio: unit('ratio'),
  percent: unit('percent'),
}

/** The name that metadata is kept under: without what a histogram adds. */
export const baseName = (metric: string): string => metric.replace(/_(bucket|sum|count)$/, '')

/** The word at the end of a metric's name that tells its unit; undefined where none does. */
export function unitWordOf(metric: string): string | undefined {
  const word = baseName(metric)
    .replace(/_total$/, '')
    .split('_')
    .at(-1)
  return word !== undefined && Object.hasOwn(byWord, word) ? word : undefined
}

/** The unit of a metric by its metadata, or else by its name. */
export function unitOfMetric(metric: string, said: string | undefined): Unit {
  if (/_(bucket|count)$/.test(metric)) return noUnit
  const known = byWord[(said ?? '').toLowerCase()]
  if (known) return known
  const word = unitWordOf(metric)
  return word === undefined ? noUnit : byWord[word]
}

/** The names of all metrics a query reads, each once. */
export function metricsIn(expression: Expression): readonly string[] {
  const names = selectorsIn(expression).map((selector) => {
    const exact = selector.matchers.find(({ name, op }) => name === '__name__' && op === '=')
    return selector.name === '' ? exact?.value : selector.name
  })
  return [...new Set(names.filter((name) => name !== undefined))]
}

/** Everything a query selects series by, in its order. */
export function selectorsIn(node: Expression): readonly VectorSelector[] {
  return node.kind === 'vector-selector' ? [node] : childrenOf(node).flatMap(selectorsIn)
}

/** What an expression is made of. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'matrix-selector':
      return [node.selector]
    case 'subquery':
    case 'unary':
    case 'parentheses':
      return [node.of]
    case 'call':
      return node.args
    case 'aggregation':
      return node.parameter ? [node.parameter, node.of] : [node.of]
    case 'binary':
      return [node.left, node.right]
    default:
      return []
  }
}

type Known = (metric: string) => string | undefined

/** The unit of a query's values; `known` is what metadata says of a metric. */
export function unitOfQuery(expression: Expression, known: Known): Unit {
  const found = unitOf(expression, known)
  // Seconds per second are a number of cores, or a share of time: no unit to write.
  return found.kind === 'seconds' && found.perSecond ? noUnit : found
}

function unitOf(expression: Expression, known: Known): Unit {
  const node = bare(expression)
  switch (node.kind) {
    case 'vector-selector': {
      const [name] = metricsIn(node)
      return name === undefined ? noUnit : unitOfMetric(name, known(baseName(name)))
    }
    case 'matrix-selector':
      return unitOf(node.selector, known)
    case 'subquery':
    case 'unary':
      return unitOf(node.of, known)
    case 'aggregation':
      return /^(count|group|count_values|stdvar)$/.test(node.op) ? noUnit : unitOf(node.of, known)
    case 'call':
      return unitOfCall(node, known)
    case 'binary':
      return unitOfBinary(node, known)
    default:
      return noUnit
  }
}

const ofWhatIsMeasured = /^histogram_(quantile|avg|sum|stddev)$/
const counts =
  /^(count_over_time|present_over_time|changes|resets|absent|absent_over_time|histogram_count|stdvar_over_time|sgn)$/

function unitOfCall(node: Call, known: Known): Unit {
  const { name, args } = node
  if (name === 'time' || name === 'timestamp') return unit('seconds')
  if (name === 'histogram_fraction') return unit('ratio')
  if (counts.test(name)) return noUnit
  if (ofWhatIsMeasured.test(name)) {
    const [metric] = metricsIn(node)
    const base = baseName(metric ?? '')
    return unitOfMetric(base, known(base))
  }
  const of = args.find((arg) => bare(arg).kind !== 'number' && bare(arg).kind !== 'string')
  if (of === undefined) return noUnit
  const inner = unitOf(of, known)
  return /^(rate|irate|deriv)$/.test(name) ? { ...inner, perSecond: true } : inner
}

function unitOfBinary({ op, left, right }: Binary, known: Known): Unit {
  const one = unitOf(left, known)
  const other = unitOf(right, known)
  if (bare(right).kind === 'number') return one
  if (bare(left).kind === 'number') return op === '/' ? noUnit : other
  if (op !== '/') return op === '*' ? noUnit : one
  if (one.kind === other.kind && one.scale === other.scale && one.perSecond === other.perSecond)
    return unit('ratio')
  // So many seconds each second, among so many requests each second: seconds a request.
  if (other.kind === 'none') return { ...one, perSecond: one.perSecond && !other.perSecond }
  return noUnit
}
