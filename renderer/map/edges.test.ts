import { expect, test } from 'vitest'
import { type Origin, pairsOf, type Telling, unknownFigures } from '#shared/map/graph'
import { type Edge, edgeKey, edgesOf, filterEdges } from './edges'

const jaeger: Origin = { id: 'j', name: 'Jaeger', kind: 'dependencies' }
const zipkin: Origin = { id: 'z', name: 'Zipkin', kind: 'dependencies' }

const telling = (
  origin: Origin,
  calls: readonly (readonly [string, string, number, number?])[],
): Telling => ({
  origin,
  calls: calls.map(([parent, child, count, failed]) => ({
    parent,
    child,
    parentKind: 'service',
    childKind: 'service',
    figures: { ...unknownFigures, calls: count, errors: failed === undefined ? undefined : failed / count },
  })),
})
const rows = (...tellings: readonly Telling[]) => edgesOf(pairsOf(tellings), 60)

const all = rows(
  telling(jaeger, [
    ['web', 'order', 40],
    ['order', 'Payment', 7],
  ]),
  telling(zipkin, [['web', 'order', 38, 2]]),
)

const row = ({ parent, child, calls, errors, sources }: Edge) =>
  [`${parent}→${child}`, calls, errors, ...sources.map(({ name }) => name)] as const

test('where sources counted differently each has its row, and no number stands beside another’s name', () => {
  expect(all.map(row)).toEqual([
    ['web→order', 40, undefined, 'Jaeger'],
    ['web→order', 38, 2, 'Zipkin'],
    ['order→Payment', 7, undefined, 'Jaeger'],
  ])
  expect(new Set(all.map(edgeKey)).size).toBe(3)
})

test('sources that agree share a row, and who does not count errors contradicts nobody', () => {
  const same = rows(telling(jaeger, [['web', 'order', 40]]), telling(zipkin, [['web', 'order', 40, 2]]))
  expect(same.map(row)).toEqual([['web→order', 40, 2, 'Jaeger', 'Zipkin']])
})

const found = (text: string): readonly string[] => filterEdges(all, text).map((edge) => edge.child)

test('a filter finds caller and callee, in any case', () => {
  expect([found(' WEB '), found('payment'), found('nobody'), found('')]).toEqual([
    ['order', 'order'],
    ['Payment'],
    [],
    ['order', 'order', 'Payment'],
  ])
})

test('of a service graph it is how many calls its rate amounts to', () => {
  const graph: Telling = {
    origin: { id: 'p', name: 'Prometheus', kind: 'service-graph' },
    calls: [
      {
        parent: 'web',
        child: 'order',
        parentKind: 'service',
        childKind: 'service',
        figures: { ...unknownFigures, rate: 0.5, errors: 0.1 },
      },
    ],
  }
  expect(rows(graph).map(row)).toEqual([['web→order', 30, 3, 'Prometheus']])
})
