import { expect, test } from 'vitest'
import { noConditions, type Source, type TraceQuery } from './contract'
import { kindTag } from './kind-tag'
import { searchText } from './search-text'

const query: TraceQuery = {
  ...noConditions,
  service: 'order-service',
  operation: 'POST /orders',
  tags: [{ key: 'http.status_code', value: '500' }, kindTag('server')],
  minDurationNs: 1.2e9,
  errorsOnly: true,
  startMs: 0,
  endMs: 1,
  limit: 20,
  traceql: '',
}
const source = (kind: Source['kind'], traceql = false) =>
  ({ kind, capabilities: { traceql } }) as Pick<Source, 'kind' | 'capabilities'>

test.each<[string, Pick<Source, 'kind' | 'capabilities'>, Partial<TraceQuery>, string]>([
  [
    'Tempo as TraceQL',
    source('tempo', true),
    {},
    '{ resource.service.name = "order-service" && name = "POST /orders" && (.http.status_code = 500 || .http.status_code = "500") && kind = server && duration >= 1200ms && status = error }',
  ],
  [
    'Jaeger as its own form',
    source('jaeger'),
    {},
    'service=order-service&operation=POST /orders&minDuration=1200000000ns&tags={"http.status_code":"500","span.kind":"server","error":"true"}',
  ],
  ['Jaeger, with nothing but a service', source('jaeger'), { ...noConditions, service: 'a' }, 'service=a'],
  [
    'Zipkin, which is not asked for kinds',
    source('zipkin'),
    {},
    'serviceName=order-service&spanName=POST /orders&annotationQuery=http.status_code=500 and error&minDuration=1200000',
  ],
  ['Zipkin, with no conditions', source('zipkin'), noConditions, 'limit=20'],
])('what is asked of %s', (_, asked, change, expected) => {
  expect(searchText({ ...query, ...change }, asked)).toBe(expected)
})
