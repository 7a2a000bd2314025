import { expect, test } from 'vitest'
import { LogqlError } from '#shared/query/logql/logql-error'
import { PromqlError } from '#shared/query/promql/promql-error'
import { TraceqlError } from '#shared/query/traceql/traceql-error'
import { reasonOf } from './refusal.ts'

const at = { from: 2, to: 4 }

test.each([
  ['Tempo', new TraceqlError('syntax', at, 'no'), 'metric', { refusal: 'at line 1, col 3: no' }],
  ['Loki', new LogqlError('syntax', at, 'no'), 'metric', { refusal: 'parse error at line 1, col 3: no' }],
  ['Prometheus', new PromqlError('type', at, 'no'), 'query', { refusal: '1:3: no' }],
  ['Loki, where it is too much', new LogqlError('limit', at, 'too much'), 'metric', { refusal: 'too much' }],
  [
    'Prometheus, where it is too much',
    new PromqlError('limit', at, 'too much'),
    'query',
    { refusal: 'too much' },
  ],
  ['nobody, where it is a failure of ours', new Error('broken'), 'query', { failure: 'broken' }],
])('a query is refused as by %s', (_, thrown, name, expected) => {
  expect(reasonOf(thrown, { name, args: ['{ a }'] })).toEqual(expected)
})
