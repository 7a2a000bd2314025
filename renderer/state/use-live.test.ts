import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveValue } from './use-live'

/** The URL rounds. */
const same = (a: number, b: number): boolean => Math.round(a) === Math.round(b)

function setUp() {
  const live = new LiveValue<number>(1, same)
  const written: number[] = []
  live.writeTo((value) => written.push(value))
  return { live, written }
}

describe('live value', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is there at once and written once, a moment after the last change', () => {
    const { live, written } = setUp()
    for (const value of [2, 3, 4.2]) {
      live.set(value)
      vi.advanceTimersByTime(100)
    }
    expect([live.get(), written]).toEqual([4.2, []])
    vi.advanceTimersByTime(200)
    expect(written).toEqual([4.2])
  })

  it('does not take its own rounded echo for news', () => {
    const { live } = setUp()
    live.set(4.2)
    live.flush()
    live.arrive(4)
    expect(live.get()).toBe(4.2)
  })

  it('goes on while an older echo arrives', () => {
    const { live, written } = setUp()
    live.set(4)
    live.flush()
    live.set(5)
    live.arrive(4)
    expect(live.get()).toBe(5)
    vi.advanceTimersByTime(300)
    expect(written).toEqual([4, 5])
  })

  it('gives way to a place that somebody else went to, and forgets what was not written', () => {
    const { live, written } = setUp()
    live.set(7)
    live.arrive(3)
    vi.advanceTimersByTime(300)
    expect([live.get(), written]).toEqual([3, []])
  })

  it('shows what is written in another way before the URL says it', () => {
    const { live, written } = setUp()
    live.show(9)
    live.arrive(9)
    vi.advanceTimersByTime(300)
    expect([live.get(), written]).toEqual([9, []])
    live.arrive(1)
    expect(live.get()).toBe(1)
  })

  it('writes at once when asked, and only what is not written yet', () => {
    const { live, written } = setUp()
    live.flush()
    live.set((now) => now + 1)
    live.flush()
    live.flush()
    expect(written).toEqual([2])
  })
})
