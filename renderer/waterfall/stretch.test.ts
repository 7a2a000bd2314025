import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowHeightPx } from './list-position'
import { lastFrom, moveOfScroll, moveToRow, type Stretch } from './stretch'

const heightPx = 37 * rowHeightPx
const stretches = fc
  .record({ count: fc.integer({ min: 1, max: 3_000_000 }), most: fc.integer({ min: 1000, max: 1_400_000 }) })
  .chain(({ count, most }) =>
    fc.record({
      count: fc.constant(count),
      most: fc.constant(most),
      from: fc.integer({ min: 0, max: lastFrom({ count, most }) }),
    }),
  )
const roomOf = ({ count, most }: Stretch) => Math.max(0, Math.min(count, most) * rowHeightPx - heightPx)

describe('the stretch of rows in the list', () => {
  it('is all rows where they fit', () => {
    const all = { count: 1_000_000, most: 1_398_100, from: 0 }
    expect(moveOfScroll(all, { topPx: roomOf(all), heightPx }, true)).toBeUndefined()
    expect(moveOfScroll(all, { topPx: roomOf(all), heightPx }, false)).toBeUndefined()
    expect(moveToRow(all, 999_999, heightPx)).toBeUndefined()
  })

  it('follows the scroll bar from the first row to the last', () => {
    const stretch = { count: 1_000_000, most: 699_050, from: 0 }
    const roomPx = roomOf(stretch)
    expect(moveOfScroll(stretch, { topPx: roomPx, heightPx }, true)).toEqual({ from: 300_950, topPx: roomPx })
    expect(moveOfScroll({ ...stretch, from: 300_950 }, { topPx: 0, heightPx }, true)).toEqual({
      from: 0,
      topPx: 0,
    })
    const middle = moveOfScroll(stretch, { topPx: roomPx / 2, heightPx }, true)
    expect((middle?.from ?? 0) + (middle?.topPx ?? 0) / rowHeightPx).toBeCloseTo((1_000_000 - 37) / 2, 0)
  })

  it('stays while rows are scrolled one by one, and moves under them at its ends', () => {
    const stretch = { count: 1_000_000, most: 699_050, from: 0 }
    const roomPx = roomOf(stretch)
    expect(moveOfScroll(stretch, { topPx: 0, heightPx }, false)).toBeUndefined()
    expect(moveOfScroll(stretch, { topPx: roomPx / 2, heightPx }, false)).toBeUndefined()
    const move = moveOfScroll(stretch, { topPx: roomPx - 7, heightPx }, false)
    if (!move) throw new Error('it has to move')
    expect(move.from * rowHeightPx + move.topPx).toBe(roomPx - 7)
    expect(
      moveOfScroll({ ...stretch, from: move.from }, { topPx: move.topPx, heightPx }, false),
    ).toBeUndefined()
  })

  it('lies within the rows, is scrolled within itself, and does not move twice for one scroll', () => {
    fc.assert(
      fc.property(
        stretches,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (stretch, share, jumped) => {
          const move = moveOfScroll(stretch, { topPx: share * roomOf(stretch), heightPx }, jumped)
          if (!move) return
          expect(move.from).toBeGreaterThanOrEqual(0)
          expect(move.from).toBeLessThanOrEqual(lastFrom(stretch))
          expect(move.topPx).toBeGreaterThanOrEqual(-0.001)
          expect(move.topPx).toBeLessThanOrEqual(roomOf(stretch) + 0.001)
          const moved = { ...stretch, from: move.from }
          expect(moveOfScroll(moved, { topPx: move.topPx, heightPx }, jumped)).toBeUndefined()
        },
      ),
    )
  })

  it('brings any row into view', () => {
    fc.assert(
      fc.property(stretches, fc.double({ min: 0, max: 1, noNaN: true }), (stretch, share) => {
        const at = Math.floor(share * (stretch.count - 1))
        const move = moveToRow(stretch, at, heightPx)
        const from = move?.from ?? stretch.from
        expect(at).toBeGreaterThanOrEqual(from)
        expect(at).toBeLessThan(from + stretch.most)
        if (!move) return
        const rowPx = (at - from) * rowHeightPx - move.topPx
        expect(rowPx).toBeGreaterThanOrEqual(-0.001)
        expect(rowPx).toBeLessThanOrEqual(heightPx - rowHeightPx + 0.001)
      }),
    )
  })
})
