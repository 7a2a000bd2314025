import { expect, test } from 'vitest'
import { traceFromText } from '../../../test/builders/trace-from-text.ts'
import { packTexts } from '#shared/base/text-list'
import { type GroupBy, type Grouping, groupSpans } from '#shared/derive/groups/grouping'
import { type GroupMeasures, measureGroups } from '#shared/derive/groups/measure'
import { type GroupSort, orderGroups, orderSpans } from '#shared/derive/groups/order'

const trace = traceFromText(`
edge: GET /cart      0..100 error
  cart: load        10..20
  cart: load        20..50  error
  cart: GET /cart   50..90
    ? lost
      edge: mail    60..61
`)
const { spans } = trace
const byAttribute: GroupBy = { kind: 'attribute', key: 'size' }
/** load and load are large, GET /cart of cart is small, others say nothing. */
const sizes = {
  key: 'size',
  valueOf: Int32Array.of(-1, 0, 0, 1, -1, -1),
  values: packTexts(['large', 'small']),
  counts: Int32Array.of(2, 1),
}

function measure(grouping: Grouping, included?: Uint8Array): GroupMeasures {
  return last(measureGroups(spans, grouping, included))
}

/** What it gives in the end. */
function last<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

const nameOf = ({ service, name, value }: Grouping, group: number): string =>
  [trace.services[service[group]], trace.names[name[group]], ['large', 'small'][value[group]]]
    .filter(Boolean)
    .join(' ') || 'not set'

/** `name count errors total self p50 p99`, in milliseconds, in order. */
function table(by: GroupBy, sort: GroupSort, text = '', included?: Uint8Array): readonly string[] {
  const grouping = groupSpans(trace, by, by.kind === 'attribute' ? sizes : undefined)
  const measures = measure(grouping, included)
  const order = last(orderGroups(measures, (group) => nameOf(grouping, group), sort, text))
  return Array.from(order, (group) =>
    [
      nameOf(grouping, group),
      measures.count[group],
      measures.errors[group],
      ...(['total', 'self', 'p50', 'p99'] as const).map((column) => measures[column][group] / 1e6),
    ].join(' '),
  )
}

const byTotal: GroupSort = { column: 'total', descending: true }

test('spans are grouped by service, operation and attribute; a missing row is in no group', () => {
  expect(table({ kind: 'service' }, byTotal)).toEqual(['edge 2 1 101 21 1 100', 'cart 3 1 80 80 30 40'])
  expect(table({ kind: 'operation' }, byTotal)).toEqual([
    'edge GET /cart 1 1 100 20 100 100',
    'cart load 2 1 40 40 10 30',
    'cart GET /cart 1 0 40 40 40 40',
    'edge mail 1 0 1 1 1 1',
  ])
  expect(table(byAttribute, byTotal)).toEqual([
    'not set 2 1 101 21 1 100',
    'large 2 1 40 40 10 30',
    'small 1 0 40 40 40 40',
  ])
})

test('only what is in view is measured, and a group without any is not there', () => {
  expect(table({ kind: 'operation' }, byTotal, '', Uint8Array.of(0, 0, 1, 1, 1, 0))).toEqual([
    'cart GET /cart 1 0 40 40 40 40',
    'cart load 1 1 30 30 30 30',
  ])
})

/** Only the names of the table by operation. */
const names = (sort: GroupSort, text: string): readonly string[] =>
  table({ kind: 'operation' }, sort, text).map((line) => line.replace(/( [\d.]+){6}$/, ''))

test('a text leaves the groups whose name holds it; names are sorted as people do', () => {
  expect(names({ column: 'name', descending: false }, '')).toEqual([
    'cart GET /cart',
    'cart load',
    'edge GET /cart',
    'edge mail',
  ])
  expect(names({ column: 'count', descending: true }, ' CART l')).toEqual(['cart load'])
  const numbers = { count: Int32Array.of(1, 1, 1) } as unknown as GroupMeasures
  const texts = ['500', '99', '1000']
  expect([
    ...last(orderGroups(numbers, (at) => texts[at], { column: 'name', descending: true }, '')),
  ]).toEqual([2, 0, 1])
})

test('a percentile is a duration that occurred', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `shop: step 0..${at + 1}`)
  const drawn = traceFromText(lines.join('\n'))
  const steps = measureGroups(drawn.spans, groupSpans(drawn, { kind: 'service' }, undefined), undefined)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  const { p50, p95, p99, max, count } = step.value
  expect([p50[0], p95[0], p99[0], max[0]].map((ns) => ns / 1e6)).toEqual([10, 19, 20, 20])
  expect(count[0]).toBe(20)
})

test('the spans of a group are sorted as the groups are', () => {
  const rows = Int32Array.of(1, 2, 3)
  const sorted = (column: GroupSort['column'], descending: boolean) => [
    ...orderSpans(spans, rows, { column, descending }),
  ]
  expect(sorted('p95', true)).toEqual([3, 2, 1])
  expect(sorted('errors', true)).toEqual([2, 3, 1])
  expect(sorted('name', false)).toEqual([1, 2, 3])
  expect(sorted('self', false)).toEqual([1, 2, 3])
})
