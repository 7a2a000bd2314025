/** What a run leaves behind is whole: Clew's own reader finds nothing to mend in it. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { importChunks } from '../../test/builders/dump-import.ts'
import { traceIdText } from './otlp/json-text.ts'
import { logsDocument } from './otlp/logs.ts'
import { metricsDocuments } from './otlp/metrics.ts'
import { tracesDocument } from './otlp/traces.ts'
import type { Span } from './parts/record.ts'
import { simulate, type Run, type RunOptions } from './run.ts'
import { scenarios } from './scenarios.ts'

const endNs = 1_793_000_000_123_456_789n

/** Short, but long enough for the cause to come about and be felt. */
function shortRun(scenario: string, more: Partial<RunOptions> = {}): Run {
  return simulate({ scenario, seed: 1, endNs, lengthMinutes: 6, ...more })
}

function allSpans(run: Run): Span[] {
  return run.traces.flatMap(({ spans }) => spans)
}

/** Everything that can be written down of a run. */
function everything(run: Run): string {
  return [
    tracesDocument(run, allSpans(run)),
    logsDocument(run, run.lines),
    ...[...metricsDocuments(run)].map(({ text }) => text),
  ].join('\n')
}

/** Whether its status is one of those for which the server is to blame. */
const failed = ({ own }: Span): boolean =>
  Number(own['http.response.status_code']) >= 500 || own['rpc.response.status_code'] === 'INTERNAL'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The run as Clew reads it. */
function importTraces(run: Run) {
  const into = importChunks('demo', [new TextEncoder().encode(tracesDocument(run, allSpans(run)))])
  return into.summaries().flatMap(({ traceId }) => into.build(traceId, { adjustSkew: true }) ?? [])
}

describe('a run', () => {
  test('is the same to the byte for the same seed, and another for another', () => {
    const [one, again, other] = [1, 1, 2].map((seed) =>
      hash(everything(shortRun('pool-exhaustion', { seed, lengthMinutes: 4 }))),
    )
    expect(again).toBe(one)
    expect(other).not.toBe(one)
  })

  test('differs by its end only in its times', () => {
    const [one, other] = [endNs, endNs + 86_400_000_000_007n].map((endNs) =>
      hash(
        everything(shortRun('healthy', { endNs, lengthMinutes: 3 })).replaceAll(/imeUnixNano":"\d+"/g, ''),
      ),
    )
    expect(other).toBe(one)
  })

  test.each(scenarios.map(({ name }) => name).filter((name) => name !== 'clock-skew'))(
    '%s is read without a thing to mend',
    (scenario) => {
      const run = shortRun(scenario)
      const traces = importTraces(run)
      expect(traces).toHaveLength(run.traces.length)
      expect(traces.flatMap(({ problems }) => problems)).toEqual([])
      expect(traces.reduce((sum, { spanCount }) => sum + spanCount, 0)).toBe(allSpans(run).length)
    },
  )

  test('with a clock that goes wrong has it found in the traces that went through its instance, and in no other', () => {
    const run = shortRun('clock-skew')
    const [bad, ...others] = run.instances.filter(({ drift }) => drift !== undefined)
    expect(others).toEqual([])
    // Times of OTLP are exact to the nanosecond: whatever comes before its parent is early.
    const isEarly = (span: Span): boolean =>
      span.instance === bad && span.parent !== undefined && bad.clock(span.startNs) < span.parent.startNs
    const early = run.traces.filter(({ spans }) =>
      spans.some((span) => isEarly(span) && span.parent?.instance !== bad),
    )
    const found = importTraces(run).filter(({ problems }) => problems.length > 0)
    expect(new Set(found.flatMap(({ problems }) => problems.map(({ kind }) => kind)))).toEqual(
      new Set(['clock-skew']),
    )
    expect(found.map(({ traceId }) => traceId).toSorted()).toEqual(early.map(traceIdText).toSorted())
    expect(early.length).toBeGreaterThan(15)
  })

  test('has spans that lie within their parents, but for what nobody waits for', () => {
    for (const scenario of ['pool-exhaustion', 'retry-storm']) {
      const outside = allSpans(shortRun(scenario)).filter(({ parent, startNs, endNs, kind }) => {
        if (parent === undefined || kind === 'consumer') return false
        const wasGivenUp = parent.own['error.type'] === 'timeout'
        return startNs < parent.startNs || (endNs > parent.endNs && !wasGivenUp)
      })
      expect(outside).toEqual([])
    }
  })

  test('says of every server’s span how it ended', () => {
    const servers = allSpans(shortRun('bad-deploy')).filter(({ kind }) => kind === 'server')
    const untold = servers.filter(
      ({ own }) => !('http.response.status_code' in own || 'rpc.response.status_code' in own),
    )
    expect(untold).toEqual([])
    expect(servers.filter(failed)).toEqual(servers.filter(({ error }) => error !== undefined))
    expect(servers.filter(failed).length).toBeGreaterThan(20)
  })

  test('has as many connections in use as come in the time that one is held: Little’s law', () => {
    const run = shortRun('pool-exhaustion', { lengthMinutes: 45 })
    const pool = 'db.client.connection.pool.name'
    const held = run.measurements
      .filter(({ attributes }) => attributes[pool] === 'payments-db')
      .reduce((sum, { lengthNs }) => sum + lengthNs, 0)
    const seen = run.sampled
      .filter(
        ({ attributes }) =>
          attributes[pool] === 'payments-db' && attributes['db.client.connection.state'] === 'used',
      )
      .flatMap(({ values }) => values)
      .reduce((sum, value) => sum + value, 0)
    // What is read every 15 seconds, and what is still held at the end, make some difference.
    const ratio = held / (seen * run.intervalNs)
    expect(ratio).toBeGreaterThan(0.9)
    expect(ratio).toBeLessThan(1.1)
  })

  test('tells what runs where: each instance has a version, and a deploy brings others', () => {
    const { instances } = shortRun('pool-exhaustion')
    const ofPayment = instances.filter(({ service }) => service.name === 'payment-service')
    const versions = Map.groupBy(ofPayment, ({ version }) => version)
    expect([...versions].map(([version, of]) => [version, of.length])).toEqual([
      ['2.13.4', 6],
      ['2.14.0', 6],
    ])
    expect(new Set(instances.map(({ name }) => name)).size).toBe(instances.length)
  })
})
