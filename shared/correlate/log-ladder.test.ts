import { describe, expect, it, test } from 'vitest'
import type { ApiError } from '#shared/api/contract'
import { type LogFacts, selectServices, usualFacts } from './log-facts'
import { apartFrom, type Climbed, endOf, foundIn, isDown, type RungState } from './ladder-end'
import { logLadder, type LogSubject, type Rung } from './log-ladder'
import { linesOfSameTrace, linesOfService } from './log-queries'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'
const at = 1_700_000_000_000
const span: LogSubject = { services: ['payment-service'], traceId, spanId, startMs: at, endMs: at + 4_500 }
const loki = (facts: LogFacts = usualFacts, name = 'Loki') => ({ id: name.toLowerCase(), name, facts })

const drawn = ({ source, query, reach, what, finds }: Rung): string =>
  `${source.name} ${reach}: ${query} — ${what}${finds === 'near' ? ' (near)' : ''}`

describe('the ladder', () => {
  it('from a span goes from its id in metadata to anything its service wrote', () => {
    expect(logLadder(span, loki()).map(drawn)).toEqual([
      `Loki ± 1 s: {service_name="payment-service"} | trace_id="${traceId}" | span_id="${spanId}" — trace_id and span_id in metadata`,
      `Loki ± 1 s: {service_name="payment-service"} | trace_id="${traceId}" — trace_id in metadata`,
      `Loki ± 1 s: {service_name="payment-service"} |= \`${traceId}\` — the id in the line`,
      `Loki ± 1 s: {service_name="payment-service"} |= \`a3ce929d0e0e4736\` — the short id (64 bits) in the line`,
      `Loki ± 1 min: {service_name="payment-service"} | trace_id="${traceId}" — trace_id in metadata`,
      `Loki ± 1 min: {service_name="payment-service"} |= \`${traceId}\` — the id in the line`,
      `Loki ± 1 min: {service_name="payment-service"} | trace_id="a3ce929d0e0e4736" — trace_id as the short id (64 bits)`,
      `Loki ± 15 min: {service_name=~".+"} | trace_id="${traceId}" — trace_id in metadata, in all streams`,
      `Loki ± 15 min: {service_name=~".+"} |= \`${traceId}\` — the id in the line, in all streams`,
      `Loki ± 1 h: {service_name=~".+"} |= \`a3ce929d0e0e4736\` — the short id (64 bits) in the line, in all streams`,
      'Loki ± 30 s: {service_name="payment-service"} — all lines of payment-service (near)',
    ])
  })

  it('from a trace asks all its services at once, and from a bare id all streams', () => {
    const trace = { ...span, spanId: undefined, services: ['payment-service', 'order-service'] }
    const [first] = logLadder(trace, loki())
    expect(first.query).toBe(`{service_name=~"payment-service|order-service"} | trace_id="${traceId}"`)
    expect([first.startMs, first.endMs]).toEqual([at - 1_000, at + 5_500])
    const bare = logLadder({ ...span, services: [] }, loki())
    expect(bare.map(({ query }) => query.startsWith('{service_name=~".+"}'))).toEqual([true, true, true])
  })

  it('looks at the own time of a span too, for what was learned of a clock may be wrong', () => {
    const clocks = { 'payment-service': { leastMs: 3_000_000, mostMs: 3_004_500, met: 1 } }
    const rungs = logLadder(span, loki({ ...usualFacts, clocks }))
    const covers = rungs.filter(({ startMs, endMs }) => startMs <= span.startMs && endMs >= at + 3_004_500)
    expect(covers.map(({ what, reach }) => `${what}, ${reach}`)).toEqual([
      'trace_id in metadata, in all streams, ± 15 min, also by its clock, 50 min ahead',
      'the id in the line, in all streams, ± 15 min, also by its clock, 50 min ahead',
      'the short id (64 bits) in the line, in all streams, ± 1 h, also by its clock, 50 min ahead',
    ])
  })

  it('looks by the clock of the service, where that is known to differ', () => {
    const clocks = { 'payment-service': { leastMs: -121_000, mostMs: -120_000, met: 2 } }
    const [first] = logLadder(span, loki({ ...usualFacts, clocks }))
    expect([first.startMs - at, first.endMs - at, first.reach]).toEqual([
      -122_000,
      4_500 - 119_000,
      '± 1 s by its clock, 2 min behind',
    ])
    const both = { ...span, services: ['payment-service', 'order-service'] }
    const [wide] = logLadder(both, loki({ ...usualFacts, clocks }))
    expect([wide.startMs - at, wide.endMs - at, wide.reach]).toEqual([-122_000, 5_500, '± 1 s'])
    const near = { 'payment-service': { leastMs: -400, mostMs: 900, met: 1 } }
    expect(logLadder(span, loki({ ...usualFacts, clocks: near }))[0].startMs).toBe(at - 1_000)
  })

  it('asks for no id where lines are said to name none', () => {
    expect(logLadder(span, loki({ ...usualFacts, places: [] })).map(({ finds }) => finds)).toEqual(['near'])
  })

  it('never asks a source more than twenty times, the nearest lines included', () => {
    const names = [
      'trace_id',
      'traceid',
      'traceID',
      'traceId',
      'trace',
      'TraceId',
      'otelTraceID',
      'dd_trace_id',
    ]
    const places = names.map((trace) => ({ kind: 'beside' as const, trace, span: undefined }))
    const rungs = logLadder(span, loki({ ...usualFacts, places }))
    expect([rungs.length, rungs.at(-1)?.finds]).toEqual([20, 'near'])
  })

  it('looks for an id with leading zeros in every spelling', () => {
    const zeros = { ...span, traceId: '0000000000000000003ce929d0e0e473' }
    const queries = logLadder(zeros, loki()).map(({ query }) => query)
    expect(queries.filter((query) => query.includes('|= `003ce929d0e0e473`')).length).toBe(2)
    expect(queries.filter((query) => query.includes('|= `3ce929d0e0e473`')).length).toBe(2)
  })

  it('asks by the names that were learned, and for both ids in the text where lines hold both', () => {
    const facts: LogFacts = {
      services: [{ label: 'app', values: ['shop/payment-service', 'order'] }],
      places: [{ kind: 'inside', hasSpan: true }],
    }
    expect(logLadder(span, loki(facts))[0].query).toBe(
      `{app="shop/payment-service"} |= \`${traceId}\` |= \`${spanId}\``,
    )
  })
})

test.each<[LogFacts['services'], string, boolean]>([
  [[], '{service_name="payment-service"}', true],
  [[{ label: 'job', values: ['shop/payment-service', 'x'] }], '{job="shop/payment-service"}', false],
  [[{ label: 'app', values: ['payment'] }], '{app="payment"}', false],
  [[{ label: 'container', values: ['Payment_Service'] }], '{container="Payment_Service"}', false],
  // One that is the same beats one that is only like it.
  [[{ label: 'app', values: ['payment', 'payment-service'] }], '{app="payment-service"}', false],
  // The label that knows the service beats the one that usually does.
  [
    [
      { label: 'service_name', values: ['unknown_service'] },
      { label: 'app', values: ['payment-service'] },
    ],
    '{app="payment-service"}',
    false,
  ],
  [[{ label: 'app', values: ['prepayment-service'] }], '{app="payment-service"}', true],
])('the streams of a service where %j are known are %s', (services, selector, isGuess) => {
  expect(selectServices({ ...usualFacts, services }, ['payment-service'])).toMatchObject([
    { selector, isGuess },
  ])
})

it('streams that are labelled by two hands are asked by both labels', () => {
  const services = [
    { label: 'service_name', values: ['payment-service', 'order-service'] },
    { label: 'job', values: ['shop/payment-service'] },
  ]
  const queries = logLadder(span, loki({ ...usualFacts, services })).map(({ query }) => query)
  expect(queries.slice(0, 2)).toEqual([
    `{service_name="payment-service"} | trace_id="${traceId}" | span_id="${spanId}"`,
    `{job="shop/payment-service"} | trace_id="${traceId}" | span_id="${spanId}"`,
  ])
  expect(queries).toContain(`{job=~".+"} |= \`${traceId}\``)
})

describe('lines that are known to be there', () => {
  it('of the trace of a line are asked for as that line names it', () => {
    const where = { traceId, spanId: undefined, where: '', field: undefined }
    const beside = { name: 'traceID', value: traceId.toUpperCase(), span: undefined }
    expect(linesOfSameTrace({ ...where, beside }, at, usualFacts).query).toBe(
      `{service_name=~".+"} | traceID="${traceId.toUpperCase()}"`,
    )
    expect(
      linesOfSameTrace({ ...where, traceId: `00${traceId.slice(2)}`, beside: undefined }, at, usualFacts),
    ).toEqual({
      query: `{service_name=~".+"} |= \`${traceId.slice(2)}\``,
      startMs: at - 900_000,
      endMs: at + 900_000,
    })
  })

  it('of a service are those of half a minute around', () => {
    expect(linesOfService('payment-service', span, usualFacts)).toEqual({
      query: '{service_name="payment-service"}',
      why: 'service.name = service_name',
      startMs: at - 30_000,
      endMs: at + 34_500,
    })
  })
})

const refused: ApiError = {
  kind: 'refused',
  message: 'Nothing answers at loki:3100.',
  detail: undefined,
  advice: '',
  status: undefined,
}
const answered = (count: number): RungState => ({
  kind: 'answered',
  count,
  hasMore: false,
  firstMs: at,
  lastMs: at,
  tookMs: 1,
})

describe('the end of a ladder', () => {
  const climbed = (state: (rung: Rung) => RungState, sources = [loki()]): readonly Climbed[] =>
    sources.flatMap((source) => logLadder(span, source)).map((rung) => ({ rung, state: state(rung) }))

  it('is the first rung that found something of the subject', () => {
    const all = climbed(({ finds, reach }) => answered(finds === 'near' || reach === '± 1 min' ? 2 : 0))
    expect(foundIn(all)?.rung.reach).toBe('± 1 min')
    expect(foundIn(climbed(({ finds }) => answered(finds === 'near' ? 2 : 0)))).toBeUndefined()
  })

  it.each<[string, readonly Climbed[], string]>([
    [
      'says that the source is down',
      climbed(() => ({ kind: 'failed', error: refused })),
      'Whether this span has log lines could not be asked. Loki: Nothing answers at loki:3100.',
    ],
    [
      'says that lines are there but name no trace',
      climbed(({ finds }) => answered(finds === 'near' ? 152 : 0)),
      'No line names this span or its trace. payment-service wrote 152 lines at that time, none with this id: it may not put trace ids in its lines.',
    ],
    [
      'says that there is nothing at all at that time, and that another source is down',
      climbed(
        ({ source }) => (source.name === 'Old' ? { kind: 'failed', error: refused } : answered(0)),
        [loki(), loki(usualFacts, 'Old')],
      ),
      'No line names this span or its trace. Old: Nothing answers at loki:3100. Nothing of payment-service is there at that time: it may be older than what is kept, belong to another tenant, or not be collected under this name.',
    ],
    [
      'claims nothing of what was not asked, where a source went away in the middle',
      climbed(({ reach, what }) =>
        reach !== '± 1 s'
          ? { kind: 'skipped' }
          : what === 'the id in the line'
            ? { kind: 'failed', error: refused }
            : answered(0),
      ),
      'Not every way to the lines of this span could be tried. Loki: Nothing answers at loki:3100. Of 11 ways 3 found nothing; what is sought may still be there.',
    ],
    [
      'claims nothing of the lines at that time, where they were not told',
      climbed(({ finds }) =>
        finds === 'near' ? { kind: 'failed', error: { ...refused, kind: 'too-large' } } : answered(0),
      ),
      'No line names this span or its trace. Loki: Nothing answers at loki:3100. It may be older than what is kept, belong to another tenant, or its services may not put trace ids in their lines.',
    ],
  ])('%s', (_, all, sentence) => {
    const { headline, why } = endOf(span, all)
    expect(`${headline} ${why}`).toBe(sentence)
  })

  it.each([
    [3_000 + 4_500, 'They come 3.0 s after it ended: written late, or by a clock that is ahead.'],
    [-120_000, 'They come 2 min before it began: by a clock that is behind.'],
    [2_000, undefined],
  ])('lines %d ms from its start are said to be apart or not', (afterMs, sentence) => {
    const state = { ...answered(1), firstMs: at + afterMs, lastMs: at + afterMs }
    expect(apartFrom(span, state as RungState)).toBe(sentence)
  })

  it('asks a source nothing more that is down, but goes on after a query it does not take', () => {
    expect([isDown(refused), isDown({ ...refused, kind: 'bad-query' })]).toEqual([true, false])
  })
})
