import { expect, test } from 'vitest'
import type { LineTrace } from '#shared/logs/trace-of-line'
import { candidateLabels, learnLogFacts } from './learn-log-facts'
import { corrected, usualFacts } from './log-facts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const named: LineTrace = {
  traceId,
  spanId: '00f067aa0ba902b7',
  where: 'traceID in metadata',
  beside: { name: 'traceID', value: traceId, span: 'spanID' },
}
const inText: LineTrace = { traceId, spanId: undefined, where: 'an id in the line', beside: undefined }

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
  expect(corrected(facts, { trace: 'trace_id' }).places).toEqual([
    { kind: 'beside', trace: 'trace_id', span: undefined },
    { kind: 'inside', hasSpan: false },
  ])
  expect(corrected(facts, { trace: '' }).places).toEqual([{ kind: 'inside', hasSpan: false }])
})
