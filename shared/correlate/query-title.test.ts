import { expect, test } from 'vitest'
import { titleOfLogql, titleOfPromql } from '#shared/correlate/query-title'

test.each([
  ['histogram_quantile(0.99, sum by (le) (rate(x_bucket{job="order-service"}[1m])))', 'p99 of order-service'],
  ['histogram_quantile(0.999, rate(x_bucket[1m]))', 'p99.9'],
  ['max(db_connections{service_name="payment", state="used"})', 'db_connections of payment'],
  ['sum(rate(http_requests_total[5m]))', 'http_requests_total'],
  [' up ', 'up'],
  ['1 + 1', '1 + 1'],
])('a query of metrics: %s', (query, title) => expect(titleOfPromql(query)).toBe(title))

test.each([
  ['{service_name="payment-service"} |= "pool"', 'Lines of payment-service'],
  ['{app=~"pay.*"} | trace_id="4be1f0c2a7d94c1e8b03d5c6f2119a7e"', 'Lines of trace 4be1f0c2…'],
  [
    '{app="pay"} | trace_id="4be1f0c2a7d94c1e8b03d5c6f2119a7e" | span_id="00f067aa0ba902b7"',
    'Lines of span 00f067aa…',
  ],
  ['{app="pay"} |= `00f067aa0ba902b7` |= `4be1f0c2a7d94c1e8b03d5c6f2119a7e`', 'Lines of span 00f067aa…'],
  ['{app="pay"} | trace_id=~"(?i)0*(4be1f0c2a7d94c1e)?8b03d5c6f2119a7e"', 'Lines of trace 4be1f0c2…'],
  ['{env="prod"}', '{env="prod"}'],
  ['{service_name=~".+"} |= "pool \\"payments\\""', 'Lines with “pool "payments"”'],
  ['{app=~".+"}', 'Lines of all services'],
])('a query of logs: %s', (query, title) => expect(titleOfLogql(query)).toBe(title))
