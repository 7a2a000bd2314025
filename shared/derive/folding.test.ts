import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import {
  allClosed,
  allOpen,
  type Folding,
  isFolded,
  maxToggled,
  openAncestors,
  openToLevel,
  setFolded,
  toggleNode,
} from '#shared/derive/folding'
import { spanIdOfRow } from '#shared/derive/span-ids'
import { wholeTree } from '#shared/derive/row-tree'
import { positionOfNode, shownAncestor, visibleNodes } from '#shared/derive/visible-rows'
import type { Trace } from '#shared/trace/table'

const trace = traceFromText(`
  a: root        0..100
    a: left     10..50
      b: leaf   20..30
      b: twig   30..40
        c: bud  31..32
    a: right    60..90
      b: last   70..80
  d: other     110..120
    d: child   111..112
`)

const tree = wholeTree(trace.spans)

const shown = (folding: Folding, mask?: Uint8Array): string =>
  namesOf(trace, visibleNodes(tree, folding, mask))

function namesOf({ spans, names }: Trace, rows: Int32Array): string {
  return Array.from(rows, (row) => names[spans.name[row]]).join(' ')
}

const rowOf = (name: string): number => trace.spans.name.indexOf(trace.names.indexOf(name))

const maskOf = (...names: string[]): Uint8Array => {
  const mask = new Uint8Array(trace.spans.length)
  for (const name of names) mask[rowOf(name)] = 1
  return mask
}

test('nothing folded shows all, everything folded the roots', () => {
  expect(shown(allOpen)).toBe('root left leaf twig bud right last other child')
  expect(shown(allClosed)).toBe('root other')
})

test('a level shows so many levels', () => {
  expect([1, 2, 3, 9].map((level) => shown(openToLevel(level)))).toEqual([
    'root other',
    'root left right other child',
    'root left leaf twig right last other child',
    'root left leaf twig bud right last other child',
  ])
})

test('a toggled row differs from the base', () => {
  const folded = toggleNode(tree, allOpen, rowOf('left'))
  expect(shown(folded)).toBe('root left right last other child')
  expect(shown(toggleNode(tree, folded, rowOf('left')))).toBe(shown(allOpen))
  expect(shown(toggleNode(tree, allClosed, rowOf('root')))).toBe('root left right other')
  expect(setFolded(tree, folded, rowOf('left'), true)).toBe(folded)
  expect(isFolded(tree, setFolded(tree, folded, rowOf('left'), false), rowOf('left'))).toBe(false)
})

test('opening the way to a row opens its ancestors and no more', () => {
  const way = openAncestors(tree, allClosed, rowOf('bud'))
  expect(shown(way)).toBe('root left leaf twig bud right other')
  expect(openAncestors(tree, way, rowOf('bud'))).toBe(way)
})

test('only matches with their ancestors are shown, as far as nothing above them is folded', () => {
  expect(shown(allOpen, maskOf('bud', 'other'))).toBe('root left twig bud other')
  expect(shown(toggleNode(tree, allOpen, rowOf('left')), maskOf('bud', 'last'))).toBe('root left right last')
  expect(shown(allOpen, maskOf())).toBe('')
})

test('a row knows its place, and a hidden one who stands for it', () => {
  const rows = visibleNodes(tree, toggleNode(tree, allOpen, rowOf('left')))
  expect([rowOf('root'), rowOf('right'), rowOf('bud')].map((row) => positionOfNode(rows, row))).toEqual([
    0, 2, -1,
  ])
  expect(shownAncestor(tree, rows, rowOf('bud'))).toBe(rowOf('left'))
  expect(shownAncestor(tree, new Int32Array(0), rowOf('bud'))).toBe(-1)
})

test('ids that are not in the trace, and no trace at all, do no harm', () => {
  expect(shown({ base: 'open', toggled: ['ffffffffffffffff', 'nonsense', ''] })).toBe(shown(allOpen))
  expect(visibleNodes(wholeTree(traceFromText('').spans), allClosed)).toEqual(new Int32Array(0))
})

test('the link stays short: folds out of sight go first, then the oldest', () => {
  const children = Array.from({ length: maxToggled + 5 }, (_, at) => `  s: c${at}  ${at + 1}..${at + 2}`)
  const wide = traceFromText(`r: root 0..1000\n${children.join('\n')}`)
  let folding = allOpen
  for (let row = 1; row < wide.spans.length; row++) folding = toggleNode(wholeTree(wide.spans), folding, row)
  expect(folding.toggled.length).toBe(maxToggled)
  expect(folding.toggled[0]).toBe(spanIdOfRow(wide.spans, 6))
  const rootClosed = toggleNode(wholeTree(wide.spans), folding, 0)
  expect(rootClosed.toggled).toEqual([spanIdOfRow(wide.spans, 0)])
})

test('the way to a row thousands of levels down is said as a level', () => {
  const deep = traceFromText(
    Array.from({ length: 1_000 }, (_, at) => `${' '.repeat(at)}s: d${at}  ${at}..${3_000 - at}`).join('\n'),
  )
  const way = openAncestors(wholeTree(deep.spans), allClosed, 999)
  expect(way).toEqual({ base: 999, toggled: [] })
  expect(visibleNodes(wholeTree(deep.spans), way).length).toBe(1_000)
})
