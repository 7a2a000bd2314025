import { expect, test } from 'vitest'
import { arePartsOfOne, fileKind, readManifest } from '#shared/investigation/manifest'

const step = {
  id: 'a',
  parent: '',
  place: '/logs?query=a',
  signal: 'log',
  title: 'Lines',
  sources: ['Loki'],
  query: 'a',
  count: '3 lines',
  atMs: 1,
  name: '',
  note: 'here',
  isPinned: false,
}

test('a manifest is read as far as it goes: what is damaged falls back alone', () => {
  const read = readManifest({
    kind: fileKind,
    version: 1,
    savedMs: 'yesterday',
    writtenBy: '0.1.0',
    thread: { id: 't', name: 'Checkout', steps: [step, 7], current: 'a', tip: 'a' },
    sources: [{ id: 'loki', name: 'Loki', kind: 'loki' }, 'nothing'],
    holds: { traces: 2, lines: 'many', series: 3 },
    notes: 5,
    serviceSlots: { payment: 3 },
  })
  expect(read).toMatchObject({
    kind: 'read',
    lostSteps: 1,
    manifest: {
      savedMs: 0,
      writtenBy: '0.1.0',
      thread: { name: 'Checkout', steps: [{ id: 'a', note: 'here' }] },
      sources: [{ id: 'loki' }],
      holds: { traces: 2, lines: 0, series: 3 },
      notes: [],
      serviceSlots: { payment: 3 },
    },
  })
})

const thread = { id: 't', steps: [step] }

test('a manifest with nothing but a step is still one', () => {
  expect(readManifest({ kind: fileKind, version: 1, thread })).toMatchObject({
    kind: 'read',
    lostSteps: 0,
    manifest: { thread: { steps: [{ id: 'a' }] }, notes: [], serviceSlots: {} },
  })
})

test.each([undefined, [], 7, { steps: [] }, { steps: [{ id: 'a' }] }])(
  'of a thread %j no step is left, which is said',
  (odd) => {
    expect(readManifest({ kind: fileKind, version: 1, thread: odd })).toEqual({
      kind: 'lost',
      sentence: expect.stringContaining('its list of steps cannot be read') as string,
    })
  },
)

test.each([
  [['manifest.json', 'traces/a.json'], true],
  [['manifesu.json', 'traces/a.json', 'logs/lines.json'], true],
  [['metrics/series.json'], true],
  [['manifest.json', 'metrics/series.json', 'metrics/series.2.json'], true],
  [['manifest.json'], false],
  [['traces/a.json', 'traces/b.json'], false],
  [['manifest.json', 'icons/a.png', 'traces/a.json'], false],
  [['logs/lines.json', 'readme.md', 'notes.txt'], false],
  [[], false],
])('files %j of a zip are those of an investigation: %s', (paths, are) => {
  expect(arePartsOfOne(paths)).toBe(are)
})

test('what is no number of things is none', () => {
  const holds = { traces: -3, lines: 1, series: 1 }
  expect(readManifest({ kind: fileKind, version: 1, thread, holds })).toMatchObject({
    manifest: { holds: { traces: 0, lines: 1, series: 1 } },
  })
})

test('a newer one is refused in a sentence', () => {
  expect(readManifest({ kind: fileKind, version: 2, thread: {} })).toEqual({
    kind: 'refused',
    sentence: 'This investigation was saved by a newer Clew (format 2; this one reads up to 1).',
  })
})

test.each([
  ['vNext', '"vNext"'],
  ['1', '"1"'],
  [1.5, '1.5'],
  [0, '0'],
  [[1], '[1]'],
  [undefined, 'missing'],
])('a version that is none is refused, and quoted: %j', (version, quoted) => {
  expect(readManifest({ kind: fileKind, version, thread })).toEqual({
    kind: 'refused',
    sentence: `This investigation does not say in which format it was saved: its version is ${quoted}, and should be a number.`,
  })
})

test.each([undefined, 7, {}, { kind: 'package' }, [fileKind]])('%j is no manifest', (value) => {
  expect(readManifest(value)).toEqual({ kind: 'other' })
})
