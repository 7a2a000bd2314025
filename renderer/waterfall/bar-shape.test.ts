import { describe, expect, it } from 'vitest'
import { boxesPath, stretchesOf, stretchOf, ticksPath } from './bar-shape'

const timeline = { window: { from: 1000, to: 2000 }, widthPx: 100 }

describe('bar shape', () => {
  it('puts times where they belong', () => {
    expect(stretchOf(1200, 1700, timeline)).toEqual({ xPx: 20, widthPx: 50 })
  })

  it('keeps the shortest bar visible, also at the very end of the column', () => {
    expect(stretchOf(1200, 1200, timeline)).toEqual({ xPx: 20, widthPx: 2 })
    expect(stretchOf(2000, 2000, timeline)).toEqual({ xPx: 98, widthPx: 2 })
  })

  it('cuts what runs out of the window a little beyond its edges', () => {
    expect(stretchOf(0, 9e15, timeline)).toEqual({ xPx: -4, widthPx: 108 })
  })

  it('leaves out what is before or after the window', () => {
    expect(stretchOf(0, 999, timeline)).toBeUndefined()
    expect(stretchOf(2001, 3000, timeline)).toBeUndefined()
  })

  it('draws only the pieces in view', () => {
    const times = Float64Array.of(0, 500, 1100, 1200, 1500, 1600, 2500, 2600)
    expect(stretchesOf(times, timeline)).toEqual([
      { xPx: 10, widthPx: 10 },
      { xPx: 50, widthPx: 10 },
    ])
  })

  it('joins pieces that are less than a pixel apart', () => {
    const times = Float64Array.of(1100, 1200, 1205, 1300, 1320, 1400)
    expect(stretchesOf(times, timeline)).toEqual([
      { xPx: 10, widthPx: 20 },
      { xPx: 32, widthPx: 8 },
    ])
  })

  it('draws no more pieces than there are pixels, however many there are', () => {
    const times = Float64Array.from({ length: 200_000 }, (_, index) => 1000 + index * 0.005)
    expect(stretchesOf(times, timeline).length).toBeLessThanOrEqual(100)
  })

  it('makes one path of many boxes, round only where there is room', () => {
    expect(
      boxesPath(
        [
          { xPx: 1, widthPx: 2 },
          { xPx: 10, widthPx: 8 },
        ],
        7,
        10,
        1.5,
      ),
    ).toBe(
      'M1 7h2v10h-2zM11.5 7h5a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5h-5a1.5 1.5 0 0 1-1.5-1.5v-7a1.5 1.5 0 0 1 1.5-1.5z',
    )
  })

  it('draws ticks of the same pixel once', () => {
    expect(ticksPath([3, 3.2, 3.4, 9], 5, 14)).toBe('M3 5v14M9 5v14')
  })
})
