import { expect, test } from 'vitest'
import type { TraceNaming } from '#shared/api/contract'
import { readAnswer } from '#shared/logs/read-lines'
import {
  trialOfClock,
  trialOfExemplars,
  trialOfHolding,
  trialOfLabel,
  trialOfName,
  trialOfNaming,
  trialOfValues,
} from './fact-trial'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const linesOf = (...texts: readonly string[]) => {
  const values = texts.map((text, at) => [String(at + 1), text, {}])
  const result = [{ stream: { app: 'pay' }, values }]
  const { batch } = readAnswer({ data: { resultType: 'streams', result } }, 'oldest')
  return texts.map((_, at) => ({ batch, at }))
}
const lines = linesOf('paid', `order=${traceId}`, 'refused')

test.each<[string, TraceNaming, boolean, string]>([
  [
    'a field that one has',
    { in: 'field', name: 'order' },
    true,
    `1 of the 3 newest lines names a trace so, one of them ${traceId}:`,
  ],
  [
    'a field that none has',
    { in: 'field', name: 'request' },
    false,
    'No line of the 3 newest lines names a trace so.',
  ],
  [
    'the text',
    { in: 'text', name: '' },
    true,
    `1 of the 3 newest lines names a trace so, one of them ${traceId}:`,
  ],
  [
    'metadata',
    { in: 'metadata', name: 'trace_id' },
    false,
    'No line of the 3 newest lines names a trace so.',
  ],
  [
    'nowhere',
    { in: 'nowhere', name: '' },
    true,
    'Nor does one of the 3 newest lines look as if it named a trace.',
  ],
])('where lines name their trace is tried on the newest: %s', (_, naming, isFound, sentence) => {
  expect(trialOfNaming(naming, lines)).toMatchObject({ isFound, sentence })
})

test('the line that shows it is the example, and a long one is cut', () => {
  const [, , line] = [...lines.slice(0, 2), ...linesOf(`trace_id=${traceId} ${'x'.repeat(500)}`)]
  const { example = '' } = trialOfNaming({ in: 'text', name: '' }, [line])
  expect(example).toHaveLength(300)
  expect(example).toContain(traceId)
})

test('where lines name traces though they are said not to, that is said', () => {
  expect(trialOfNaming({ in: 'nowhere', name: '' }, linesOf(`trace_id=${traceId}`, 'paid'))).toEqual({
    isFound: false,
    sentence: '1 of the 2 newest lines looks as if it named one, and will lead to no trace.',
    example: `trace_id=${traceId}`,
  })
})

test('a label is tried on the newest lines too', () => {
  expect(trialOfLabel('app', lines)).toEqual({
    isFound: true,
    sentence: '3 of the 3 newest lines have it, such as pay:',
    example: 'paid',
  })
  expect(trialOfLabel('job', lines).isFound).toBe(false)
  expect(trialOfLabel('app', [])).toEqual({
    isFound: false,
    sentence: 'There are no lines of the last 6 hours to try it on.',
  })
})

test('a name of a service is tried by the lines that it finds', () => {
  expect(trialOfName(lines, true).sentence).toBe(
    'It finds more than 3 lines of the last 6 hours, the newest:',
  )
  expect(trialOfName([], false)).toEqual({
    isFound: false,
    sentence: 'It finds no line of the last 6 hours.',
  })
})

test('a clock is held against what was met', () => {
  const met = { leastMs: 119_000, mostMs: 121_000, met: 3, example: traceId }
  expect(trialOfClock(120_000, met)).toMatchObject({ isFound: true, example: traceId })
  expect(trialOfClock(0, met)).toMatchObject({ isFound: false, example: traceId })
  expect(trialOfClock(0, undefined).isFound).toBe(false)
})

test('what tells of metrics and of traces is counted', () => {
  const exemplars = [{ labels: {}, exemplars: [{ labels: { request: traceId }, value: 1, time: 1 }] }]
  expect(trialOfExemplars('request', exemplars)).toEqual({
    isFound: true,
    sentence: '1 of 1 exemplar of the last hour names a trace by it, such as:',
    example: traceId,
  })
  expect(trialOfExemplars('order', exemplars).isFound).toBe(false)
  expect(trialOfExemplars('order', []).sentence).toBe('There are no exemplars of the last hour to try it on.')
  expect(trialOfValues(['pay', 'till'])).toMatchObject({ isFound: true, example: 'pay' })
  expect(trialOfHolding(true, 'POST /pay')).toMatchObject({ isFound: true, example: 'POST /pay' })
  expect(trialOfHolding(false, 'POST /pay').isFound).toBe(false)
  expect([trialOfHolding(true, undefined).isFound, trialOfHolding(false, undefined).isFound]).toEqual([
    false,
    true,
  ])
})
