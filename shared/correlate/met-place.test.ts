import { expect, test } from 'vitest'
import type { TraceNaming } from '#shared/api/contract'
import { readAnswer } from '#shared/logs/read-lines'
import { placeOfTrace } from '#shared/logs/trace-of-line'
import { corrected } from './correct-log-facts'
import { usualFacts } from './log-facts'
import { isKnownPlace, placeWords } from './met-place'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const line = (text: string, metadata: object) => {
  const result = [{ stream: {}, values: [['1', text, { structuredMetadata: metadata }]] }]
  return { batch: readAnswer({ data: { resultType: 'streams', result } }, 'newest').batch, at: 0 }
}
const beside = line('paid', { trace_id: traceId })
const inField = line(`request=${traceId}`, {})
const inText = line(`paid for ${traceId}`, {})

test.each<[string, typeof beside, TraceNaming | undefined, string | undefined]>([
  ['metadata, as usual', beside, undefined, undefined],
  ['metadata, though said to be a field', beside, { in: 'field', name: 'request' }, 'metadata trace_id'],
  ['metadata, though said to be other metadata', beside, { in: 'metadata', name: 'id' }, 'metadata trace_id'],
  ['metadata, though said to be nowhere', beside, { in: 'nowhere', name: '' }, 'metadata trace_id'],
  ['a field, as usual', inField, undefined, undefined],
  ['a field, as was said', inField, { in: 'field', name: 'request' }, undefined],
  ['a field, though said to be another', inField, { in: 'field', name: 'order' }, 'the field request'],
  ['a field, though said to be metadata', inField, { in: 'metadata', name: 'trace_id' }, 'the field request'],
  ['the text, though said to be metadata', inText, { in: 'metadata', name: 'trace_id' }, 'the text'],
  ['nothing that names it', line('paid', {}), { in: 'nowhere', name: '' }, undefined],
])('an id found in %s is news or is not', (_, of, trace, words) => {
  const facts = corrected(usualFacts, trace ? { trace } : {})
  const place = placeOfTrace(of, traceId)
  expect(place && !isKnownPlace(place, facts) ? placeWords(place) : undefined).toBe(words)
})
