import { expect, test } from 'vitest'
import { type Durations, spreadOf } from '#shared/correlate/spread'
import { fileKind, readManifest } from '#shared/investigation/manifest'
import { peersAmong, type SavedPeers } from '#shared/investigation/saved-peers'

const ms = 1e6
const single: Durations = { kind: 'single', ns: [0, 1.5 * ms, 3 * ms, 40 * ms] }
const buckets: Durations = {
  kind: 'buckets',
  bounds: [0.1, 5, 10.000000001, 25, 50].map((bound) => bound * ms),
  held: [0, 12.25, 0.1 + 0.2, 7],
  isOpen: true,
}
const saved: SavedPeers = {
  service: 'payment',
  operation: 'POST /pay',
  kind: 'server',
  startMs: 1_793_000_000_000,
  endMs: 1_793_003_600_000,
  traceId: 'a',
  source: 'Prometheus',
  metric: 'http_server_request_duration_seconds',
  query: 'sum by (le) (rate(a[1h]))',
  isSample: false,
  isOfFiles: false,
  notes: ['a warning'],
  durations: buckets,
}

const step = {
  id: 'a',
  parent: '',
  place: '/trace?id=1',
  signal: 'trace',
  title: 'POST /pay',
  sources: [],
  query: '',
  count: '',
  atMs: 1,
  name: '',
  note: '',
  isPinned: false,
}

/** As they come out of a file. */
function reread(...peers: readonly unknown[]): readonly SavedPeers[] {
  const manifest = { kind: fileKind, version: 1, thread: { id: 't', steps: [step] }, peers }
  const read = readManifest(JSON.parse(JSON.stringify(manifest)))
  if (read.kind !== 'read') throw new Error('no manifest')
  return read.manifest.peers
}

/** All that is shown of them. */
function told(of: Durations | undefined) {
  const spread = of && spreadOf(of)
  return (
    spread && {
      edges: spread.edges,
      counts: spread.counts,
      total: spread.total,
      quantiles: [0, 0.4, 0.5, 0.95, 1].map((q) => [spread.quantile(q), ...spread.boundsOf(q)]),
      below: [1, 2 * ms, 9 * ms, 60 * ms].map((ns) => spread.shareBelow(ns)),
    }
  )
}

test.each<[string, Durations]>([
  ['single durations', single],
  ['buckets', buckets],
])('%s come back from a file with the same spread, to the last digit', (_, durations) => {
  const [back] = reread({ ...saved, durations })
  expect(back).toEqual({ ...saved, durations })
  expect(told(back.durations)).toBeDefined()
  expect(told(back.durations)).toEqual(told(durations))
})

test('that nothing was there is kept too', () => {
  const { durations: _durations, metric: _metric, ...nothing } = saved
  expect(reread(nothing)).toEqual([nothing])
})

const of = (changed: Readonly<Record<string, unknown>>) => ({
  ...saved,
  durations: { ...buckets, ...changed },
})

test.each<[string, unknown]>([
  ['no object', 7],
  ['no window', { ...saved, startMs: 'now' }],
  ['a time beyond all times', { ...saved, endMs: 1e300 }],
  ['another kind of span', { ...saved, kind: 'other' }],
  ['a name without end', { ...saved, operation: 'a'.repeat(100_000) }],
  ['more notes than anyone reads', { ...saved, notes: Array.from({ length: 1_000 }, () => 'a') }],
  ['durations that are none', { ...saved, durations: { kind: 'single', ns: [1, 'two'] } }],
  ['a duration below 0', { ...saved, durations: { kind: 'single', ns: [-1] } }],
  ['a duration that JSON cannot write', { ...saved, durations: { kind: 'single', ns: [NaN] } }],
  ['more durations than are found', { ...saved, durations: { kind: 'single', ns: Array(20_001).fill(1) } }],
  ['durations of another kind', { ...saved, durations: { kind: 'guessed' } }],
  ['buckets without bounds', of({ bounds: [] })],
  ['a bound too many', of({ held: [1, 2, 3] })],
  ['bounds that do not rise', of({ bounds: [1, 2, 2, 3, 4] })],
  ['a bound at 0', of({ bounds: [0, 1, 2, 3, 4] })],
  ['counts below 0', of({ held: [1, -1, 1, 1] })],
  ['counts past all counting', of({ held: [1e300, 1, 1, 1] })],
])('one with %s is left out, and the others stay', (_, odd) => {
  expect(reread(odd, saved)).toEqual([saved])
})

test('a span finds what was kept of its own trace, or else the only one there is of its operation and hour', () => {
  const tempo = { ...saved, traceId: 'b', source: 'Tempo' }
  const found = (all: readonly SavedPeers[], traceId: string, changed: Partial<SavedPeers> = {}) => {
    const span = { ...saved, ...changed }
    return peersAmong(all, span, span.startMs, traceId)
  }
  expect([
    found([saved, tempo], 'b'),
    found([saved], 'c'),
    // Whose it is nobody knows.
    found([saved, tempo], 'c'),
    found([saved], 'a', { operation: 'GET /pay' }),
    found([saved], 'a', { kind: 'client' }),
    found([saved], 'a', { startMs: saved.startMs + 60_000 }),
  ]).toEqual([tempo, saved, undefined, undefined, undefined, undefined])
})
