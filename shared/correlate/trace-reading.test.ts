import { expect, test } from 'vitest'
import { readAnswer } from '#shared/logs/read-lines'
import { readingOf } from './trace-reading'

const order = 'aa00f0c2a7d94c1e8b03d5c6f2119a7e'
const trace = '106d14a355890aebaa8a2346bdbb221d'
const other = '206d14a355890aebaa8a2346bdbb221d'
const line = (text: string, structuredMetadata: object) => {
  const result = [{ stream: { app: 'till' }, values: [['1', text, { structuredMetadata }]] }]
  return { batch: readAnswer({ data: { resultType: 'streams', result } }, 'newest').batch, at: 0 }
}

test.each([
  [
    'an order id, and the trace in a field',
    line(`waited request=${trace.toUpperCase()}`, { traceid: order }),
    'traceid in metadata',
    [[trace, 'request in the line']],
  ],
  [
    'a trace in the text, and others beside it',
    line(`paid for ${order} (${other})`, { trace_id: trace }),
    'the text of the line',
    [
      [trace, 'trace_id in metadata'],
      [other, 'the text of the line'],
    ],
  ],
  [
    'one id alone',
    line('paid', { trace_id: order, span_id: '00f067aa0ba902b7' }),
    'trace_id in metadata',
    [],
  ],
])('%s: it is said where it was read, and what else there is', (_, of, where, others) => {
  const reading = readingOf(of, order)
  expect(reading).toEqual({ where, others: others.map(([id, place]) => ({ id, where: place })) })
})

test('of a line that does not hold the id nothing is said', () => {
  expect(readingOf(line('paid', {}), order)).toBeUndefined()
})
