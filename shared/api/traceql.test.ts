import { parser } from '@grafana/lezer-traceql'
import { describe, expect, it } from 'vitest'
import type { TraceQuery } from '#shared/api/contract'
import { traceQuery } from '../../test/builders/trace-query'
import { traceqlDuration, traceqlOf } from './traceql'

const empty = traceQuery(0, 1)

const tag = (key: string, value: string): Partial<TraceQuery> => ({ tags: [{ key, value }] })

const cases: [says: string, form: Partial<TraceQuery>, traceql: string][] = [
  ['nothing', {}, '{}'],
  ['a service', { service: 'order' }, '{ resource.service.name = "order" }'],
  ['an operation', { operation: 'GET /a' }, '{ name = "GET /a" }'],
  [
    'everything at once, on one span',
    { service: 'a', operation: 'b', minDurationNs: 1.5e9, maxDurationNs: 2e9, errorsOnly: true },
    '{ resource.service.name = "a" && name = "b" && duration >= 1500ms && duration <= 2s && status = error }',
  ],
  ['quotes and backslashes', { service: 'a"b\\c' }, '{ resource.service.name = "a\\"b\\\\c" }'],
  ['line breaks', { operation: 'a\nb\tc' }, '{ name = "a\\nb\\tc" }'],
  ['a text tag, on span or resource', tag('http.route', '/a'), '{ .http.route = "/a" }'],
  ['a whole number, as number and as text', tag('n', '500'), '{ (.n = 500 || .n = "500") }'],
  ['a decimal number', tag('n', '-0.5'), '{ (.n = -0.5 || .n = "-0.5") }'],
  ['digits that are no number', tag('zip', '01234'), '{ .zip = "01234" }'],
  ['true and false', tag('cache.hit', 'true'), '{ (.cache.hit = true || .cache.hit = "true") }'],
  ['Jaeger’s error tag', tag('error', 'true'), '{ status = error }'],
  ['its opposite', tag('error', 'false'), '{ status != error }'],
  ['OpenTelemetry’s status as a tag', tag('otel.status_code', 'ERROR'), '{ status = error }'],
  ['Jaeger’s span kind', tag('span.kind', 'client'), '{ kind = client }'],
  ['a scope that is named', tag('resource.k8s.pod', 'p'), '{ resource.k8s.pod = "p" }'],
  ['a key with a blank', tag('my key', 'v'), '{ ."my key" = "v" }'],
  ['a key with an operator', tag('a=b', 'v'), '{ ."a=b" = "v" }'],
  ['a key with a dot before it', tag('.a', 'v'), '{ .a = "v" }'],
  ['TraceQL, which wins', { service: 'a', traceql: ' { status = ok } ' }, '{ status = ok }'],
]

describe('TraceQL from the form', () => {
  it.each(cases)('says %s', (_, form, traceql) => {
    expect(traceqlOf({ ...empty, ...form })).toBe(traceql)
  })

  // The published grammar knows neither quoted keys nor escapes like \n; Tempo 2.8 takes both.
  it.each(cases.filter(([, , traceql]) => !/\."|\\[nt]/.test(traceql)))(
    'is TraceQL by its grammar: %s',
    (_, form) => {
      const errors: string[] = []
      const text = traceqlOf({ ...empty, ...form })
      parser.parse(text).iterate({
        enter: (node) => {
          if (node.type.isError) errors.push(text.slice(node.from, node.to))
        },
      })
      expect(errors).toEqual([])
    },
  )

  it.each([
    [0, '0ns'],
    [1, '1ns'],
    [1_500, '1500ns'],
    [1_500_000, '1500us'],
    [3_600_000_000_000, '1h'],
    [90_000_000_000, '90s'],
    [0.4, '0ns'],
  ])('writes %d ns as %s', (ns, text) => {
    expect(traceqlDuration(ns)).toBe(text)
  })
})
