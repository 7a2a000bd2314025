import { expect, test } from 'vitest'
import { filterEdges, mergeEdges } from './edges'

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

test('an edge two sources know is one edge that names both, and is not counted twice', () => {
  expect(mergeEdges(answers)).toEqual([
    {
      parent: 'web',
      child: 'order',
      calls: 40,
      errors: 2,
      sources: [
        { id: 'j', name: 'Jaeger', calls: 40, errors: undefined },
        { id: 'z', name: 'Zipkin', calls: 38, errors: 2 },
      ],
    },
    {
      parent: 'order',
      child: 'Payment',
      calls: 7,
      errors: undefined,
      sources: [{ id: 'j', name: 'Jaeger', calls: 7, errors: undefined }],
    },
  ])
})

const found = (text: string): readonly string[] =>
  filterEdges(mergeEdges(answers), text).map((edge) => edge.child)

test('a filter finds caller and callee, in any case', () => {
  expect([found(' WEB '), found('payment'), found('nobody'), found('')]).toEqual([
    ['order'],
    ['Payment'],
    [],
    ['order', 'Payment'],
  ])
})
