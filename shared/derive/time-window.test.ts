import { describe, expect, it } from 'vitest'
import {
  betweenMoments,
  clampWindow,
  frameSpan,
  isWhole,
  panBy,
  wholeWindow,
  windowShowing,
  zoomAt,
} from '#shared/derive/time-window'

const second = 1e9

describe('time window', () => {
  it('shows a trace without duration in a window that is not empty', () => {
    expect(wholeWindow(0)).toEqual({ from: 0, to: 1 })
    expect(clampWindow({ from: 0, to: 0 }, 0)).toEqual({ from: 0, to: 1 })
    expect(isWhole(wholeWindow(0), 0)).toBe(true)
  })

  it('keeps the moment under the pointer where it is while zooming', () => {
    const zoomed = zoomAt({ from: 0, to: 8 * second }, 6 * second, 0.5, 8 * second)
    expect(zoomed).toEqual({ from: 3 * second, to: 7 * second })
  })

  it('never zooms out past the whole trace', () => {
    expect(zoomAt({ from: 1 * second, to: 2 * second }, 1.5 * second, 100, 8 * second)).toEqual({
      from: 0,
      to: 8 * second,
    })
  })

  it('never zooms in past the shortest window, and stays at the pointer', () => {
    const zoomed = zoomAt({ from: 500, to: 700 }, 600, 0.001, 8 * second)
    expect(zoomed.to - zoomed.from).toBeCloseTo(100)
    expect((zoomed.from + zoomed.to) / 2).toBeCloseTo(600)
  })

  it('pans by a share of what is seen and stops at the ends', () => {
    expect(panBy({ from: 2 * second, to: 4 * second }, 0.5, 8 * second)).toEqual({
      from: 3 * second,
      to: 5 * second,
    })
    expect(panBy({ from: 2 * second, to: 4 * second }, -9, 8 * second)).toEqual({
      from: 0,
      to: 2 * second,
    })
    expect(panBy({ from: 2 * second, to: 4 * second }, 9, 8 * second)).toEqual({
      from: 6 * second,
      to: 8 * second,
    })
  })

  it('frames a span with room on both sides, except where the trace ends', () => {
    expect(frameSpan(2 * second, second, 8 * second)).toEqual({
      from: 1.94 * second,
      to: 3.06 * second,
    })
    expect(frameSpan(0, 8 * second, 8 * second)).toEqual({ from: 0, to: 8 * second })
  })

  it('frames an instant in a window that can be read', () => {
    const framed = frameSpan(second, 0, 8 * second)
    expect(framed.to - framed.from).toBeCloseTo(100)
  })

  it('takes two moments in either order', () => {
    expect(betweenMoments(5 * second, 2 * second, 8 * second)).toEqual({
      from: 2 * second,
      to: 5 * second,
    })
  })

  it('moves only as far as a span asks that is out of view', () => {
    const window = { from: 2 * second, to: 4 * second }
    expect(windowShowing(window, 3 * second, 5 * second, 10 * second)).toBe(window)
    expect(windowShowing(window, 6 * second, second, 10 * second)).toEqual({
      from: 5.5 * second,
      to: 7.5 * second,
    })
    expect(windowShowing(window, 5 * second, 4 * second, 10 * second)).toEqual(
      frameSpan(5 * second, 4 * second, 10 * second),
    )
  })
})
