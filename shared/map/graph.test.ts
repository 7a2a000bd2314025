import { expect, test } from 'vitest'
import {
  type CallFigures,
  callOf,
  edgeId,
  mergeTellings,
  type Origin,
  sumOf,
  tellerOf,
  type ToldCall,
  unknownFigures,
} from '#shared/map/graph'

const jaeger: Origin = { id: 'j', name: 'Jaeger', kind: 'dependencies' }
const prometheus: Origin = { id: 'p', name: 'Prometheus', kind: 'service-graph' }

const call = (
  parent: string,
  child: string,
  figures: Partial<CallFigures>,
  childKind: ToldCall['childKind'] = 'service',
): ToldCall => ({
  parent,
  child,
  parentKind: 'service',
  childKind,
  figures: { ...unknownFigures, ...figures },
})

const figuresOf = (telling: Parameters<typeof mergeTellings>[0][number]) =>
  mergeTellings([telling]).nodes.find(({ name }) => name === 'c')?.figures

test('a call that two sources tell of is one edge, with the figures of the one that knows more', () => {
  const { edges } = mergeTellings([
    { origin: jaeger, calls: [call('order', 'payment', { calls: 90 })] },
    { origin: prometheus, calls: [call('order', 'payment', { rate: 3, errors: 0.1, p95: 2 })] },
  ])
  expect(edges).toHaveLength(1)
  expect(edges[0].figures).toMatchObject({ rate: 3, errors: 0.1, p95: 2, calls: undefined })
  expect(edges[0].told.map(({ origin }) => origin.name)).toEqual(['Prometheus', 'Jaeger'])
})

test('who saw few of the calls does not speak for who saw the others, whatever more it knows', () => {
  const zipkin: Origin = { id: 'z', name: 'Zipkin', kind: 'dependencies' }
  const sample: Origin = { id: 't', name: '40 traces of Tempo', kind: 'sample' }
  const known = { errors: 1, p50: 1, p95: 1, p99: 1 }
  const { edges, nodes } = mergeTellings([
    { origin: zipkin, calls: [call('order', 'payment', { rate: 0.01, calls: 1, ...known })] },
    { origin: jaeger, calls: [call('order', 'payment', { rate: 26, calls: 2_625 })] },
    { origin: sample, calls: [call('order', 'payment', { calls: 40, ...known })] },
  ])
  expect(edges[0].told.map(({ origin }) => origin.name)).toEqual(['Jaeger', 'Zipkin', '40 traces of Tempo'])
  expect(nodes.find(({ name }) => name === 'payment')?.figures).toMatchObject({ rate: 26, errors: undefined })
})

test('calls within a service are no edges, and a service that calls nobody else is there', () => {
  const calls = [call('a', 'a', { calls: 1 }), call('b', 'b', { calls: 7 }), call('b', 'c', { calls: 2 })]
  const { nodes, edges } = mergeTellings([{ origin: jaeger, calls }])
  expect(edges.map(({ id }) => id)).toEqual(['["b","c"]'])
  expect(nodes.find(({ name }) => name === 'b')?.within?.calls).toBe(7)
  expect(nodes.map(({ name, figures, isCalled }) => [name, figures.calls, isCalled])).toEqual([
    ['a', 1, true],
    ['b', 2, false],
    ['c', 2, true],
  ])
})

test('the more special kind of two wins', () => {
  const { nodes } = mergeTellings([
    {
      origin: prometheus,
      calls: [call('order', 'redis', {}, 'outside'), call('cart', 'pay', {}, 'outside')],
    },
    { origin: jaeger, calls: [call('order', 'redis', {}, 'database'), call('pay', 'bank', {})] },
  ])
  expect(Object.fromEntries(nodes.map(({ name, kind }) => [name, kind]))).toEqual({
    order: 'service',
    redis: 'database',
    cart: 'service',
    pay: 'service',
    bank: 'service',
  })
})

test('a service answers the sum of its calls; quantiles of several are not known, unless the source says', () => {
  const calls = [
    call('a', 'c', { rate: 1, errors: 1, p95: 1 }),
    call('b', 'c', { rate: 3, errors: 0, p95: 9 }),
  ]
  expect(figuresOf({ origin: prometheus, calls })).toEqual({
    ...unknownFigures,
    rate: 4,
    errors: 0.25,
  })
  const told = { ...unknownFigures, rate: 4, errors: 0.25, p95: 8 }
  expect(figuresOf({ origin: prometheus, calls, answered: new Map([['c', told]]) })).toEqual(told)
})

test('calls of one trace, which is laid over what was counted, are no part of the sum', () => {
  const trace = { id: 't', name: 'this trace', kind: 'trace' } as const
  const calls = [call('a', 'c', { rate: 0.02, calls: 41, errors: 0.1 })]
  const over = { origin: trace, calls: [call('b', 'c', { calls: 1, errors: 1 })] }
  const [, ...nodes] = mergeTellings([{ origin: jaeger, calls }, over]).nodes
  expect(nodes.find(({ name }) => name === 'c')?.figures).toMatchObject({
    rate: 0.02,
    calls: 41,
    errors: 0.1,
  })
  // A service that only the trace knows is told by it.
  expect(nodes.find(({ name }) => name === 'b')?.figures).toMatchObject({
    rate: undefined,
    calls: 1,
    errors: 1,
  })
})

test('who is called by nobody is told by what it calls', () => {
  const [gateway] = mergeTellings([
    { origin: jaeger, calls: [call('gateway', 'a', { calls: 2 }), call('gateway', 'b', { calls: 3 })] },
  ]).nodes
  expect(gateway).toMatchObject({ name: 'gateway', isCalled: false, figures: { calls: 5 } })
})

const namespacesOf = (...tellings: Parameters<typeof mergeTellings>[0]) =>
  Object.fromEntries(mergeTellings(tellings).nodes.map(({ name, namespace }) => [name, namespace]))

test('a namespace is what a teller says, else what stands before a slash', () => {
  const calls = [call('edge', 'shop/order', {}), call('shop/order', 'eu/shop/pay', {})]
  expect(
    namespacesOf(
      { origin: jaeger, calls },
      { origin: prometheus, calls: [], namespaces: new Map([['edge', 'dmz']]) },
    ),
  ).toEqual({ edge: 'dmz', 'shop/order': 'shop', 'eu/shop/pay': 'eu/shop' })
})

test('one namespace for all tells nothing apart', () => {
  const calls = [call('edge', 'shop/order', {}), call('shop/order', 'shop/pay', {})]
  expect(namespacesOf({ origin: jaeger, calls })).toEqual({ edge: '', 'shop/order': '', 'shop/pay': '' })
})

test('no two calls have the same id, whatever services are called', () => {
  expect(edgeId('a\nb', 'c')).not.toBe(edgeId('a', 'b\nc'))
  expect([edgeId('a\nb', 'c'), 'shop', '["odd'].map(callOf)).toEqual([['a\nb', 'c'], undefined, undefined])
})

test.each([
  ['one failed and of one it is not known', 1, undefined, { errors: 0.5, errorsAreLeast: true }],
  ['none is known to have failed, and of one it is not known', 0, undefined, { errors: undefined }],
  ['one failed and one did not', 1, 0, { errors: 0.5 }],
])('of two calls of which %s', (_, one, other, expected) => {
  const [first, second] = [one, other].map((errors) => ({ ...unknownFigures, rate: 1, calls: 1, errors }))
  expect(sumOf([first, second])).toEqual({ ...unknownFigures, rate: 2, calls: 2, ...expected })
})

test('of a call of a service to itself, the service tells', () => {
  expect([edgeId('a', 'a'), edgeId('a', 'b'), 'a', '["a"'].map(tellerOf)).toEqual([
    'a',
    edgeId('a', 'b'),
    'a',
    '["a"',
  ])
})
