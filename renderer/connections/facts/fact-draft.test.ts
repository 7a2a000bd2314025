import { expect, it } from 'vitest'
import { type FactEdit, withoutSaid, withSaid } from '#shared/correlate/said'
import { draftOf, editOf, kindsOf } from './fact-draft'

const edits: readonly FactEdit[] = [
  { kind: 'service', value: 'app' },
  { kind: 'exemplar', value: 'request' },
  { kind: 'trace', value: { in: 'field', name: 'tid' } },
  { kind: 'trace', value: { in: 'nowhere', name: '' } },
  { kind: 'name', service: 'payment-service', value: 'till' },
  { kind: 'histogram', service: 'payment-service', value: 'till_seconds' },
  { kind: 'clock', service: 'payment-service', value: -120_000 },
  { kind: 'holds', service: 'payment-service', value: false },
]

it.each(edits)('a fact comes out of the form as it went in, is said and taken back: %o', (edit) => {
  expect(editOf(draftOf(edit, 'service')).said).toEqual(edit)
  const other = withSaid({}, { kind: 'clock', service: 'order-service', value: 1 })
  const said = withSaid(other, edit)
  expect(said).not.toEqual(other)
  expect(withoutSaid(said, edit)).toMatchObject(other)
  expect(JSON.stringify(withoutSaid(said, edit))).not.toContain(
    'service' in edit ? edit.service : `"${edit.kind}"`,
  )
})

it('says what is missing', () => {
  const draft = draftOf(undefined, 'clock')
  expect([
    editOf(draft).problem,
    editOf({ ...draft, service: 'pay', value: 'two' }).problem,
    editOf({ ...draft, kind: 'trace' }).problem,
  ]).toEqual(['Say which service.', 'Say a number of seconds.', 'Say what it is called.'])
})

it('does not take a histogram of a service that no trace names', () => {
  const draft = draftOf({ kind: 'histogram', service: 'pay', value: 'pay_seconds' }, 'service')
  expect(editOf(draft, ['payment'])).toEqual({
    said: undefined,
    problem: 'No trace names a service “pay”: choose one from the list.',
  })
  expect(editOf(draft, ['pay']).said).toBeDefined()
  // They may still be coming.
  expect(editOf(draft, []).said).toBeDefined()
})

const of = (traces: boolean, logs: boolean, metrics: boolean) =>
  kindsOf({ capabilities: { traces, logs, metrics } as never }).join(' ')

it('asks of a source only what its signal has', () => {
  expect([of(true, false, false), of(false, true, false), of(false, false, true)]).toEqual([
    'holds',
    'name service trace clock',
    'name service histogram exemplar',
  ])
})
