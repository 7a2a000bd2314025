/** Queries by chance, from a seed: each fits together, and asks of what `data.ts` writes. */
import { Random } from '../story/span.ts'

const gauges = 'queue_length queue_length{job="api"} workers memory_bytes late gone rare odd'.split(' ')
const counters = [
  'requests_total',
  'requests_total{code="200"}',
  'duration_seconds_count',
  'duration_seconds_sum',
]
const histograms = ['rpc_seconds', 'rpc_seconds{job="web"}', 'both']
const ranges = ['45s', '1m', '2m', '5m', '7m30s', '20m']
const overTime = 'avg sum min max count stddev stdvar last first present'.split(' ')
const aggregations = 'sum avg min max count stddev stdvar group'.split(' ')
const groupings = ['', ' by (job)', ' by (job, instance)', ' without (instance)', ' without (code, le)']
const mathFunctions = 'abs ceil floor sqrt exp ln sgn round'.split(' ')

/** A query that gives an instant vector; `depth` is how many levels it may still go down. */
export function generateQuery(random: Random, depth = 3): string {
  const inner = (): string => generateQuery(random, depth - 1)
  const choices: readonly (() => string)[] = [
    () => selector(random),
    () => `${random.pick(['rate', 'increase', 'irate', 'resets', 'changes'])}(${ranged(random, counters)})`,
    () => `${random.pick(['delta', 'idelta', 'deriv', 'changes'])}(${ranged(random, gauges)})`,
    () => `${random.pick(overTime)}_over_time(${ranged(random, [...gauges, ...counters])})`,
    () => `quantile_over_time(${quantile(random)}, ${ranged(random, gauges)})`,
    () => `histogram_${random.pick(['count', 'sum', 'avg', 'stddev'])}(${ofHistograms(random)})`,
    () => `histogram_quantile(${quantile(random)}, ${ofHistograms(random)})`,
    () => `histogram_fraction(0.01, 2, ${ofHistograms(random)})`,
    () => ofHistograms(random),
    // Of numbers that are hardly ever equal: which of equal ones is taken may differ.
    () => `${random.pick(['topk', 'bottomk'])}(2, delta(queue_length[${random.pick(ranges)}]))`,
    () =>
      `histogram_quantile(${quantile(random)}, rate(${ranged(random, ['duration_seconds_bucket', 'rpc_seconds'])}))`,
  ]
  const nested: readonly (() => string)[] = [
    () => `${random.pick(aggregations)}${random.pick(groupings)} (${inner()})`,
    () => `quantile${random.pick(groupings)} (${quantile(random)}, ${inner()})`,
    () => `${random.pick(mathFunctions)}(${inner()})`,
    () => `clamp_max(${inner()}, ${Math.ceil(random.between(1, 100))})`,
    () => `(${inner()}) ${random.pick(['+', '*', '/', '>', '<=', '== bool', '> bool'])} ${number(random)}`,
    () => `${number(random)} ${random.pick(['-', '/', '<'])} (${inner()})`,
    () =>
      `${summed(inner())} ${random.pick(['+', '*', '/', '>', '<'])} ${matching(random)}${summed(inner())}`,
    () =>
      `${inner()} ${random.pick(['and', 'or', 'unless'])} on (job${random.pick(['', ', instance'])}) ${inner()}`,
    () =>
      `${random.pick(overTime)}_over_time((${inner()})[${random.pick(ranges)}:${random.pick(['15s', '30s', '1m', ''])}])`,
    () => `label_replace(${inner()}, "copy", "$1", "job", "(.)(.*)")`,
    () => `-(${inner()})`,
    () => `absent(${inner()})`,
    () => `vector(scalar(max(${inner()})))`,
  ]
  return random.pick(depth === 0 || random.next() < 0.25 ? choices : nested)()
}

function selector(random: Random): string {
  return random.pick([...gauges, ...counters]) + moment(random)
}

function ofHistograms(random: Random): string {
  const of = random.pick([
    random.pick([...histograms, 'pool_level']) + moment(random),
    `${random.pick(['rate', 'increase', 'irate'])}(${ranged(random, histograms)})`,
    `${random.pick(['delta', 'sum_over_time', 'avg_over_time'])}(${ranged(random, [...histograms, 'pool_level'])})`,
  ])
  return random.pick([of, `${random.pick(['sum', 'avg'])}${random.pick(groupings)} (${of})`])
}

function ranged(random: Random, from: readonly string[]): string {
  return `${random.pick(from)}[${random.pick(ranges)}]${moment(random)}`
}

function moment(random: Random): string {
  return random.pick(['', '', '', '', ' offset 1m', ' offset -45s', ' @ end()', ' @ start() offset 90s'])
}

function quantile(random: Random): string {
  return random.pick(['0', '0.1', '0.5', '0.9', '0.99', '1'])
}

function number(random: Random): string {
  return random.pick(['0.5', '2', '10', '1e3', '-3', '(1 + 2)'])
}

/** With no more than one series for each job, so that it has one partner. */
function summed(query: string): string {
  return `sum by (job) (${query})`
}

function matching(random: Random): string {
  return random.pick(['', 'on (job) ', 'ignoring (instance) '])
}
