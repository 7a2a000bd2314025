import { describe, expect, it, test } from 'vitest'
import type { ApiError } from '#shared/api/contract'
import { type LogFacts, selectServices, usualFacts } from './log-facts'
import { apartFrom, type Climbed, endOf, foundIn, isDown, type RungState, wideningOf } from './ladder-end'
import { logLadder, type LogSubject, type Rung } from './log-ladder'
import { linesOfSameTrace, linesOfService } from './log-queries'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'
const at = 1_700_000_000_000
const span: LogSubject = { services: ['payment-service'], traceId, spanId, startMs: at, endMs: at + 4_500 }
const loki = (facts: LogFacts = usualFacts, name = 'Loki') => ({ id: name.toLowerCase(), name, facts })

const usualNames = [
  'trace_id',
  'traceid',
  'traceId',
  'traceID',
  'TraceId',
  'otelTraceID',
  'trace',
  'dd_trace_id',
]
const named = (names: readonly string[], expression: string): string =>
  names.map((name) => `${name}=~"${expression}"`).join(' or ')
const byAnyName = named(usualNames, '(?i)0*(4bf92f3577b34da6)?a3ce929d0e0e4736')

const drawn = ({ source, query, reach, what, finds }: Rung): string =>
  `${source.name} ${reach}: ${query} — ${what}${finds === 'its' ? '' : ` (${finds})`}`

describe('the ladder', () => {
  it('from a span goes from its id in metadata to anything its service wrote', () => {
    expect(logLadder(span, loki()).map(drawn)).toEqual([
      `Loki ± 1 s: {service_name="payment-service"} | trace_id="${traceId}" | span_id="${spanId}" — trace_id and span_id in metadata`,
      `Loki ± 1 s: {service_name="payment-service"} | trace_id="${traceId}" — trace_id in metadata`,
      `Loki ± 1 s: {service_name="payment-service"} |= \`${traceId}\` — the id in the line`,
      `Loki ± 1 s: {service_name="payment-service"} |= \`a3ce929d0e0e4736\` — the short id (64 bits) in the line`,
      `Loki ± 1 min: {service_name="payment-service"} | trace_id="${traceId}" — trace_id in metadata`,
      `Loki ± 1 min: {service_name="payment-service"} |= \`${traceId}\` — the id in the line`,
      `Loki ± 1 min: {service_name="payment-service"} | ${byAnyName} — the id in metadata of any usual name, however spelled`,
      `Loki ± 15 min: {service_name=~".+"} | trace_id="${traceId}" — trace_id in metadata, in all streams`,
      `Loki ± 15 min: {service_name=~".+"} | ${byAnyName} — the id in metadata of any usual name, however spelled, in all streams`,
      `Loki ± 15 min: {service_name=~".+"} |= \`${traceId}\` — the id in the line, in all streams`,
      `Loki ± 1 h: {service_name=~".+"} |= \`a3ce929d0e0e4736\` — the short id (64 bits) in the line, in all streams`,
      'Loki ± 30 s: {service_name="payment-service"} — all lines of payment-service (near)',
      'Loki ± 15 min: {service_name=~".+"} — any lines (now)',
    ])
  })

  it('of a whole trace looks through all lines at once where Clew holds them', () => {
    const held = { ...loki(), isHeld: true }
    const [first, text] = logLadder({ ...span, spanId: undefined }, held)
    expect([drawn(first), text.query]).toEqual([
      `Loki ± 1 s: {service_name=~".+"} | trace_id="${traceId}" — trace_id in metadata, in all streams`,
      `{service_name=~".+"} |= \`${traceId}\``,
    ])
    expect(first.whole?.query).toContain('or in_line=')
    expect(logLadder(span, held).map(drawn)).toEqual(logLadder(span, loki()).map(drawn))
  })

  it('knows of each name in metadata how to ask for all lines of the trace, also those that name it otherwise', () => {
    const places = [...usualFacts.places, { kind: 'beside', trace: 'traceID', span: undefined } as const]
    const [, first, second, text] = logLadder(span, loki({ ...usualFacts, places }))
    expect([first.what, second.what, text.what, text.whole]).toEqual([
      'trace_id in metadata',
      'traceID in metadata',
      'the id in the line',
      undefined,
    ])
    expect(first.whole).toEqual({
      query: `{service_name="payment-service"} | regexp "(?P<in_line>${traceId})" | trace_id="${traceId}" or traceID="${traceId}" or in_line="${traceId}" | drop in_line`,
      what: 'the id in metadata or in the line',
    })
    expect(second.whole).toEqual(first.whole)
    const inText = [{ kind: 'inside', hasSpan: false } as const]
    expect(logLadder(span, loki({ ...usualFacts, places: inText }))[0].whole?.query).toBe(
      `{service_name="payment-service"} | regexp "(?P<in_line>${traceId})" | trace_id="${traceId}" or in_line="${traceId}" | drop in_line`,
    )
  })

  it('from a trace asks all its services at once, and from a bare id all streams', () => {
    const trace = { ...span, spanId: undefined, services: ['payment-service', 'order-service'] }
    const [first] = logLadder(trace, loki())
    expect(first.query).toBe(`{service_name=~"payment-service|order-service"} | trace_id="${traceId}"`)
    expect([first.startMs, first.endMs]).toEqual([at - 1_000, at + 5_500])
    const bare = logLadder({ ...span, services: [] }, loki())
    expect(bare.map(({ query }) => query.startsWith('{service_name=~".+"}'))).toEqual(Array(4).fill(true))
  })

  it('looks at the own time of a span too, for what was learned of a clock may be wrong', () => {
    const clocks = { 'payment-service': { leastMs: 3_000_000, mostMs: 3_004_500, met: 1 } }
    const rungs = logLadder(span, loki({ ...usualFacts, clocks }))
    const covers = rungs.filter(({ startMs, endMs }) => startMs <= span.startMs && endMs >= at + 3_004_500)
    expect(covers.map(({ what, reach }) => `${what}, ${reach}`)).toEqual([
      'trace_id in metadata, in all streams, ± 15 min, also by its clock, 50 min ahead',
      'the id in metadata of any usual name, however spelled, in all streams, ± 15 min, also by its clock, 50 min ahead',
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

  it.each<[string, LogFacts['places']]>([
    ['a field, though they are metadata', [{ kind: 'inside', hasSpan: false, field: 'request' }]],
    ['other metadata, though they are in a field', [{ kind: 'beside', trace: 'order', span: undefined }]],
    ['nowhere', []],
  ])('asks for ids in metadata and in the text also where they are said to be in %s', (_, places) => {
    const asked = logLadder(span, loki({ ...usualFacts, places })).map(({ reach, query }) =>
      `${reach}: ${query}`.replaceAll(/ \| (order=~"[^"]*" or )?trace_id=~.*/g, ' | any name'),
    )
    expect(asked).toEqual(
      expect.arrayContaining([
        '± 1 min: {service_name="payment-service"} | any name',
        `± 1 min: {service_name="payment-service"} |= \`${traceId}\``,
        '± 15 min: {service_name=~".+"} | any name',
        `± 15 min: {service_name=~".+"} |= \`${traceId}\``,
        '± 1 h: {service_name=~".+"} |= `a3ce929d0e0e4736`',
      ]),
    )
  })

  it('never asks a source more than twenty times, and leaves out none that covers the others', () => {
    const places = [...usualNames, 'my_trace', 'not-a-name'].map((trace) => ({
      kind: 'beside' as const,
      trace,
      span: undefined,
    }))
    const services = ['service_name', 'app'].map((label) => ({ label, values: ['payment-service'] }))
    const rungs = logLadder(span, loki({ services, places }))
    const expression = '(?i)0*(4bf92f3577b34da6)?a3ce929d0e0e4736'
    const all = rungs.filter(({ query }) => query.endsWith(named([...usualNames, 'my_trace'], expression)))
    expect([rungs.length, all.length, rungs.at(-2)?.finds]).toEqual([20, 4, 'near'])
    expect(rungs.filter(({ reach }) => reach === '± 1 h').length).toBe(2)
  })

  it('looks for no id in lines of which too few digits are left', () => {
    const zeros = { ...span, traceId: '00000000000000000000000000000005' }
    const queries = logLadder(zeros, loki()).map(({ query }) => query)
    expect(queries.filter((query) => / \|= `0{0,14}5`/.test(query))).toEqual([])
    expect(queries.filter((query) => query.includes('|= `0000000000000005`')).length).toBe(2)
    expect(queries.some((query) => query.includes('trace_id=~"(?i)0*00000005"'))).toBe(true)
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
  it('of the trace of a line are asked for as that line names it, as others do, and in the text', () => {
    const where = { traceId, spanId: undefined, where: '', field: undefined }
    const beside = { name: 'traceID', value: traceId.toUpperCase(), span: undefined }
    expect(linesOfSameTrace({ ...where, beside }, at, usualFacts).query).toBe(
      `{service_name=~".+"} | regexp "(?P<in_line>${traceId})" | traceID="${traceId.toUpperCase()}" or trace_id="${traceId}" or in_line="${traceId}" | drop in_line`,
    )
    const inText = { ...usualFacts, places: [{ kind: 'inside', hasSpan: false } as const] }
    expect(
      linesOfSameTrace({ ...where, traceId: `00${traceId.slice(2)}`, beside: undefined }, at, inText),
    ).toEqual({
      query: `{service_name=~".+"} |= \`${traceId.slice(2)}\``,
      startMs: at - 900_000,
      endMs: at + 900_000,
    })
  })

  it('of the trace of a line are not looked for by a few digits', () => {
    const where = { spanId: undefined, where: '', field: undefined, beside: undefined }
    const five = '5'.padStart(32, '0')
    expect(linesOfSameTrace({ ...where, traceId: five }, at, usualFacts).query).toBe(
      `{service_name=~".+"} | regexp "(?P<in_line>00000005)" | trace_id="${five}" or in_line="00000005" | drop in_line`,
    )
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
const answered = (count: number, where?: 'metadata' | 'field'): RungState => ({
  kind: 'answered',
  count,
  place: where && { in: where, name: 'trace_id' },
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

  it.each<[string, (rung: Rung) => RungState, string | undefined]>([
    [
      'of its service: that none names the span',
      ({ what }) => answered(what === 'trace_id in metadata' ? 2 : 0, 'metadata'),
      'No line names this span (trace_id and span_id in metadata, ± 1 s).',
    ],
    [
      'of others: that its service has none',
      ({ among }) => answered(among === 'all' ? 2 : 0, 'metadata'),
      'No line names this span (trace_id and span_id in metadata, ± 1 s), and none of payment-service names its trace (± 1 min).',
    ],
    [
      'that may name their span where it was not looked for',
      ({ what, among }) => answered(among === 'services' && what === 'the id in the line' ? 1 : 0, 'field'),
      undefined,
    ],
    [
      'of others, with an answer missing: nothing that is not certain',
      ({ among, what }) =>
        among === 'all'
          ? answered(2, 'metadata')
          : /the line/.test(what)
            ? { kind: 'failed', error: { ...refused, kind: 'bad-query' } }
            : answered(0),
      'No line names this span (trace_id and span_id in metadata, ± 1 s).',
    ],
    ['of the span: nothing', () => answered(1, 'metadata'), undefined],
  ])('says of lines found %s', (_, state, sentence) => {
    const all = climbed(state)
    const found = foundIn(all)
    if (!found) throw new Error('no rung found a line')
    expect(wideningOf(span, found, all)).toBe(sentence)
    expect(wideningOf({ ...span, spanId: undefined }, found, all)).toBeUndefined()
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
      'No line was found that names this span or its trace. payment-service wrote 152 lines at that time, but the id was not found in them: it may not put trace ids into its lines.',
    ],
    [
      'says that there is nothing at all at that time, and that another source is down',
      climbed(
        ({ source }) => (source.name === 'Old' ? { kind: 'failed', error: refused } : answered(0)),
        [loki(), loki(usualFacts, 'Old')],
      ),
      'No line was found that names this span or its trace. Old: Nothing answers at loki:3100. Nothing of payment-service is there at that time: it may be older than what is kept, belong to another tenant, or not be collected under this name.',
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
      'Not every way to the lines of this span could be tried. Loki: Nothing answers at loki:3100. Of 13 ways 3 found nothing; what is sought may still be there.',
    ],
    [
      'claims nothing of the lines at that time, where they were not told',
      climbed(({ finds }) =>
        finds === 'near' ? { kind: 'failed', error: { ...refused, kind: 'too-large' } } : answered(0),
      ),
      'No line was found that names this span or its trace. Loki: Nothing answers at loki:3100. It may be older than what is kept, belong to another tenant, or its services may not put trace ids into their lines.',
    ],
  ])('%s', (_, all, sentence) => {
    const { headline, why } = endOf(span, all)
    expect(`${headline} ${why}`).toBe(sentence)
  })

  it.each<[string, string, number, number, string]>([
    [
      'lines that are older, and nothing of its service',
      'team-blue',
      0,
      3,
      'Most likely of another tenant. Loki (“team-blue”) keeps lines that are older, but none of payment-service from then.',
    ],
    [
      'lines of its service',
      'team-blue',
      2,
      3,
      'No line was found that names this span or its trace. payment-service wrote 2 lines at that time, but the id was not found in them: it may not put trace ids into its lines.',
    ],
    [
      'nothing as old',
      'team-blue',
      0,
      0,
      'No line was found that names this span or its trace. Nothing of payment-service is there at that time: it may be older than what is kept, belong to another tenant, or not be collected under this name.',
    ],
    [
      'lines of others from then',
      '',
      0,
      3,
      'No line was found that names this span or its trace. Loki has lines of others, but none of payment-service from then: it may write under another name, which can be said under Connections, or its lines are not collected.',
    ],
  ])(
    'says of a source that holds %s (tenant “%s”) whether another tenant is likely',
    (_, tenant, near, older, sentence) => {
      const counts = { its: 0, near, now: older }
      const all = logLadder(span, { ...loki(), tenant }).map((rung) => ({
        rung,
        state: answered(counts[rung.finds]),
      }))
      const { headline, why } = endOf(span, all)
      expect(`${headline} ${why}`).toBe(sentence)
    },
  )

  const later = at + 60 * 24 * 3_600_000
  it.each<[string, { near: number; older: number; recent: number }, string]>([
    [
      'lines of now alone',
      { near: 0, older: 0, recent: 9 },
      'Most likely outside what is kept. payment-service writes lines now, but Loki has none of anybody from then or from the 24 hours before.',
    ],
    [
      'lines that are older too',
      { near: 0, older: 4, recent: 9 },
      'No line was found that names this span or its trace. Loki has lines of others, but none of payment-service from then: it may write under another name, which can be said under Connections, or its lines are not collected.',
    ],
    [
      'none now either',
      { near: 0, older: 0, recent: 0 },
      'No line was found that names this span or its trace. Nothing of payment-service is there at that time: it may be older than what is kept, belong to another tenant, or not be collected under this name.',
    ],
    [
      'lines of its service then',
      { near: 1, older: 0, recent: 9 },
      'No line was found that names this span or its trace. payment-service wrote 1 line at that time, but the id was not found in it: it may not put trace ids into its lines.',
    ],
  ])('says of an old span in a source that holds %s whether it is too old', (_, counts, sentence) => {
    const rungs = logLadder(span, loki(), later)
    const all = rungs.map((rung) => ({
      rung,
      state: answered(
        rung.finds === 'near'
          ? counts.near
          : rung.finds === 'its'
            ? 0
            : counts[rung.among === 'all' ? 'older' : 'recent'],
      ),
    }))
    const { headline, why } = endOf(span, all)
    expect(`${headline} ${why}`).toBe(sentence)
    expect(rungs.slice(-2).map(({ query, reach }) => `${reach}: ${query}`)).toEqual([
      '24 h before: {service_name=~".+"}',
      'in the last hour: {service_name="payment-service"}',
    ])
    expect(logLadder(span, loki(), at + 3_600_000)).toEqual(logLadder(span, loki()))
  })

  it('says of a trace that all its services are meant', () => {
    const trace = { ...span, spanId: undefined, services: ['payment-service', 'order-service'] }
    const all = logLadder(trace, loki()).map((rung) => ({
      rung,
      state: answered(rung.finds === 'near' ? 1 : 0),
    }))
    expect(endOf(trace, all).why).toBe(
      'Its services wrote 1 line at that time, but the id was not found in it: they may not put trace ids into their lines.',
    )
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

test('however many names lines give their trace, their text is looked through close by', () => {
  const names = ['trace_id', 'traceID', 'traceId', 'otel_trace', 'request_trace', 'dd_trace']
  const facts: LogFacts = {
    ...usualFacts,
    places: [
      ...names.map((trace) => ({ kind: 'beside', trace, span: 'span_id' }) as const),
      { kind: 'inside', hasSpan: true },
    ],
  }
  const rungs = logLadder({ ...span, traceId: `0000${traceId.slice(4)}` }, loki(facts))
  expect(rungs.length).toBeLessThanOrEqual(20)
  expect(rungs.filter(({ reach }) => reach === '± 1 s').map(({ what }) => what)).toContain(
    'the id without its leading zeros in the line',
  )
})
