import { expect, test } from 'vitest'
import { readAnswer } from '#shared/logs/read-lines'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { metInTrace, stretchOf } from './met-lines'

const trace = traceFromText(`
  order: POST /orders 0..5000
    pay: charge 100..4600
    pay: audit 4700..4900
`)
const { startMs } = stretchOf(trace, 0)

/** Lines of one stream, at milliseconds from the beginning of the trace. */
const batchOf = (stream: Readonly<Record<string, string>>, times: readonly number[]) => {
  const values = times.map((ms) => [`${startMs + ms}000000`, 'x', {}])
  return readAnswer({ data: { resultType: 'streams', result: [{ stream, values }] } }, 'oldest').batch
}

test('lines that name their span tell the clock of its service, and what it is called', () => {
  const batch = batchOf({ app: 'till' }, [-119_000, -117_000])
  const lines = [0, 1].map((at) => ({ at, span: 1, service: undefined }))
  expect(metInTrace(trace, batch, lines)).toEqual([
    {
      service: 'pay',
      clock: { leastMs: -121_600, mostMs: -119_100, met: 2, of: 2, example: trace.traceId },
      stream: { app: 'till' },
    },
  ])
})

test('lines of a service may be those of any of its spans; of lines whose service is not known nothing follows', () => {
  const batch = batchOf({ app: 'pay' }, [4_800, 9_000])
  const pay = trace.services.indexOf('pay')
  expect(
    metInTrace(trace, batch, [
      { at: 0, span: -1, service: pay },
      { at: 1, span: -1, service: undefined },
    ]),
  ).toEqual([
    { service: 'pay', clock: { leastMs: -100, mostMs: 4_700, met: 1, example: trace.traceId }, stream: {} },
  ])
})
