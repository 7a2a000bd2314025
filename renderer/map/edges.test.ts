import { expect, test } from 'vitest'
import { type Edge, edgeKey, filterEdges, mergeEdges } from './edges'

const jaeger = { id: 'j', name: 'Jaeger' }
const zipkin = { id: 'z', name: 'Zipkin' }

const answers = [
  {
    source: jaeger,
    edges: [
      { parent: 'web', child: 'order', callCount: 40, errorCount: undefined },
      { parent: 'order', child: 'Payment', callCount: 7, errorCount: undefined },
    ],
  },
  { source: zipkin, edges: [{ parent: 'web', child: 'order', callCount: 38, errorCount: 2 }] },
  { source: { id: 'down', name: 'Down' }, edges: undefined },
]

const row = ({ parent, child, calls, errors, sources }: Edge) =>
  [`${parent}→${child}`, calls, errors, ...sources.map(({ name }) => name)] as const

test('where sources counted differently each has its row, and no number stands beside another’s name', () => {
  expect(mergeEdges(answers).map(row)).toEqual([
    ['web→order', 40, undefined, 'Jaeger'],
    ['web→order', 38, 2, 'Zipkin'],
    ['order→Payment', 7, undefined, 'Jaeger'],
  ])
  expect(new Set(mergeEdges(answers).map(edgeKey)).size).toBe(3)
})

test('sources that agree share a row, and who does not count errors contradicts nobody', () => {
  const edge = { parent: 'web', child: 'order', callCount: 40 }
  const same = [
    { source: jaeger, edges: [{ ...edge, errorCount: undefined }] },
    { source: zipkin, edges: [{ ...edge, errorCount: 2 }] },
  ]
  expect(mergeEdges(same).map(row)).toEqual([['web→order', 40, 2, 'Jaeger', 'Zipkin']])
})

const found = (text: string): readonly string[] =>
  filterEdges(mergeEdges(answers), text).map((edge) => edge.child)

test('a filter finds caller and callee, in any case', () => {
  expect([found(' WEB '), found('payment'), found('nobody'), found('')]).toEqual([
    ['order', 'order'],
    ['Payment'],
    [],
    ['order', 'order', 'Payment'],
  ])
})
