/** Queries by chance, from a seed: each fits together, and asks of what `data.ts` writes. */
import type { Random } from '../story/span.ts'

const selectors = [
  '{app="web"}',
  '{app="api"}',
  '{app="nginx"}',
  '{app="mixed"}',
  '{env="dev"}',
  '{app=~".+"}',
  '{pod=~".*-1"}',
]
const order = ['=', '==', '!=', '>', '>=', '<', '<=']

/** A query that finds lines. */
export function generateLines(random: Random): string {
  return random.pick(selectors) + stages(random)
}

function stages(random: Random): string {
  const count = Math.floor(random.between(0, 5))
  return Array.from({ length: count }, () => stage(random)).join('')
}

function stage(random: Random): string {
  return random.pick([
    () => lineFilter(random),
    () => lineFilter(random),
    () => ` | ${parser(random)}`,
    () => ` | ${parser(random)}`,
    () => ` | ${parser(random)} | ${condition(random)}`,
    () => ` | ${condition(random)}`,
    () => ` | ${format(random)}`,
  ])()
}

function lineFilter(random: Random): string {
  const term = (): string =>
    random.pick(['"error"', '"GET"', '"status"', '"1"', '`"level"`', '"☃"', '"done"'])
  return random.pick([
    () => ` |= ${term()}`,
    () => ` != ${term()}`,
    () => ` |= ${term()} or ${term()}`,
    () => ` != ${term()} or ${term()}`,
    () =>
      ` ${random.pick(['|~', '!~'])} ${random.pick(['"(info|warn)"', '"[0-9]{3}"', '"(?i)Get|done"', '`\\s/\\w*`'])}`,
    () => ` ${random.pick(['|>', '!>'])} ${random.pick(['"<_>level<_>"', '"<_> - - <_>"', '"level=<_>"'])}`,
    () =>
      ` ${random.pick(['|=', '!='])} ip("${random.pick(['10.0.0.0/16', '192.168.4.5', '10.0.0.1-10.0.3.255'])}")`,
  ])()
}

function parser(random: Random): string {
  return random.pick([
    'json',
    'json level, id="user.id"',
    'logfmt',
    'logfmt --strict',
    'logfmt --keep-empty',
    'logfmt level, code="status"',
    'pattern `<ip> - - <_> "<method> <path> <_>" <status> <size> <took>`',
    'pattern `<first> <rest>`',
    'regexp `(?P<word>[a-z]+)[=:" ]+(?P<number>\\d+)`',
    'unpack',
  ])
}

function condition(random: Random, depth = 1): string {
  const op = random.pick(order)
  const same = random.pick(['=', '!='])
  const one = random.pick([
    () => `status ${op} ${random.pick(['200', '404', '500'])}`,
    () => `took ${op} ${random.pick(['100ms', '1.5s', '1m'])}`,
    () => `${random.pick(['size', 'bytes'])} ${op} ${random.pick(['1KB', '2KiB', '10B'])}`,
    () => `ratio ${op} ${random.pick(['0.5', '.25', '-1'])}`,
    () => `level ${same} "${random.pick(['error', 'info', ''])}"`,
    () => `level ${random.pick(['=~', '!~'])} "${random.pick(['err.*', 'info|warn', '.+'])}"`,
    () => `region ${same} "${random.pick(['eu', ''])}"`,
    () => `pod ${random.pick(['=~', '!~'])} ".*-1"`,
    () => `method ${same} "GET"`,
    () => `ip ${same} ip("10.0.0.0/16")`,
    () => `__error__ ${same} ""`,
    () => `missing ${op} 5`,
  ])()
  if (depth === 0 || random.next() < 0.6) return one
  const joined = `${one} ${random.pick(['and', 'or', ','])} ${condition(random, depth - 1)}`
  return random.next() < 0.3 ? `(${joined})` : joined
}

function format(random: Random): string {
  return random.pick([
    'line_format "{{.level}} {{.status}}"',
    'line_format "{{ToUpper .msg | trunc 6}} {{.pod}}"',
    'line_format "{{if eq .level `error`}}bad{{else}}{{__line__}}{{end}}"',
    'label_format lvl=level',
    'label_format level="{{ToUpper .level}}", again=status',
    'label_format pod="{{.app}}-{{.env}}"',
    'drop level, region=~".*"',
    'drop level="info"',
    'drop __error_details__, __error__=~".+"',
    'keep level, status, app=~".*"',
    'keep pod, level=~"info|warn"',
    'decolorize',
  ])
}

const ranges = ['30s', '1m', '2m', '5m', '7m30s', '20m']

/** A query that counts. */
export function generateMetric(random: Random, depth = 2): string {
  const inner = (): string => generateMetric(random, depth - 1)
  const grouping = random.pick(['', ' by (app)', ' by (app, env)', ' without (pod)', ' by (level)'])
  if (depth === 0 || random.next() < 0.35) return ranged(random)
  return random.pick([
    () => `sum${grouping} (${ranged(random)})`,
    () => `${random.pick(['sum', 'avg', 'min', 'max', 'count', 'stddev', 'stdvar'])}${grouping} (${inner()})`,
    () =>
      `(${inner()}) ${random.pick(['+', '-', '*', '/', '%', '>', '<=', '== bool', '> bool'])} ${random.pick(['2', '0.5', '-3', '0'])}`,
    () => `${random.pick(['2', '0.01'])} ${random.pick(['-', '/', '<', '>='])} (${inner()})`,
    () =>
      `sum by (app) (${inner()}) ${random.pick(['+', '*', '/'])} ${random.pick(['', 'on (app) ', 'ignoring (env) '])}sum by (app) (${inner()})`,
    () => `${inner()} ${random.pick(['and', 'or', 'unless'])} on (app) ${inner()}`,
    () => `label_replace(sum by (app) (${inner()}), "copy", "$1", "app", "(.)(.*)")`,
  ])()
}

function ranged(random: Random): string {
  const range = `[${random.pick(ranges)}]${random.pick(['', '', '', ' offset 2m'])}`
  const counted = random.pick(['count_over_time', 'rate', 'bytes_over_time', 'bytes_rate'])
  const unwrapped = random.pick([
    '{app="api"} | logfmt | bytes > 1000 | unwrap bytes',
    '{app="api"} | logfmt | took > 10ms | unwrap duration(took)',
    '{app="web"} | json | ratio >= 0 | unwrap ratio',
    '{app="web"} | json | size >= 1B | __error__="" | unwrap bytes(size)',
    '{app="mixed"} | logfmt | value > -9 | __error__="" | unwrap value',
    '{app="nginx"} | pattern `<_> "<method> <_>" <status> <size> <took>` | unwrap size',
  ])
  const groups = random.pick(['', ' by (app)', ' by (level)', ' by (status, app)', ' without (msg)'])
  return random.pick([
    () => `${counted}(${random.pick(selectors)}${range})`,
    () => `${counted}(${random.pick(selectors)}${lineFilter(random)} ${range})`,
    () =>
      `${counted}(${random.pick(selectors)} | ${parser(random)} | ${condition(random)} | __error__="" ${range})`,
    () =>
      `sum by (level) (${counted}(${random.pick(selectors)} | ${parser(random)} | __error__="" ${range}))`,
    () => `sum_over_time(${unwrapped} ${range})`,
    () =>
      `${random.pick(['avg', 'min', 'max', 'stddev', 'stdvar'])}_over_time(${unwrapped} ${range})${groups}`,
    () => `quantile_over_time(${random.pick(['0', '0.5', '0.9', '1'])}, ${unwrapped} ${range})${groups}`,
    () => `rate(${unwrapped} ${range})`,
  ])()
}
