import { expect, test } from 'vitest'
import { hasLabel, rulerTicks } from '#shared/derive/ruler-ticks'

const labels = (to: number, widthPx: number): readonly string[] => {
  const timeline = { window: { from: 0, to }, widthPx }
  return rulerTicks(timeline)
    .filter((tick) => hasLabel(tick, timeline))
    .map((tick) => tick.label)
}

test('however narrow, the ruler names at least three times', () => {
  for (const widthPx of [160, 180, 220, 300, 396, 700])
    for (const seconds of [0.0049, 0.1, 1, 4.87, 5.1, 7.4, 9.9, 11, 20, 59, 150])
      expect(labels(seconds * 1e9, widthPx).length, `${seconds} s in ${widthPx} px`).toBeGreaterThanOrEqual(3)
})

test('with room, marks are about eighty pixels apart', () => {
  expect(labels(5.1e9, 160)).toEqual(['0', '2 s', '4 s'])
  expect(labels(7.4e9, 640)).toEqual(['0', '1 s', '2 s', '3 s', '4 s', '5 s', '6 s', '7 s'])
})
