import { describe, expect, test } from 'vitest'
import { clockTicks, durationAxis, durationTicks, timeScale } from './scatter-scale'

const at = (text: string): number => Date.parse(`2026-11-12T${text}Z`)

const labels = (nowMs: number): string[] =>
  clockTicks(at('13:40:00'), at('14:00:00'), 200, 'utc', nowMs).map((tick) => tick.label)

describe('the time axis', () => {
  test('puts the window over the width, and back', () => {
    const scale = timeScale(1_000, 3_000, 200)
    expect([scale.at(1_000), scale.at(2_000), scale.at(3_000), scale.valueAt(50)]).toEqual([
      0, 100, 200, 1_500,
    ])
  })

  test('marks round clock times', () => {
    expect(clockTicks(at('13:40:00'), at('14:40:00'), 600, 'utc', at('15:00:00'))).toEqual([
      { px: 0, label: '13:40' },
      { px: 100, label: '13:50' },
      { px: 200, label: '14:00' },
      { px: 300, label: '14:10' },
      { px: 400, label: '14:20' },
      { px: 500, label: '14:30' },
      { px: 600, label: '14:40' },
    ])
  })

  test('names a day that is not today, and a year that is not this one', () => {
    expect(labels(Date.parse('2026-11-13T00:00:00Z'))).toEqual(['11-12 13:40', '13:50', '14:00'])
    expect(labels(Date.parse('2027-01-01T00:00:00Z'))).toEqual(['2026-11-12 13:40', '13:50', '14:00'])
  })

  test('names seconds in a short window and days in a long one', () => {
    expect(
      clockTicks(at('13:40:00'), at('13:40:20'), 200, 'utc', at('15:00:00')).map((tick) => tick.label),
    ).toEqual(['13:40:00', '13:40:10', '13:40:20'])
    expect(
      clockTicks(at('20:00:00'), at('20:00:00') + 12 * 3_600_000, 400, 'utc', at('15:00:00')).map(
        (tick) => tick.label,
      ),
    ).toEqual(['21:00', '11-13', '03:00', '06:00'])
  })
})

describe('the duration axis', () => {
  test('is linear from 0 where durations are alike', () => {
    const axis = durationAxis([100e6, 400e6], 100)
    expect(axis.kind).toBe('linear')
    expect(axis.at(0)).toBe(100)
    expect(axis.valueAt(axis.at(400e6))).toBeCloseTo(400e6)
    expect(durationTicks(axis, 100).map((tick) => tick.label)).toEqual(['0', '200 ms', '400 ms'])
  })

  test('is logarithmic where the longest would flatten the rest', () => {
    const axis = durationAxis([500e6, 5e6, 20e9], 150)
    expect(axis.kind).toBe('log')
    expect(durationTicks(axis, 150).map((tick) => tick.label)).toEqual(['10 ms', '100 ms', '1 s', '10 s'])
    expect(axis.valueAt(axis.at(500e6))).toBeCloseTo(500e6)
  })

  test('keeps a duration of 0 on the axis', () => {
    const axis = durationAxis([0, 1e3, 1e9], 100)
    expect(axis.at(0)).toBe(100)
  })

  test('has marks even where there is nothing', () => {
    const axis = durationAxis([], 100)
    expect(axis.kind).toBe('linear')
    expect(durationTicks(axis, 100).length).toBeGreaterThan(1)
  })
})
