import { array, assert, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { allClosed, allOpen, everythingOpen, openAncestors, setFolded } from '#shared/derive/folding'
import {
  countBelow,
  firstFailedMember,
  foldRepeats,
  groupOfNode,
  slowestMember,
} from '#shared/derive/repeated-rows'
import { rowTree, type RowTree, wholeTree } from '#shared/derive/row-tree'
import { visibleNodes } from '#shared/derive/visible-rows'
import type { Trace } from '#shared/trace/table'

const trace = traceFromText(`
  a: root        0..100
    b: load      0..10
      c: inner   1..2
    a: other     2..3
    b: load     10..30    error
    b: load     40..45
    a: other    50..60
`)

const nameOf = ({ spans, names }: Trace, tree: RowTree, node: number): string => {
  const group = groupOfNode(tree, node)
  const span = group < 0 ? tree.row[node] : (tree.groups?.first[group] ?? -1)
  return `${'.'.repeat(tree.level[node])}${group < 0 ? '' : '×'}${names[spans.name[span]]}`
}
const drawn = (tree: RowTree, nodes: Iterable<number> = tree.row.keys()): string =>
  Array.from(nodes, (node) => nameOf(trace, tree, node)).join(' ')

const tree = foldRepeats(wholeTree(trace.spans), 3)

test('repeated siblings stand in a row of their own, at the place of the first', () => {
  expect(drawn(tree)).toBe('root .×load ..load ...inner ..load ..load .other .other')
  expect(foldRepeats(wholeTree(trace.spans), 4)).toBe(wholeTree(trace.spans))
})

test('a group says how many, how long and how many failed', () => {
  const { memberCount, errorCount, from, to, totalNs, p50Ns, p95Ns, maxNs } = tree.groups ?? {
    memberCount: [],
  }
  expect([memberCount, errorCount, from, to, totalNs, p50Ns, p95Ns, maxNs].map((one) => one?.[0])).toEqual([
    3, 1, 0, 45e6, 35e6, 10e6, 20e6, 20e6,
  ])
})

test('the slowest member of a group, and the first that failed, are found in it', () => {
  const { start } = trace.spans
  expect([slowestMember(tree, 1), firstFailedMember(tree, 1)].map((row) => start[row])).toEqual([10e6, 10e6])
  const fine = traceFromText(`
    a: root   0..100
      b: load 0..10
        c: inner 0..90 error
      b: load 10..30
      b: load 40..70
  `)
  const group = foldRepeats(wholeTree(fine.spans), 3)
  expect(firstFailedMember(group, 1)).toBe(-1)
  expect(fine.spans.start[slowestMember(group, 1)]).toBe(40e6)
})

test('groups are folded until they are opened, or everything is', () => {
  expect(drawn(tree, visibleNodes(tree, allOpen))).toBe('root .×load .other .other')
  expect(drawn(tree, visibleNodes(tree, setFolded(tree, allOpen, 1, false)))).toBe(
    'root .×load ..load ...inner ..load ..load .other .other',
  )
  expect(visibleNodes(tree, everythingOpen).length).toBe(tree.length)
  expect(drawn(tree, visibleNodes(tree, allClosed))).toBe('root')
})

test('the way to a member opens its group', () => {
  const inner = tree.at[trace.spans.name.indexOf(trace.names.indexOf('inner'))]
  expect(visibleNodes(tree, openAncestors(tree, allOpen, inner))).toContain(inner)
})

test('only matches shows the group of a match, and not those without', () => {
  const mask = new Uint8Array(trace.spans.length)
  mask[trace.spans.name.indexOf(trace.names.indexOf('inner'))] = 1
  expect(drawn(tree, visibleNodes(tree, everythingOpen, mask))).toBe('root .×load ..load ...inner')
})

test('half a million siblings are one row', () => {
  const length = 500_001
  const same = new Int32Array(length)
  const parent = new Int32Array(length)
  parent[0] = -1
  const subtreeEnd = Int32Array.from({ length }, (_, row) => (row === 0 ? length : row + 1))
  const depth = new Int32Array(length).fill(1)
  depth[0] = 0
  const spans = {
    ...trace.spans,
    length,
    parent,
    subtreeEnd,
    depth,
    name: same.map((_, row) => Number(row > 0)),
    service: same,
    kind: new Uint8Array(length),
    flags: new Uint16Array(length),
    start: Float64Array.from({ length }, (_, row) => row),
    duration: new Float64Array(length).fill(1),
    self: new Float64Array(length).fill(1),
  }
  const many = foldRepeats(wholeTree(spans))
  expect([...visibleNodes(many, allOpen)]).toEqual([0, 1])
  expect(many.groups?.memberCount[0]).toBe(500_000)
})

test('whatever repeats, every span is there once and the columns agree', () => {
  const span = record({ above: integer({ min: 0, max: 5 }), name: integer({ min: 0, max: 2 }) })
  assert(
    property(array(span, { maxLength: 40 }), (drawnSpans) => {
      const depths: number[] = []
      const lines = drawnSpans.map(({ above, name }, at) => {
        const depth = Math.min(above, (depths.at(-1) ?? -1) + 1)
        depths.push(depth)
        return `${'  '.repeat(depth)}s: n${name} ${at}..${at + 1}`
      })
      const { spans } = traceFromText(lines.join('\n'))
      const before = rowTree(spans, undefined)
      const after = foldRepeats(before, 2)
      const members = [...after.row].filter((row) => row < spans.length)
      expect(members.toSorted((a, b) => a - b)).toEqual([...before.row])
      for (let node = 0; node < after.length; node++) {
        expect(after.at[after.row[node]]).toBe(node)
        const up = after.parent[node]
        expect(after.level[node]).toBe(up < 0 ? 0 : after.level[up] + 1)
        expect(up).toBeLessThan(node)
        if (up >= 0) expect(after.end[node]).toBeLessThanOrEqual(after.end[up])
        const children = [...after.parent.keys()].filter((one) => after.parent[one] === node)
        const inside = children.reduce((size, one) => size + after.end[one] - one, 1)
        expect(after.end[node] - node).toBe(inside)
        const group = groupOfNode(after, node)
        if (group >= 0) expect(children.length).toBe(after.groups?.memberCount[group])
      }
    }),
  )
})

test('numbers below a value are counted in a range', () => {
  const rising = Float64Array.of(1, 2, 2, 5, 9)
  expect([0, 2, 3, 99].map((value) => countBelow(rising, 1, 5, value))).toEqual([0, 0, 2, 4])
})
