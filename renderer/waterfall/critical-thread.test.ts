import { describe, expect, it } from 'vitest'
import { criticalPath } from '#shared/derive/critical-path'
import { foldedNodes } from '#shared/derive/folding'
import { wholeTree } from '#shared/derive/row-tree'
import { shownNodes } from '#shared/derive/visible-rows'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { threadConnectors, threadTimes, threadTimesInside } from './critical-thread'

/**
 * 0     20      40      60     80     100
 * |root-|--a----|--root-|--b---|--root-|
 *          |-c-|
 */
const trace = traceFromText(`
a: root 0..100
  a: first 20..40
    b: inner 25..35
  a: second 60..80
`)
const { spans } = trace
const tree = wholeTree(spans)
const path = criticalPath(trace)
const ms = 1e6
const timesMs = (row: number, isFolded: boolean): number[] =>
  [...threadTimes(path, spans, row, isFolded)].map((ns) => ns / ms)
const timeline = { window: { from: 0, to: 100 * ms }, widthPx: 100 }
const allRows = shownNodes(tree, undefined, undefined)

describe('critical thread', () => {
  it('runs under a span where the span itself was waited for', () => {
    expect(timesMs(0, false)).toEqual([0, 20, 40, 60, 80, 100])
    expect(timesMs(1, false)).toEqual([20, 25, 35, 40])
    expect(timesMs(2, false)).toEqual([25, 35])
  })

  it('runs under a folded span for all that is inside it, joined', () => {
    expect(timesMs(1, true)).toEqual([20, 40])
    expect(timesMs(0, true)).toEqual([0, 100])
  })

  it('runs under repeated siblings for all that is inside them', () => {
    expect([...threadTimesInside(path, tree, 1)].map((ns) => ns / ms)).toEqual([25, 35])
    expect([...threadTimesInside(path, tree, 0)].map((ns) => ns / ms)).toEqual([20, 40, 60, 80])
  })

  it('goes over between rows at the moment it does', () => {
    const connectors = threadConnectors(path, tree, allRows, timeline)
    expect(connectors.map(({ xPx, topIndex, bottomIndex }) => [xPx, topIndex, bottomIndex])).toEqual([
      [20, 0, 1],
      [25, 1, 2],
      [35, 1, 2],
      [40, 0, 1],
      [60, 0, 3],
      [80, 0, 3],
    ])
  })

  it('goes to the folded row that hides a span, and not at all within it', () => {
    const rows = shownNodes(tree, foldedNodes(tree, { base: 1, toggled: [] }), undefined)
    expect([...rows]).toEqual([0, 1, 3])
    const connectors = threadConnectors(path, tree, rows, timeline)
    expect(connectors.map(({ xPx, bottomIndex }) => [xPx, bottomIndex])).toEqual([
      [20, 1],
      [40, 1],
      [60, 2],
      [80, 2],
    ])
  })

  it('has no more connectors than there is room for', () => {
    const calls = Array.from({ length: 500 }, (_, call) => `  a: call ${call * 2}..${call * 2 + 1}`)
    const many = traceFromText(`a: root 0..1000\n${calls.join('\n')}`)
    const connectors = threadConnectors(
      criticalPath(many),
      wholeTree(many.spans),
      shownNodes(wholeTree(many.spans), undefined, undefined),
      { window: { from: 0, to: 1000 * ms }, widthPx: 100 },
    )
    expect(connectors.length).toBeLessThanOrEqual(50)
  })
})
