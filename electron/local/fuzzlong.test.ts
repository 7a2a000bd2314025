/** Whatever is asked of what Clew holds is answered or refused in words: a failure of another kind would be one inside Clew. */
import { beforeAll, expect, test } from 'vitest'
import { LogqlError } from '#shared/query/logql/logql-error'
import { PromqlError } from '#shared/query/promql/promql-error'
import { TraceqlError } from '#shared/query/traceql/traceql-error'
import { simulate } from '#shared/simulate/run'
import { seededRandom } from '../../test/builders/generate-trace.ts'
import { traceQuery } from '../../test/builders/trace-query.ts'
import { demoMetrics } from './demo-metrics.ts'
import { createLogStore, type LogStore } from './log-store.ts'
import { createMetricStore, type MetricStore } from './metric-store.ts'
import { recordedLines } from './recorded-lines.ts'
import { createTraceStore, type TraceStore } from './trace-store.ts'

const endMs = 1_793_000_000_000
const window = { startMs: endMs - 120_000, endMs }
let traces: TraceStore
let metrics: MetricStore
let logs: LogStore

beforeAll(() => {
  const run = simulate({ scenario: 'bad-deploy', seed: 1, endNs: BigInt(endMs) * 1_000_000n, lengthMinutes: 2 })
  traces = createTraceStore(run)
  metrics = createMetricStore(demoMetrics(run))
  logs = createLogStore(recordedLines(run))
})

const random = seededRandom(Number(process.env['FUZZ_SEED'] ?? 1))
const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 100)
const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]

const numbers = `0 1 -1 2 0.5 -0 1e9 1e308 -1e308 1e-320 NaN Inf -Inf +Inf 0x1F 007 9007199254740993 1e999 .5 5.`.split(' ')
const durations = '0s 1ms 5m 1h 100y 1ns 999999h 1e9s 1d 1w1d -5m 5m30s'.split(' ')
const texts = ['""', '".*"', '"("', '".+"', '"a"', '"\\n"', '`\\`', '"(a+)+$"', '"[[:word:]]*"', '"💥"', '"\\uD800"', '"$1"', '"(?i)Q"', '"x{1000}"', '"constructor"', '"__proto__"', '"ip"', '"1"']

/** Words of each language, those that are written out at random among them. */
const languages = {
  promql: {
    seeds: [
      'sum by (service_name) (rate(http_server_request_duration_seconds_count[5m]))',
      'histogram_quantile(0.9, sum by (le) (rate(http_server_request_duration_seconds_bucket[5m])))',
      'label_replace({__name__=~".+"}, "x", "$1", "service_name", "(.*)")',
      'topk(2, {__name__=~".+_total"}) / on (service_name) group_left () count by (service_name) ({__name__=~".+"})',
      'max_over_time(deriv({__name__=~"http.*count"}[1m])[5m:10s] @ end() offset 1m)',
      'absent_over_time(nothing{a="b"}[1h]) or vector(time()) unless 1 > bool 2',
      'count_values("v", {__name__=~".+"}) ^ 2 % 3 atan2 scalar(vector(1))',
      'sort_by_label(label_join({__name__=~".+_count"}, "a", ",", "service_name"), "a")',
      'predict_linear({__name__=~".+_count"}[5m], 1e9) > 0',
      'quantile_over_time(0.5, {__name__=~".+_count"}[1m]) and holt_winters(x[5m], 0.5, 0.5)',
      'round({__name__=~".+"}, 0.1) + clamp({__name__=~".+"}, 1, 2)',
      'days_in_month() + hour(vector(1e300)) + year(vector(NaN))',
      'limitk(3, {__name__=~".+"}) + limit_ratio(0.5, {__name__=~".+"})',
    ],
    words: `sum avg count min max stddev stdvar topk bottomk quantile group count_values limitk limit_ratio rate irate increase delta idelta deriv changes resets
      abs ceil floor exp ln log2 log10 sqrt round clamp clamp_min clamp_max sgn sin histogram_quantile histogram_avg histogram_count histogram_fraction histogram_sum
      label_replace label_join sort sort_desc vector scalar time timestamp absent absent_over_time predict_linear double_exponential_smoothing last_over_time present_over_time
      by without on ignoring group_left group_right bool offset @ start() end() and or unless atan2 ( ) { } [ ] , : + - * / % ^ == != < > <= >= =~ !~ =
      service_name le up http_server_request_duration_seconds_bucket x __name__ [5m] [5m:1s] [1e9s] [1y:1ms] {} {a=""} {__name__=~".+"}`,
  },
  logql: {
    seeds: [
      '{service_name=~".+"} |= "a" != "b" |~ "(?i)err" | json | logfmt | level="error"',
      '{service_name=~".+"} | pattern "<_> <x>" | regexp "(?P<a>\\\\d+)" | line_format "{{.x}} {{__line__ | ToUpper | trunc 3}}"',
      'sum by (service_name) (rate({service_name=~".+"}[1m])) / 2',
      'quantile_over_time(0.9, {service_name=~".+"} | json | unwrap duration(took) | __error__="" [1m]) by (x)',
      'topk(2, count_over_time({service_name=~".+"} | label_format a=b, c="{{ add 1 2 }}" [5m] offset 1m))',
      '{service_name=~".+"} | drop a, b="c" | keep level | decolorize | unpack | a = ip("10.0.0.0/8") or b > 5 and c < 1kb',
      'label_replace(bytes_rate({service_name=~".+"}[1m]), "x", "$1", "service_name", "(.*)") > bool 1 or vector(1)',
      'absent_over_time({a="b"}[1m]) unless on (x) sum_over_time({service_name=~".+"} | unwrap x [1m])',
      '{service_name=~".+"} | line_format `{{ if eq .a "b" }}{{ else }}{{ regexReplaceAll "(.*)" .a "$1$1" }}{{ end }}`',
      '{service_name=~".+"} | line_format `{{ repeat 99999 "x" }}{{ substr 0 -1 .a }}{{ alignLeft 5 .b }}{{ div 1 0 }}{{ round 1.5 400 }}`',
    ],
    words: `sum avg min max count stddev stdvar topk bottomk rate count_over_time bytes_rate bytes_over_time absent_over_time sum_over_time avg_over_time max_over_time
      quantile_over_time first_over_time stddev_over_time rate_counter unwrap duration bytes json logfmt pattern regexp unpack line_format label_format decolorize drop keep
      --strict --keep-empty ip by without on ignoring group_left bool offset and or unless vector label_replace sort | |= != |~ !~ |> !> = =~ > < >= <= == ( ) { } [ ] , + - * / % ^
      service_name level x __error__ [5m] [1y] [1e9s] {service_name=~".+"} {} {a=""} "{{" "{{.a}}" "{{__line__}}{{__line__}}" "{{add}}" "{{and}}" "{{or}}" "{{default}}" "{{ repeat 5 }}" 5kb 3GiB`,
  },
  traceql: {
    seeds: [
      '{ resource.service.name = "payment-service" && status = error } | count() > 1 | select(name, span.x)',
      '({ name =~ ".*a.*" } >> { duration > 1ms }) && { kind = server } || { .a != nil }',
      '{ span.http.status_code >= 500 || !(traceDuration > 1s) } | by(resource.service.name) | avg(duration) > 1ms | coalesce()',
      '{} | rate() by (resource.service.name)',
      '{ true } | quantile_over_time(duration, .5, .99) by (name)',
      '{} | histogram_over_time(duration) by (status)',
      '{ event:name = "x" && link:spanID != "" } ~ { nestedSetLeft > 3 } | max(nestedSetRight) > 1',
      '{ span."a b" + 1 * 2 ^ 3 % 4 > -duration } !>> {} &< {}',
      '{ name < "z" && .a = .b } | sum(duration) = 1s | min_over_time(duration) by (span.http.method)',
    ],
    words: `{ } ( ) && || ! > >> < << ~ !> !>> !< !<< !~ &> &>> &< &<< &~ = != >= <= =~ + - * / % ^ | , by count avg max min sum select coalesce rate count_over_time
      min_over_time max_over_time avg_over_time sum_over_time quantile_over_time histogram_over_time compare topk with duration name status kind rootName traceDuration nestedSetLeft
      nestedSetParent statusMessage event:name link:traceID trace:id span:id instrumentation:name .a span.http.status_code resource.service.name parent.a event.a span."x y" nil true error
      unset ok server client childCount { {} {true} {false}`,
  },
} as const
type Language = keyof typeof languages

/** A query as people write it, with some of its words taken out, doubled or put in place of others; or words alone. */
function hostileQuery(language: Language): string {
  const { seeds, words } = languages[language]
  const all = words.split(/\s+/u)
  const word = (): string => {
    const kind = random()
    return kind < 0.15 ? oneOf(numbers) : kind < 0.3 ? oneOf(durations) : kind < 0.4 ? oneOf(texts) : oneOf(all)
  }
  if (random() < 0.1) return Array.from({ length: Math.floor(random() * 12) }, word).join(' ')
  const parts = oneOf(seeds).split(/(\s+|(?<=[()[\]{},|])|(?=[()[\]{},|]))/u)
  for (let changes = Math.floor(random() * 4); changes > 0; changes--) {
    const at = Math.floor(random() * parts.length)
    const kind = random()
    if (kind < 0.5) parts[at] = word()
    else if (kind < 0.7) parts.splice(at, 0, word())
    else if (kind < 0.85) parts.splice(at, 1)
    else parts.splice(at, 0, ...parts.slice(Math.floor(random() * parts.length)))
  }
  const query = parts.join('')
  const depth = random() < 0.05 ? Math.floor(random() * 5_000) : 0
  return '('.repeat(depth) + query + ')'.repeat(depth)
}

async function failureOf(ask: () => unknown): Promise<string | undefined> {
  try {
    await ask()
    return undefined
  } catch (error) {
    const isRefusal = error instanceof PromqlError || error instanceof LogqlError || error instanceof TraceqlError
    return isRefusal ? undefined : String(error instanceof Error ? error.stack : error)
  }
}

const steps = [1, 1000, 15_000, 1e12]

const asking: Readonly<Record<Language, (query: string) => readonly (() => unknown)[]>> = {
  promql: (query) => [
    () => metrics.query(query, endMs),
    () => metrics.queryRange(query, window, oneOf(steps)),
    () => metrics.exemplars(query, window),
  ],
  logql: (query) => [
    () =>
      logs.lines({
        query,
        startNs: `${window.startMs}000000`,
        endNs: `${endMs}000000`,
        limit: 100,
        direction: 'backward',
      }),
    () => logs.metric(query, window, oneOf(steps)),
    () => logs.fields(query, window),
  ],
  traceql: (query) => [
    () => traces.search(traceQuery(window.startMs, endMs, { traceql: query })),
    () => traces.metric(query, window, oneOf(steps)),
  ],
}

test.each(Object.keys(languages) as Language[])('%s: what is asked is answered or refused', async (language) => {
  for (let round = 0; round < rounds; round++) {
    const query = hostileQuery(language)
    const started = performance.now()
    for (const ask of asking[language](query))
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that a failure is of its own query
      expect(await failureOf(ask), query).toBeUndefined()
    if (process.env['FUZZ_SLOW'] && performance.now() - started > 1500) console.log('SLOW', performance.now() - started, query)
  }
})
