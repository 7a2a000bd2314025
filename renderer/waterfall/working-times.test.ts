import { describe, expect, it } from 'vitest'
import type { SpanTable } from '#shared/trace/table'
import { computeWorkingTimes } from './working-times'

/** Only the columns that are read: rows as [parent, start, end], in pre-order. */
function tableOf(rows: readonly (readonly [number, number, number])[]): SpanTable {
  const childCount = rows.map((_, row) => rows.filter(([parent]) => parent === row).length)
  const subtreeEnd = rows.map((_, row) => {
    let end = row + 1
    while (end < rows.length && (rows[end]?.[0] ?? -1) >= row) end += 1
    return end
  })
  return {
    start: Float64Array.from(rows, ([, start]) => start),
    duration: Float64Array.from(rows, ([, start, end]) => end - start),
    childCount: Int32Array.from(childCount),
    subtreeEnd: Int32Array.from(subtreeEnd),
  } as unknown as SpanTable
}

describe('working times', () => {
  it('are the whole of a leaf', () => {
    expect([...computeWorkingTimes(tableOf([[-1, 10, 30]]), 0)]).toEqual([10, 30])
  })

  it('are nothing of a span without duration', () => {
    expect([...computeWorkingTimes(tableOf([[-1, 10, 10]]), 0)]).toEqual([])
  })

  it('leave out what direct children ran, and look past grandchildren', () => {
    // 0        10   20      50  60        100
    // |--work--|child|-work-|child|--work--|
    const table = tableOf([
      [-1, 0, 100],
      [0, 10, 20],
      [1, 11, 12],
      [0, 50, 60],
    ])
    expect([...computeWorkingTimes(table, 0)]).toEqual([0, 10, 20, 50, 60, 100])
  })

  it('join children that overlap, and cut one that outlives its parent', () => {
    const table = tableOf([
      [-1, 0, 100],
      [0, 10, 60],
      [0, 20, 30],
      [0, 90, 400],
    ])
    expect([...computeWorkingTimes(table, 0)]).toEqual([0, 10, 60, 90])
  })

  it('are untouched by a child that ran before or after', () => {
    const table = tableOf([
      [-1, 100, 200],
      [0, 10, 60],
      [0, 300, 400],
    ])
    expect([...computeWorkingTimes(table, 0)]).toEqual([100, 200])
  })
})
