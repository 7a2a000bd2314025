import { expect, test } from 'vitest'
import { parsePromql } from '#shared/query/promql/parse'
import { metricsIn, unitOfQuery } from './unit'

const known = new Map([
  ['jvm_pause', 'ms'],
  ['queue_size', ''],
])

test.each([
  ['http_request_duration_seconds_sum', 'seconds'],
  ['rate(http_requests_total[5m])', 'none/s'],
  ['sum by (job) (rate(node_network_receive_bytes_total[5m]))', 'bytes/s'],
  ['process_resident_memory_bytes / 2', 'bytes'],
  ['histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))', 'seconds'],
  ['histogram_quantile(0.99, rate(jvm_pause_bucket[5m])) > 0', 'seconds×0.001'],
  ['rate(x_seconds_sum[5m]) / rate(x_seconds_count[5m])', 'seconds'],
  ['sum(rate(a_total{code="500"}[5m])) / sum(rate(a_total[5m]))', 'ratio'],
  ['rate(process_cpu_seconds_total[5m])', 'none'],
  ['count(up_seconds)', 'none'],
  ['time() - process_start_time_seconds', 'seconds'],
  ['{__name__="memory_bytes"}', 'bytes'],
  ['queue_size', 'none'],
  ['-(disk_used_percent)', 'percent'],
  ['1', 'none'],
])('%s is in %s', (text, expected) => {
  const { kind, scale, perSecond } = unitOfQuery(parsePromql(text).expression, (name) => known.get(name))
  expect(`${kind}${scale === 1 ? '' : `×${scale}`}${perSecond ? '/s' : ''}`).toBe(expected)
})

test('the metrics of a query are named once', () => {
  expect(
    metricsIn(
      parsePromql('a / on () (b offset 5m) + sum(rate(a[5m:1m])) + {__name__="c"} + {x="y"}').expression,
    ),
  ).toEqual(['a', 'b', 'c'])
})
