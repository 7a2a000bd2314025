import { assert, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { nodeNear, rowTree, wholeTree } from '#shared/derive/row-tree'

const trace = traceFromText(`
  a: root        0..100
    b: left     10..50
      a: leaf   20..30
      b: twig   30..40
        c: bud  31..32
    a: right    60..90
`)
const { spans } = trace
const without = (service: string): Uint8Array =>
  Uint8Array.from(spans.service, (one) => Number(trace.services[one] !== service))

const drawn = (left: Uint8Array | undefined): string[] => {
  const tree = rowTree(spans, left)
  return Array.from(tree.row, (row, node) => '.'.repeat(tree.level[node]) + trace.names[spans.name[row]])
}

test('all spans stand as the trace has them', () => {
  expect(rowTree(spans, undefined)).toBe(wholeTree(spans))
  expect(drawn(undefined)).toEqual(['root', '.left', '..leaf', '..twig', '...bud', '.right'])
})

test('what a span that was taken out had called moves up', () => {
  expect(drawn(without('b'))).toEqual(['root', '.leaf', '.bud', '.right'])
  expect(drawn(without('a'))).toEqual(['left', '.twig', '..bud'])
  expect(drawn(new Uint8Array(spans.length))).toEqual([])
})

test('a span that was taken out is told by its nearest ancestor that was not', () => {
  const tree = rowTree(spans, without('b'))
  expect([0, 1, 3, 4].map((row) => nodeNear(tree, row))).toEqual([0, 0, 0, 2])
  expect(nodeNear(rowTree(spans, without('a')), 5)).toBe(-1)
})

test('any choice of spans makes a tree whose columns agree', () => {
  assert(
    property(uint8Array({ minLength: spans.length, maxLength: spans.length, max: 1 }), (left) => {
      const tree = rowTree(spans, left)
      expect([...tree.row]).toEqual([...left.keys()].filter((row) => left[row] === 1))
      for (let node = 0; node < tree.length; node++) {
        const above = spans.parent[tree.row[node]]
        expect(tree.at[tree.row[node]]).toBe(node)
        expect(tree.parent[node]).toBe(above < 0 ? -1 : nodeNear(tree, above))
        expect(tree.level[node]).toBe(tree.parent[node] < 0 ? 0 : tree.level[tree.parent[node]] + 1)
        const below = [...tree.row.keys()].filter((one) => isBelow(tree.parent, one, node))
        expect(below).toEqual(Array.from({ length: tree.end[node] - node }, (_, at) => node + at))
      }
    }),
  )
})

function isBelow(parent: Int32Array, node: number, top: number): boolean {
  let at = node
  while (at > top) at = parent[at]
  return at === top
}
