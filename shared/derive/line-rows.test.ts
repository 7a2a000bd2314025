import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { everythingOpen } from '#shared/derive/folding'
import {
  lineOfRow,
  linesBelow,
  type PlacedLine,
  rowOfLine,
  spansAt,
  withLines,
} from '#shared/derive/line-rows'
import { foldRepeats, groupOfNode } from '#shared/derive/repeated-rows'
import { rowTree, type RowTree, spanOfNode, wholeTree } from '#shared/derive/row-tree'
import { visibleNodes } from '#shared/derive/visible-rows'
import type { Trace } from '#shared/trace/table'

const trace = traceFromText(`
  a: a      0..100
    b: b   10..30
      b: d 12..20
    c: c   50..90
`)

const ms = 1e6
const line = (span: number, at: number): PlacedLine => ({
  line: at,
  span,
  isByTime: false,
  timeNs: at * ms,
})

/** One row a line, indented by its level. */
function drawn({ names }: Trace, tree: RowTree): string[] {
  return Array.from({ length: tree.length }, (_, node) => {
    const row = tree.row[node]
    const of = lineOfRow(tree, row)
    const group = groupOfNode(tree, node)
    const text =
      of >= 0
        ? `"${tree.lines?.line[of]}"`
        : `${group >= 0 ? '× ' : ''}${names[tree.spans.name[spanOfNode(tree, node)]]}`
    return `${'  '.repeat(tree.level[node])}${text}`
  })
}

test('a line stands under its span, before what began after it', () => {
  const tree = withLines(wholeTree(trace.spans), [
    line(1, 25),
    line(0, 40),
    line(0, 95),
    line(2, 15),
    line(1, 11),
  ])
  expect(drawn(trace, tree)).toEqual([
    'a',
    '  b',
    '    "11"',
    '    d',
    '      "15"',
    '    "25"',
    '  "40"',
    '  c',
    '  "95"',
  ])
})

test('the tree holds together: ends, parents, places of spans, and how many lines lie below', () => {
  const tree = withLines(wholeTree(trace.spans), [line(1, 25), line(0, 40), line(2, 15)])
  for (let node = 0; node < tree.length; node++) {
    expect(tree.at[tree.row[node]]).toBe(node)
    const parent = tree.parent[node]
    if (parent < 0) continue
    expect(parent).toBeLessThan(node)
    expect(tree.end[node]).toBeLessThanOrEqual(tree.end[parent])
    expect(tree.level[node]).toBe(tree.level[parent] + 1)
  }
  expect([0, 1, 3].map((span) => linesBelow(tree, tree.at[span]))).toEqual([3, 2, 0])
})

test('a line of a span that was taken out lies under what is left above it', () => {
  const tree = withLines(rowTree(trace.spans, Uint8Array.of(1, 0, 0, 1)), [line(2, 15)])
  expect(drawn(trace, tree)).toEqual(['a', '  "15"', '  c'])
})

test('lines go into groups of repeated siblings with their span, and none into a tree without its span', () => {
  const repeated = traceFromText(`
    a: a     0..100
      b: s  10..20
      b: s  30..40
      c: c  50..60
  `)
  const tree = withLines(foldRepeats(wholeTree(repeated.spans), 2), [line(2, 35), line(0, 45)])
  expect(drawn(repeated, tree)).toEqual(['a', '  × s', '    s', '    s', '      "35"', '  "45"', '  c'])
  const empty = rowTree(trace.spans, new Uint8Array(4))
  expect(withLines(empty, [line(0, 1)])).toBe(empty)
})

test('a line is found again by its number, and says whether time alone put it there', () => {
  const tree = withLines(wholeTree(trace.spans), [line(1, 25), { ...line(0, 5), isByTime: true }])
  expect([25, 5, 7].map((number) => lineOfRow(tree, rowOfLine(tree, number)))).toEqual([1, 0, -1])
  expect(rowOfLine(wholeTree(trace.spans), 25)).toBe(-1)
  expect([...(tree.lines?.byTime ?? [])]).toEqual([1, 0])
})

test('only matches shows no lines', () => {
  const tree = withLines(wholeTree(trace.spans), [line(2, 15)])
  const nodes = visibleNodes(tree, everythingOpen, Uint8Array.of(0, 0, 1, 0))
  expect([...nodes].map((node) => lineOfRow(tree, tree.row[node]))).toEqual([-1, -1, -1])
})

test('what names no span lies where the time says: in the innermost span of its service then', () => {
  const service = trace.services.indexOf('b')
  const found = spansAt(trace.spans, [
    { timeNs: 70 * ms, service },
    { timeNs: 15 * ms, service },
    { timeNs: 500 * ms, service: undefined },
    { timeNs: 25 * ms, service },
  ])
  expect([...found]).toEqual([3, 2, 0, 1])
})

test('a hundred thousand lines under half a million siblings are placed in one walk', () => {
  const count = 500_000
  const names = Array.from({ length: 3 }, () => 'x')
  const one = traceFromText(['a: a 0..100', ...names.map((name) => `  b: ${name} 1..2`)].join('\n'))
  const spans = {
    ...one.spans,
    length: count,
    parent: new Int32Array(count).fill(0).fill(-1, 0, 1),
    subtreeEnd: Int32Array.from({ length: count }, (_, row) => (row === 0 ? count : row + 1)),
    depth: new Int32Array(count).fill(1).fill(0, 0, 1),
    start: Float64Array.from({ length: count }, (_, row) => row),
  }
  const lines = Array.from({ length: 100_000 }, (_, at) => ({
    line: at,
    span: 0,
    isByTime: true,
    timeNs: at * 5,
  }))
  const tree = withLines(wholeTree(spans), lines)
  expect(tree.length).toBe(600_000)
  expect(tree.end[0]).toBe(600_000)
})
