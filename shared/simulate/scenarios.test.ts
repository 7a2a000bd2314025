/** Each scenario changes one cause; here is seen that the symptom comes of it, and only then. */
import { describe, expect, test } from 'vitest'
import { ms, seconds } from './engine/units.ts'
import type { LogLine, Span } from './parts/record.ts'
import { simulate, type Run } from './run.ts'
import { scenarios } from './scenarios.ts'

const endNs = 1_793_000_000_000_000_000n

/** A run, cut in two where the cause comes about. */
class Story {
  readonly run: Run
  readonly spans: readonly Span[]
  readonly causeNs: number

  constructor(scenario: string, lengthMinutes = 24) {
    this.run = simulate({ scenario, seed: 1, endNs, lengthMinutes })
    this.spans = this.run.traces.flatMap((trace) => trace.spans)
    this.causeNs = (scenarios.find(({ name }) => name === scenario)?.at ?? 0) * this.run.lengthNs
  }

  /** Spans of a service by name and kind: before the cause, and from three minutes after it on. */
  named(service: string, name: string, kind?: string): { readonly before: Span[]; readonly after: Span[] } {
    const all = this.spans.filter(
      (span) => span.instance.service.name === service && span.name === name && (!kind || span.kind === kind),
    )
    return {
      before: all.filter((span) => span.endNs < this.causeNs),
      after: all.filter((span) => span.startNs > this.causeNs + seconds(180)),
    }
  }

  lines(matches: (line: LogLine) => boolean): LogLine[] {
    return this.run.lines.filter(matches)
  }
}

const lengthMs = (span: Span): number => (span.endNs - span.startNs) / ms(1)

function quantile(spans: readonly Span[], share: number): number {
  const lengths = spans.map(lengthMs).toSorted((one, other) => one - other)
  return lengths[Math.floor(share * (lengths.length - 1))]
}

function totalMs(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + lengthMs(span), 0)
}

/** Those that began in a stretch of time. */
function within(spans: readonly Span[], fromNs: number, toNs: number): Span[] {
  return spans.filter(({ startNs }) => startNs >= fromNs && startNs < toNs)
}

function failedShare(spans: readonly Span[]): number {
  return spans.filter(({ error }) => error !== undefined).length / spans.length
}

/** How many statements a reservation reads the stock with. */
const selects = (span: Span): number =>
  childrenOf(span).filter(({ name }) => name === 'SELECT stock_levels').length

const childrenOf = (span: Span): Span[] => span.trace.spans.filter(({ parent }) => parent === span)

describe('a scenario', () => {
  describe('healthy', () => {
    const story = new Story('healthy', 45)

    test('nearly nothing fails, and nobody waits for a connection', () => {
      const roots = story.run.traces.map(({ spans }) => spans[0]).filter(({ kind }) => kind === 'server')
      expect(failedShare(roots)).toBeLessThan(0.002)
      const acquires = story.spans.filter(({ name }) => name.endsWith('pool.acquire'))
      expect(quantile(acquires, 0.999)).toBeLessThan(5)
    })

    test('there is enough to look at: thousands of traces, twelve services of several instances', () => {
      const { traces, lines, instances } = story.run
      const services = Map.groupBy(instances, ({ service }) => service.name)
      expect(services.size).toBe(12)
      expect(Math.min(...[...services.values()].map((of) => of.length))).toBeGreaterThan(1)
      expect(traces.length).toBeGreaterThan(2_000)
      expect(story.spans.length).toBeGreaterThan(60_000)
      expect(lines.length).toBeGreaterThan(50_000)
    })
  })

  describe('pool-exhaustion', () => {
    const story = new Story('pool-exhaustion')

    test('charges wait seconds for a connection, while the database is as quick as ever', () => {
      const charge = story.named('payment-service', 'POST /payments/charge')
      expect(quantile(charge.before, 0.99)).toBeLessThan(50)
      expect(quantile(charge.after, 0.99)).toBeGreaterThan(4_400)
      expect(failedShare(charge.after)).toBeGreaterThan(0.1)

      const insert = story.named('payment-service', 'INSERT ledger_entries')
      expect(quantile(insert.after, 0.95) / quantile(insert.before, 0.95)).toBeCloseTo(1, 0)
    })

    test('where a charge is slow, it is the wait for a connection', () => {
      const slow = story
        .named('payment-service', 'POST /payments/charge')
        .after.filter((span) => lengthMs(span) > 500)
      const waited = slow.map((span) =>
        childrenOf(span).find(({ name }) => name === 'payments-db pool.acquire'),
      )
      expect(slow.length).toBeGreaterThan(30)
      for (const [place, wait] of waited.entries())
        expect(lengthMs(wait as Span) / lengthMs(slow[place])).toBeGreaterThan(0.9)
    })

    test('the logs say why, and the failure climbs to the door', () => {
      const exhausted = story.lines(
        ({ text }) => text === 'connection pool exhausted, waited 4500ms for available connection',
      )
      expect(exhausted.length).toBeGreaterThan(30)
      for (const { span, atNs, severity } of exhausted) {
        expect(severity).toBe('ERROR')
        expect(span?.error).toBe('connection pool exhausted, waited 4500ms for available connection')
        expect(atNs).toBe(span?.endNs)
        const root = span?.trace.spans[0]
        expect(root?.name).toBe('POST /api/checkout')
        expect(root?.own['http.response.status_code']).toBe(503)
      }
    })

    test('it is the job of the new release that holds the connections', () => {
      const full = story.run.sampled.filter(
        ({ instrument, attributes, instance }) =>
          instrument.name === 'db.client.connection.count' &&
          attributes['db.client.connection.state'] === 'used' &&
          instance.service.name === 'payment-service',
      )
      const most = (version: string): number =>
        Math.max(
          ...full.filter(({ instance }) => instance.version === version).flatMap(({ values }) => values),
        )
      expect(most('2.13.4')).toBeLessThan(10)
      expect(most('2.14.0')).toBe(20)
      const pages = story.named('payment-service', 'reconcile.page').after
      const charges = story.named('payment-service', 'POST /payments/charge').after
      expect(totalMs(pages)).toBeGreaterThan(20 * totalMs(charges))
    })
  })

  test('n-plus-one: a statement for each line in each warehouse, and time grows with the cart', () => {
    const story = new Story('n-plus-one')
    const { before, after } = story.named('inventory-service', 'Inventory/Reserve')
    expect(new Set(before.map(selects))).toEqual(new Set([1]))
    for (const span of after) {
      const order = span.trace.spans.find(({ name, kind }) => name === 'POST /orders' && kind === 'server')
      expect(selects(span)).toBe(12 * Number(order?.own['app.order.lines']))
    }
    expect(quantile(after, 0.95)).toBeGreaterThan(5 * quantile(before, 0.95))
  })

  test('retry-storm: search goes on failing after its cause is over, by what is asked again', () => {
    const story = new Story('retry-storm')
    const merges = story.spans.filter(
      ({ name, startNs }) => name === 'IndexMerge.run' && startNs === story.causeNs,
    )
    const overNs = Math.max(...merges.map((span) => span.endNs))
    expect(merges).toHaveLength(3)
    expect(overNs - story.causeNs).toBeLessThan(seconds(150))

    const pages = story.spans.filter(({ name, parent }) => name === 'GET /api/search' && parent === undefined)
    const asked = story.spans.filter(({ name, kind }) => name === 'GET /search' && kind === 'client')
    const afterwards = within(pages, overNs, overNs + seconds(60))
    expect(failedShare(afterwards)).toBeGreaterThan(0.9)
    expect(failedShare(within(pages, 0, story.causeNs))).toBe(0)

    const perPage = (fromNs: number, toNs: number): number =>
      within(asked, fromNs, toNs).length / within(pages, fromNs, toNs).length
    expect(perPage(overNs, overNs + seconds(60)) / perPage(0, story.causeNs)).toBeGreaterThan(4)
  })

  test('slow-consumer: a message is handled half an hour after it was sent, in a trace that links to its sender', () => {
    const story = new Story('slow-consumer', 45)
    const late = story.spans.filter(
      ({ kind, links, startNs }) => kind === 'consumer' && startNs - links[0].endNs > seconds(30 * 60),
    )
    expect(late.length).toBeGreaterThan(0)
    for (const { parent, trace, links, instance } of late) {
      expect(parent).toBeUndefined()
      expect(links[0].kind).toBe('producer')
      expect(links[0].trace).not.toBe(trace)
      expect(instance.service.name).toBe('shipping-service')
    }
    const lags = story.run.sampled.filter(
      ({ instrument, instance }) =>
        instrument.name === 'kafka.consumer.records_lag' && instance.service.name === 'shipping-service',
    )
    for (const { values } of lags) expect(values.at(-1)).toBeGreaterThan(100)
    const doors = story.spans.filter(({ kind, parent }) => kind === 'server' && parent === undefined)
    expect(failedShare(doors)).toBeLessThan(0.002)
  })

  test('bad-instance: what is slow or fails went through one instance', () => {
    const { after } = new Story('bad-instance').named('pricing-service', 'POST /quote', 'server')
    const byInstance = [...Map.groupBy(after, ({ instance }) => instance)]
    const bad = byInstance.filter(([, spans]) => quantile(spans, 0.5) > 400)
    const good = byInstance.filter(([, spans]) => quantile(spans, 0.99) < 100)
    expect([bad.length, good.length]).toEqual([1, 2])

    const failed = after.filter(({ trace }) => trace.spans[0].error !== undefined)
    expect(failed.length).toBeGreaterThan(10)
    expect(new Set(failed.map(({ instance }) => instance))).toEqual(new Set([bad[0][0]]))
  })

  test('bad-deploy: orders fail where the release is new and the cart has a coupon', () => {
    const { before, after } = new Story('bad-deploy').named('order-service', 'POST /orders', 'server')
    expect(failedShare(before)).toBe(0)
    const failed = (coupon: boolean): number =>
      failedShare(after.filter(({ own }) => own['app.order.coupon'] === coupon))
    expect(failed(true)).toBe(1)
    expect(failed(false)).toBe(0)
    expect(new Set(after.map(({ instance }) => instance.version))).toEqual(new Set(['5.2.0']))
  })

  test('lock-contention: reservations wait seconds for a lock that the stock’s transaction keeps', () => {
    const story = new Story('lock-contention')
    const { before, after } = story.named('inventory-service', 'Inventory/Reserve', 'server')
    expect(quantile(before, 0.99)).toBeLessThan(100)
    expect(quantile(after, 0.95)).toBeGreaterThan(1_000)

    const syncs = story.spans.filter(({ name }) => name === 'StockSync.run')
    const waits = after
      .filter((span) => lengthMs(span) > 1_000)
      .map((span) => childrenOf(span).find(({ name }) => name === 'UPDATE stock_levels') as Span)
    expect(waits.length).toBeGreaterThan(10)
    for (const wait of waits) {
      expect(wait.events.map(({ name }) => name)).toEqual(['lock.wait'])
      expect(syncs.some(({ startNs, endNs }) => startNs < wait.endNs && endNs > wait.startNs)).toBe(true)
    }
  })
})
