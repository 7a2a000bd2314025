import { expect, test } from 'vitest'
import { learnLogFacts, withMet, withMetPlace } from '#shared/correlate/learn-log-facts'
import { learnExemplars } from '#shared/correlate/metric-facts'
import { redFamilies } from '#shared/metrics/red'
import { type KeptFacts, keptFactsSchema, readKeptFacts } from './kept-facts'

const learned = { isPart: false, tookMs: 12, learnedMs: 1e12 }
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

const ofLogs = [
  { label: 'service_name', values: ['pay'] },
  { label: 'app', values: ['till'] },
]
const lineOf = { traceId, spanId: undefined, where: 'trace_id in metadata', field: undefined }
const logs = withMetPlace(
  withMet(
    learnLogFacts(
      ofLogs,
      [{ ...lineOf, beside: { name: 'trace_id', value: traceId, span: undefined } }],
      [],
      ['app'],
    ),
    {
      service: 'order',
      clock: { leastMs: -5, mostMs: 3, met: 1, example: traceId },
      stream: { service_name: 'pay' },
    },
  ),
  { in: 'metadata', name: 'id' },
  traceId,
)
const families = redFamilies([
  'http_server_request_duration_seconds_bucket',
  'traces_spanmetrics_latency_bucket',
  'traces_service_graph_request_server_seconds',
])
const kept: KeptFacts = {
  traces: { of: 'a', facts: { services: ['order'], ...learned } },
  logs: { of: 'a', facts: { ...logs, compared: { b: 1 }, ...learned } },
  metrics: {
    of: 'a',
    facts: {
      measures: families.map((family) => ({ family, groups: [{ job: 'shop/pay' }] })),
      ...learnExemplars([{ labels: {}, exemplars: [{ labels: { trace_id: traceId }, value: 1, time: 1 }] }]),
      ...learned,
    },
  },
}
const written = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test('everything that is learned is kept, and is the same when it is read', () => {
  expect(families).toHaveLength(3)
  expect(readKeptFacts(written(kept))).toEqual(written(kept))
  expect(keptFactsSchema.parse(written(kept))).toEqual(written(kept))
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['no facts', 'facts'],
  ['a list', [1]],
  ['of another shape', { traces: { of: 'a', facts: { services: 'order', ...learned } } }],
  ['without when it was learned', { traces: { of: 'a', facts: { services: [], isPart: false, tookMs: 1 } } }],
  ['of nobody', { traces: { facts: { services: [], ...learned } } }],
  ['with names without end', { traces: { of: 'a', facts: { services: ['a'.repeat(1e6)], ...learned } } }],
])('what is damaged is as good as nothing: %s', (_, value) => {
  expect(readKeptFacts(value)).toEqual({})
})

test('a part that is damaged costs itself alone', () => {
  const damaged = { ...kept, logs: { of: 'a', facts: { ...kept.logs?.facts, places: [{ kind: 'moon' }] } } }
  const { traces, metrics } = written(kept) as KeptFacts
  expect(readKeptFacts(written(damaged))).toEqual({ traces, metrics })
})
