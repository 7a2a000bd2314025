import { describe, expect, it } from 'vitest'
import { foldRepeats, type RepeatedRows } from '#shared/derive/repeated-rows'
import { wholeTree } from '#shared/derive/row-tree'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { runningColumns } from './repeat-bar'

const { spans } = traceFromText(`
a: root  0..100
  a: x   0..4
  a: x   0..4
  a: x   8..12  error
`)
const groups = foldRepeats(wholeTree(spans), 2).groups as RepeatedRows
const columnsIn = (fromMs: number, toMs: number) =>
  runningColumns(groups, 0, { window: { from: fromMs * 1e6, to: toMs * 1e6 }, widthPx: 100 })

describe('the bar of repeated siblings', () => {
  it('says how many ran at each moment, and where some failed', () => {
    expect(columnsIn(0, 100)).toEqual([
      { xPx: 0, width: 3, running: 2, failures: 0 },
      { xPx: 4, width: 3, running: 2, failures: 0 },
      { xPx: 8, width: 3, running: 1, failures: 1 },
    ])
  })

  it('is empty where nothing of it is in view', () => {
    expect(columnsIn(50, 100)).toEqual([])
  })
})
