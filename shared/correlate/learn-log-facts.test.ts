import { expect, test } from 'vitest'
import type { LineTrace } from '#shared/logs/trace-of-line'
import type { Labels } from '#shared/api/logs'
import {
  candidateLabels,
  learnLogFacts,
  type MetLines,
  withMet,
  withMetPlace,
  withoutMetBy,
} from './learn-log-facts'
import { corrected } from './correct-log-facts'
import { selectServices, serviceOfStream, usualFacts } from './log-facts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const named: LineTrace = {
  traceId,
  spanId: '00f067aa0ba902b7',
  where: 'traceID in metadata',
  field: undefined,
  beside: { name: 'traceID', value: traceId, span: 'spanID' },
}
const inText: LineTrace = {
  traceId,
  spanId: undefined,
  where: 'an id in the line',
  field: undefined,
  beside: undefined,
}

test('labels that may name services are known by their names; where none is, any label is better than none', () => {
  expect(candidateLabels(['pod', 'app', 'service_name'])).toEqual(['service_name', 'app'])
  expect(candidateLabels(['pod', 'zone'])).toEqual(['pod'])
  expect(candidateLabels([])).toEqual([])
})

test('places are those the sample showed, the commonest first, then what is usual', () => {
  const facts = learnLogFacts([{ label: 'app', values: ['x'] }], [inText, named, named, undefined])
  expect(facts.places).toEqual([
    { kind: 'beside', trace: 'traceID', span: 'spanID' },
    { kind: 'inside', hasSpan: false },
  ])
  expect(facts.evidence.map(({ count }) => count)).toEqual([2, 1])
  expect(facts.sampled).toBe(4)
  expect(learnLogFacts([], [inText]).places).toEqual([
    { kind: 'inside', hasSpan: false },
    { kind: 'beside', trace: 'trace_id', span: 'span_id' },
  ])
})

test('a sample that says nothing leaves what is usual', () => {
  expect(learnLogFacts([], [undefined])).toMatchObject(usualFacts)
})

test('what a person said wins: a label of services, another name of traces, or none', () => {
  const facts = learnLogFacts(
    [
      { label: 'service_name', values: ['x'] },
      { label: 'app', values: ['y'] },
    ],
    // An order id that looks like a trace id.
    [{ ...named, beside: { name: 'order_trace', value: traceId, span: undefined } }],
  )
  expect(corrected(facts, { service: 'app' })).toMatchObject({
    services: [{ label: 'app', values: ['y'] }],
    places: facts.places,
  })
  expect(corrected(facts, { trace: { in: 'metadata', name: 'trace_id' } })).toMatchObject({
    places: [{ kind: 'beside', trace: 'trace_id', span: undefined }],
    naming: { in: 'metadata', name: 'trace_id' },
  })
  expect(corrected(facts, { trace: { in: 'text', name: '' } }).places).toEqual([
    { kind: 'inside', hasSpan: false },
  ])
  expect(corrected(facts, { trace: { in: 'nowhere', name: '' } }).places).toEqual([])
})

test('ids that nothing names count only where nothing else names any', () => {
  expect(learnLogFacts([], [undefined], [inText])).toMatchObject({
    naming: { in: 'text', name: '' },
    evidence: [{ count: 1 }],
  })
  expect(learnLogFacts([], [named], [inText]).naming).toBeUndefined()
})

const met = (service: string, stream: Labels, leastMs = 0, mostMs = 10): MetLines => ({
  service,
  stream,
  clock: { leastMs, mostMs, met: 1 },
})

test('lines of known spans teach what a service is called, where no likeness tells', () => {
  const facts = learnLogFacts([{ label: 'app', values: ['till', 'order'] }], [])
  expect(withMet(facts, met('order-service', { app: 'order' })).names).toEqual({})
  const taught = withMet(facts, met('payment-service', { app: 'till' }))
  expect(selectServices(taught, ['payment-service'])[0].selector).toBe('{app="till"}')
  expect(serviceOfStream({ app: 'till' }, taught)).toBe('payment-service')
  const said = corrected(taught, { names: { 'payment-service': 'cashier' } })
  expect(selectServices(said, ['payment-service'])[0].selector).toBe('{app="cashier"}')
})

test('lines of known spans teach how far the clock of their service is off, the more the narrower', () => {
  const facts = learnLogFacts([], [])
  const once = withMet(facts, met('pay', {}, -125_000, -120_000))
  const twice = withMet(once, met('pay', {}, -121_000, -119_000))
  expect(twice.clocks).toEqual({ pay: { leastMs: -121_000, mostMs: -120_000, met: 2, of: 2 } })
  // The clock was put right.
  expect(withMet(twice, met('pay', {})).clocks).toEqual({ pay: { leastMs: 0, mostMs: 10, met: 1 } })
  expect(corrected(twice, { clocks: { pay: 5_000 } }).clocks).toEqual({
    pay: { leastMs: 5_000, mostMs: 5_000, met: 0 },
  })
})

test('what was met by way of a correction goes with it, and is compared anew', () => {
  const both = [met('order', { app: 'o' }), met('inventory', { app: 'catalog' })].reduce(withMet, {
    ...learnLogFacts([{ label: 'app', values: ['o', 'catalog'] }], []),
    compared: { tempo: 1 },
  })
  expect(Object.keys(both.clocks ?? {})).toEqual(['order', 'inventory'])
  expect(withoutMetBy(both, { kind: 'name', service: 'inventory', value: 'catalog' })).toMatchObject({
    clocks: { order: { met: 1 } },
    compared: {},
  })
  expect(
    withoutMetBy(both, { kind: 'name', service: 'inventory', value: 'catalog' }).clocks,
  ).not.toHaveProperty('inventory')
  expect(withoutMetBy(both, { kind: 'service', value: 'app' })).toMatchObject({ clocks: {}, names: {} })
  expect(withoutMetBy(both, { kind: 'clock', service: 'inventory', value: 5 })).toBe(both)
})

test('a place where a line was found to name its trace is asked too from then on', () => {
  const facts = learnLogFacts([], [undefined], [inText])
  const met = withMetPlace(facts, { in: 'metadata', name: 'tid' }, traceId)
  expect(met).toMatchObject({
    places: [...facts.places, { kind: 'beside', trace: 'tid', span: undefined }],
    naming: undefined,
    metPlace: { in: 'metadata', name: 'tid' },
  })
  expect(withMetPlace(met, { in: 'metadata', name: 'tid' }, traceId).places).toEqual(met.places)
})
