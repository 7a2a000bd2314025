import { expect, it, test } from 'vitest'
import { readAnswer } from '#shared/logs/read-lines'
import type { TraceSummary } from '#shared/trace/table'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { metInSample, sampleQueries, tracesToSample, unseenServices } from './clock-sample'
import { usualFacts } from './log-facts'
import { stretchOf } from './met-lines'

const summary = (traceId: string, services: readonly string[], spanCount = 10): TraceSummary => ({
  traceId,
  rootService: services[0],
  rootName: 'GET /',
  startNs: '0',
  durationNs: 1e6,
  spanCount,
  errorCount: 0,
  failed: false,
  services: services.map((name) => ({ name, spanCount: 1 })),
  matched: undefined,
})

test('the traces that show most services are read, each service in three, none that is long', () => {
  const found = [
    summary('a', ['web']),
    summary('b', ['web', 'pay']),
    summary('c', ['web', 'pay', 'cart'], 6_000),
    summary('d', ['web']),
    summary('e', ['web']),
    summary('f', ['web']),
  ]
  expect(tracesToSample(found).map(({ traceId }) => traceId)).toEqual(['b', 'a', 'd'])
  expect(unseenServices(['Web', 'pay', 'stock'], found)).toEqual(['stock'])
})

test('all their lines are asked for at once, wherever ids may be written', () => {
  const ids = ['4bf92f3577b34da6a3ce929d0e0e4736', '00c1f0c2a7d94c1e8b03d5c6f2119a7e']
  expect(sampleQueries(usualFacts, ids)).toEqual([
    '{service_name=~".+"} | trace_id=~"4bf92f3577b34da6a3ce929d0e0e4736|00c1f0c2a7d94c1e8b03d5c6f2119a7e|c1f0c2a7d94c1e8b03d5c6f2119a7e"',
    '{service_name=~".+"} |~ `4bf92f3577b34da6a3ce929d0e0e4736|c1f0c2a7d94c1e8b03d5c6f2119a7e`',
  ])
})

/** Three requests of a second each. */
const traces = ['a', 'b', 'c'].map((digit) => ({
  ...traceFromText('pay: charge 0..1000'),
  traceId: digit.repeat(32),
}))
const { startMs } = stretchOf(traces[0], 0)

/** Lines of a request, at milliseconds from its beginning. */
const linesOf = (trace: number, ...times: readonly number[]) => ({
  stream: { app: 'pay' },
  values: times.map((ms) => [
    `${startMs + ms}000000`,
    'charged',
    { structuredMetadata: { trace_id: traces[trace].traceId } },
  ]),
})
type Lines = ReturnType<typeof linesOf>
const facts = { ...usualFacts, services: [{ label: 'app', values: ['pay'] }] }
const met = (...result: readonly Lines[]) => {
  const { batch } = readAnswer({ data: { resultType: 'streams', result } }, 'oldest')
  // Two queries may find the same lines.
  return metInSample(traces, [batch, batch], facts)
}

it.each<[string, readonly Lines[], object | undefined]>([
  [
    'lines of two traces two minutes before them are of a clock that is behind',
    [linesOf(0, -120_000, -119_500), linesOf(1, -119_100)],
    { leastMs: -120_100, mostMs: -120_000, met: 3, of: 3 },
  ],
  [
    'one that was written late does not tell of a clock',
    [linesOf(0, 10, 500), linesOf(1, 900, 9_000)],
    { leastMs: -100, mostMs: 10, met: 3, of: 4 },
  ],
  ['those of one trace alone may all be late', [linesOf(0, 9_000, 9_500)], undefined],
  ['where they contradict one another nothing follows', [linesOf(0, 10), linesOf(1, 9_000)], undefined],
  [
    'a trace alone is enough for a clock that does not differ',
    [linesOf(2, 400, 1_030)],
    { leastMs: 30, mostMs: 400, met: 2, of: 2 },
  ],
])('%s', (_, lines, clock) => {
  const told = met(...lines)
  expect(told.map((one) => [one.service, one.clock])).toEqual(
    clock === undefined ? [] : [['pay', expect.objectContaining(clock)]],
  )
})
