/** Queries by chance, from a seed: each fits together, and asks of what `data.ts` writes. */
import type { Random } from '../story/span.ts'

const order = ['=', '!=', '>', '>=', '<', '<=']
const equality = ['=', '!=']
const durations = ['500ns', '10us', '1ms', '25ms', '500ms', '1s', '2.5s']

/** A query that finds traces. */
export function generateSearch(random: Random): string {
  return spansets(random) + stages(random)
}

/** A query that gives numbers over time. What is counted and grouped by is nothing it asks for besides: Tempo knows only what was asked for. */
export function generateMetrics(random: Random): string {
  const from = random.next() < 0.2 ? '{}' : spansets(random)
  const unasked = (names: readonly string[]): string =>
    random.pick(names.filter((name) => name.split(', ').every((one) => !from.includes(one))))
  const by = unasked(['', ...groups, 'name, kind', '.region, resource.service.name', 'span.customer, status'])
  const of = unasked(['duration', 'span.size', 'traceDuration', 'resource.load'])
  const counted = random.pick([
    'rate()',
    'count_over_time()',
    `${random.pick(['min', 'max', 'avg'])}_over_time(${of})`,
    `quantile_over_time(${of}, ${random.pick(['.5', '.9, .99', '0, 1'])})`,
    `histogram_over_time(${of})`,
  ])
  return `${from} | ${counted}${by === '' ? '' : ` by (${by})`}`
}

const relations = '> >> < << ~ !> !>> !< !<< !~ &> &< &~'.split(' ')

function spansets(random: Random, depth = 2): string {
  if (depth === 0 || random.next() < 0.4) return `{ ${conditions(random)} }`
  const [left, right] = [spansets(random, depth - 1), spansets(random, depth - 1)]
  const op = random.pick(['&&', '||', ...relations])
  // With brackets now and then, without where what binds how strongly decides.
  return random.next() < 0.5 ? `${left} ${op} ${right}` : `(${left}) ${op} (${right})`
}

function conditions(random: Random): string {
  const parts = Array.from({ length: Math.floor(random.between(1, 4)) }, () => condition(random))
  if (random.next() < 0.15) parts.push(ofItem(random))
  return parts.reduce((left, right) => {
    const joined = `${left} ${random.pick(['&&', '||'])} ${right}`
    return random.next() < 0.3 ? `(${joined})` : joined
  })
}

function condition(random: Random): string {
  const op = random.pick(order)
  const same = random.pick(equality)
  return random.pick([
    () => `name ${same} "${random.pick(['GET /', 'POST /orders', 'cache get'])}"`,
    () => `name ${random.pick(['=~', '!~'])} "${random.pick(['GET.*', '.*(stock|mail)', 'cache .+'])}"`,
    () => `${random.pick(['duration', 'traceDuration'])} ${op} ${random.pick(durations)}`,
    () => `status ${same} ${random.pick(['error', 'ok', 'unset'])}`,
    () => `kind ${same} ${random.pick(['server', 'client', 'internal', 'unspecified'])}`,
    () => `statusMessage ${same} "timeout"`,
    () => `rootName ${same} "${random.pick(['GET /', 'send mail'])}"`,
    () => `resource.service.name ${same} "${random.pick(['frontend', 'stock'])}"`,
    () => `.region ${same} "${random.pick(['eu', 'asia'])}"`,
    () => `resource.replica ${op} ${random.pick(['1', '2', '4'])}`,
    () => `span.http.method ${random.pick(['=', '!=', '=~'])} "GET"`,
    () => `.http.status_code ${op} ${random.pick(['200', '404', '500'])}`,
    () => `span.size ${op} ${random.pick(['1', '30', '1000', '50000'])}`,
    () => `span.ratio ${op} ${random.pick(['0.1', '.5005', '0.9'])}`,
    () => `span.cached ${same} ${random.pick(['true', 'false'])}`,
    () => `span.customer ${same} "${random.pick(['ann', 'Zoë', ''])}"`,
    () => `span.customer ${random.pick(['=~', '!~'])} "${random.pick(['a.*|bob', '.*o.*'])}"`,
    () => `${random.pick(['span.customer', 'span.size', 'span.cached', '.region'])} != nil`,
    () => `instrumentation:name ${same} "http"`,
    () => `instrumentation.level ${op} 2`,
    () => 'nestedSetParent < 0',
    () =>
      `span.size ${random.pick(['* 2', '+ 100', '- 1', '/ 3', '% 7'])} ${op} ${random.pick(['5', '500'])}`,
  ])()
}

/** Of events, once a set: Tempo does not always ask it of one and the same event. */
function ofItem(random: Random): string {
  return random.pick([
    'event:name = "exception"',
    'event.attempt > 2',
    'event.exception.type = "Timeout"',
    'event:timeSinceStart > 1ms',
    'link.reason = "retry"',
  ])
}

const groups = [
  'name',
  'status',
  'kind',
  'resource.service.name',
  'span.customer',
  'span.cached',
  '.region',
  'rootName',
  'span.http.status_code',
]

function stages(random: Random): string {
  const number = random.pick([
    'count()',
    'count()',
    'avg(span.size)',
    'max(duration)',
    'min(span.ratio)',
    'sum(span.size)',
    'avg(duration)',
  ])
  const bound = number.startsWith('count')
    ? random.pick(['1', '2', '5'])
    : number.includes('duration')
      ? random.pick(durations)
      : number.includes('ratio')
        ? '0.3'
        : random.pick(['100', '5000'])
  const compared = ` | ${number} ${random.pick(order)} ${bound}`
  const grouped = ` | by(${random.pick(groups)})`
  return random.pick(['', '', compared, grouped, grouped + compared, `${grouped} | coalesce()${compared}`])
}
