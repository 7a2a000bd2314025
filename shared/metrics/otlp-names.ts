/**
 * Names and labels as Prometheus 3 makes them of what it is sent by OTLP.
 * https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 */

/** Units of UCUM that have a word. */
const unitWords: Readonly<Record<string, string>> = {
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  TiBy: 'tibibytes',
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  TBy: 'terabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '1': '',
  '%': 'percent',
}

/** Behind a stroke, where one of them is meant. */
const perWords: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
}

/** What kind of numbers a metric has. */
export type OtlpKind = 'counter' | 'gauge' | 'histogram' | 'summary'

const tokensOf = (text: string): string[] => text.split(/[^a-zA-Z0-9:]+/u).filter((token) => token !== '')

/** A unit in words, and what it is per; empty for none. What stands in braces is a remark. */
function wordsOf(unit: string): readonly [above: string, below: string] {
  const [above, ...below] = unit.split('/')
  return [inWords(above, unitWords), inWords(below.join('/'), perWords)]
}

function inWords(unit: string, known: Readonly<Record<string, string>>): string {
  return unit.includes('{') ? '' : tokensOf(known[unit.trim()] ?? unit).join('_')
}

/** The unit in words; empty for none. */
export function unitText(unit: string): string {
  const [above, below] = wordsOf(unit)
  return [above, below === '' ? '' : `per_${below}`].filter((word) => word !== '').join('_')
}

/** `http.server.request.duration` in `s` is `http_server_request_duration_seconds`; a counter ends with `_total`. */
export function prometheusName(name: string, unit: string, kind: OtlpKind): string {
  const tokens = tokensOf(name)
  const [above, below] = wordsOf(unit)
  if (above !== '' && !tokens.includes(above)) tokens.push(above)
  if (below !== '' && !tokens.includes(below)) tokens.push('per', below)
  if (kind === 'gauge' && unit === '1' && !tokens.includes('ratio')) tokens.push('ratio')
  const all = kind === 'counter' ? [...tokens.filter((token) => token !== 'total'), 'total'] : tokens
  const joined = all.join('_')
  return /^\d/u.test(joined) ? `_${joined}` : joined
}

/** The name of a label. */
export function labelName(attribute: string): string {
  const name = attribute.replaceAll(/\W/gu, '_')
  return /^\d/u.test(name) ? `key_${name}` : name
}
