import { describe, expect, test } from 'vitest'
import {
  describeRange,
  describeWindow,
  formatTimePoint,
  lastHour,
  parseTimePoint,
  rangeThatFollows,
  readRange,
  relativePresets,
  roundedWindow,
  windowOf,
  type TimeRange,
} from '#shared/derive/time-range'
import { parseTimeRange } from '#shared/derive/typed-time'

const utc = (text: string): number => Date.parse(`${text}Z`)
/** A Thursday afternoon. */
const now = utc('2026-11-12T14:40:30')
const minute = 60_000
const at = (from: string, to: string): string =>
  describeWindow({ startMs: utc(from), endMs: utc(to) }, 'utc', now)

describe('windowOf', () => {
  test('counts relative points back from now', () => {
    expect(windowOf({ from: 'now-1h', to: 'now' }, now)).toEqual({ startMs: now - 60 * minute, endMs: now })
    expect(windowOf({ from: 'now-1.5h', to: 'now-30s' }, now)).toEqual({
      startMs: now - 90 * minute,
      endMs: now - 30_000,
    })
  })
  test('never gives an empty window', () => {
    expect(windowOf({ from: now, to: 'now-1h' }, now)).toEqual({ startMs: now, endMs: now + 1 })
  })
})

describe('the URL form of a point', () => {
  test('is read back as it was written', () => {
    for (const point of ['now', 'now-15m', 'now-1.5h', 1_763_000_000_123] as const)
      expect(parseTimePoint(formatTimePoint(point))).toBe(point)
  })
  test('leaves out what is no point', () => {
    expect(['now-', 'now+1h', 'later', '', '-5', null].map((text) => parseTimePoint(text))).toEqual(
      Array(6).fill(undefined),
    )
  })
})

describe('a range in the URL', () => {
  const read = (query: string) => readRange(new URLSearchParams(query), lastHour, now)
  test('is taken as it is, its missing end from the fallback', () => {
    expect([read(''), read('from=now-3h'), read(`from=${now - minute}&to=now`)]).toEqual([
      { range: lastHour, rangeProblem: undefined },
      { range: { from: 'now-3h', to: 'now' }, rangeProblem: undefined },
      { range: { from: now - minute, to: 'now' }, rangeProblem: undefined },
    ])
  })
  test.each([
    ['from=now-1h&to=now-2h', 'The end is not after the start.'],
    [`from=${now}&to=${now - 1}`, 'The end is not after the start.'],
    [`from=now-5m&to=${now - 10 * minute}`, 'The end is not after the start.'],
    ['to=now-2h', 'The end is not after the start.'],
    ['from=now-1h&to=soon', '“soon” is not a time.'],
    ['from=now-99999999w&to=now', 'It starts before 1970.'],
  ])('gives way to the fallback where it is %s, and says why', (query, problem) => {
    expect(read(query)).toEqual({ range: lastHour, rangeProblem: problem })
  })
})

/** What is typed, and the window it means with the clock at 14:40:30 UTC on 12 November 2026. */
const typed: readonly (readonly [string, string, string])[] = [
  ['14:20 – 14:40', '2026-11-12T14:20:00', '2026-11-12T14:40:00'],
  ['14:20-14:40', '2026-11-12T14:20:00', '2026-11-12T14:40:00'],
  ['14:20 to 14:40', '2026-11-12T14:20:00', '2026-11-12T14:40:00'],
  ['from 9:05 to 9:06:30.5', '2026-11-12T09:05:00', '2026-11-12T09:06:30.500'],
  // Later today has not happened: yesterday is meant.
  ['23:00 – 23:30', '2026-11-11T23:00:00', '2026-11-11T23:30:00'],
  ['23:50 – 00:10', '2026-11-11T23:50:00', '2026-11-12T00:10:00'],
  ['2026-11-10 14:20 – 14:40', '2026-11-10T14:20:00', '2026-11-10T14:40:00'],
  ['2026-11-10 23:50 – 2026-11-11 00:10', '2026-11-10T23:50:00', '2026-11-11T00:10:00'],
  ['2026-11-10T14:20:00Z/2026-11-10T14:40:00Z', '2026-11-10T14:20:00', '2026-11-10T14:40:00'],
  ['2026-11-10T14:20+02:00 .. 2026-11-10T14:40+02:00', '2026-11-10T12:20:00', '2026-11-10T12:40:00'],
  ['10 Nov 14:20 – 14:40', '2026-11-10T14:20:00', '2026-11-10T14:40:00'],
  ['Nov 10, 2025 14:20 – 14:40', '2025-11-10T14:20:00', '2025-11-10T14:40:00'],
  ['30 Dec 10:00 – 11:00', '2025-12-30T10:00:00', '2025-12-30T11:00:00'],
  ['2026-11-10', '2026-11-10T00:00:00', '2026-11-11T00:00:00'],
  ['2026-11-09 – 2026-11-10', '2026-11-09T00:00:00', '2026-11-11T00:00:00'],
  ['today', '2026-11-12T00:00:00', '2026-11-13T00:00:00'],
  ['yesterday', '2026-11-11T00:00:00', '2026-11-12T00:00:00'],
  ['yesterday 14:00 – 15:00', '2026-11-11T14:00:00', '2026-11-11T15:00:00'],
  // One moment: five minutes either side.
  ['2026-11-10T14:29:51.412Z', '2026-11-10T14:24:51.412', '2026-11-10T14:34:51.412'],
  ['14:29', '2026-11-12T14:24:00', '2026-11-12T14:34:00'],
  ['15:00', '2026-11-11T14:55:00', '2026-11-11T15:05:00'],
  ['1762784991', '2025-11-10T14:24:51', '2025-11-10T14:34:51'],
  ['1762784991412', '2025-11-10T14:24:51.412', '2025-11-10T14:34:51.412'],
  ['1762784991412345', '2025-11-10T14:24:51.412', '2025-11-10T14:34:51.412'],
  ['1762784991412345678', '2025-11-10T14:24:51.412', '2025-11-10T14:34:51.412'],
  ['1762784991412 – 1762784999', '2025-11-10T14:29:51.412', '2025-11-10T14:29:59'],
]

describe('parseTimeRange', () => {
  test.each(typed)('reads %s', (text, from, to) => {
    expect(parseTimeRange(text, 'utc', now)).toEqual({ ok: true, range: { from: utc(from), to: utc(to) } })
  })

  test.each([
    ['last 15m', 'now-15m', 'now'],
    ['past 2 hours', 'now-2h', 'now'],
    ['15 min', 'now-15m', 'now'],
    ['last hour', 'now-1h', 'now'],
    ['now-2h', 'now-2h', 'now'],
    ['-90s', 'now-90s', 'now'],
    ['2 h ago – 1 h ago', 'now-2h', 'now-1h'],
    ['now-3d to now-2d', 'now-3d', 'now-2d'],
  ] as const)('keeps %s relative', (text, from, to) => {
    expect(parseTimeRange(text, 'utc', now)).toEqual({ ok: true, range: { from, to } })
  })

  test.each([
    ['', /Write “last 15m”/],
    ['soon', /“soon” is not a time/],
    ['14:20 – late', /“late” is not a time/],
    ['2026-02-30', /no such day/],
    ['2026-11-10 14:40 – 2026-11-10 14:20', /end is not after the start/],
    ['now-1h – now-2h', /end is not after the start/],
    ['1 h ago – 1 h ago', /end is not after the start/],
    ['now – 2026-11-12 14:00', /end is not after the start/],
    ['2026-11-12 14:00 – now-50m', /end is not after the start/],
    ['last 9999w', /before 1970/],
    ['25:00 – 26:00', /“25:00” is not a time/],
    ['0m', /no time at all/],
    ['12345', /“12345” is not a time/],
  ])('refuses %s with a sentence', (text, sentence) => {
    const parsed = parseTimeRange(text, 'utc', now)
    expect(parsed.ok ? 'read' : parsed.sentence).toMatch(sentence)
  })
})

describe('describeRange', () => {
  test('names days and years only where they differ from today', () => {
    expect([
      at('2026-11-12T14:20:00', '2026-11-12T14:40:00'),
      at('2026-11-12T14:20:05', '2026-11-12T14:40:05.250'),
      at('2026-11-11T23:50:00', '2026-11-12T00:10:00'),
      at('2025-11-10T14:20:00', '2025-11-10T14:40:00'),
    ]).toEqual([
      '14:20 – 14:40',
      '14:20:05 – 14:40:05.250',
      '11 Nov 23:50 – 12 Nov 00:10',
      '10 Nov 2025 14:20 – 14:40',
    ])
  })

  test('is read back to the same range, in either zone', () => {
    const ranges: readonly TimeRange[] = [
      ...relativePresets,
      { from: 'now-2h', to: 'now-1h' },
      { from: utc('2026-11-12T14:20:00'), to: utc('2026-11-12T14:40:00') },
      { from: utc('2026-11-10T10:20:00.125'), to: utc('2026-11-10T14:40:07') },
      { from: utc('2026-11-08T10:20:00'), to: utc('2026-11-10T14:40:00') },
      { from: utc('2024-02-29T10:20:00'), to: utc('2024-03-01T14:40:00') },
    ]
    for (const zone of ['utc', 'local'] as const)
      for (const range of ranges)
        expect(parseTimeRange(describeRange(range, zone, now), zone, now)).toEqual({ ok: true, range })
  })
})

test.each<[TimeRange, TimeRange]>([
  [
    { from: 'now-2h', to: 'now' },
    { from: 'now-2h', to: 'now' },
  ],
  [
    { from: now - 7_200_000, to: now - 6_900_000 },
    { from: 'now-5m', to: 'now' },
  ],
  [
    { from: 'now-3h', to: 'now-1h' },
    { from: 'now-3h', to: 'now' },
  ],
  [
    { from: 0, to: now },
    { from: 'now-7d', to: 'now' },
  ],
])('%o goes on as %o', (range, following) => {
  expect(rangeThatFollows(range, now)).toEqual(following)
})

test.each([
  ['minutes of a long window', '2026-11-29T18:04:50.458Z', '2026-11-29T19:04:50.458Z', '18:04 – 19:04'],
  ['seconds of a short one', '2026-11-29T18:04:50.458Z', '2026-11-29T18:05:10.458Z', '18:04:50 – 18:05:10'],
])('a window is read in %s', (_, start, end, words) => {
  const [startMs, endMs] = [start, end].map((time) => Date.parse(time))
  expect(describeWindow(roundedWindow({ startMs, endMs }), 'utc', endMs)).toBe(words)
})
