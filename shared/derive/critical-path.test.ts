import { array, assert, nat, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { criticalPath, piecesOfRow, timeOnPath } from '#shared/derive/critical-path'
import type { Trace } from '#shared/trace/table'

/** The path of a drawn trace as `name start..end` in milliseconds. */
function pathOf(text: string): string[] {
  const trace = traceFromText(text, { adjustSkew: false })
  return written(trace)
}

function written(trace: Trace): string[] {
  const path = criticalPath(trace)
  return Array.from(
    path.row,
    (row, piece) =>
      `${trace.names[trace.spans.name[row]]} ${path.start[piece] / 1e6}..${path.end[piece] / 1e6}`,
  )
}

test('a span alone is its own path', () => {
  expect(pathOf('a: root 0..100')).toEqual(['root 0..100'])
})

test('children one after the other are all waited for, the gaps are the parent', () => {
  expect(
    pathOf(`
      a: root    0..100
        a: one  10..30
        a: two  40..90
          a: in 50..60
    `),
  ).toEqual([
    'root 0..10',
    'one 10..30',
    'root 30..40',
    'two 40..50',
    'in 50..60',
    'two 60..90',
    'root 90..100',
  ])
})

test('of children side by side the one that ends last was waited for', () => {
  // one  |────────|
  // two     |──────────|      ends last; `one` still ran when it began, so nobody waited for `one`
  expect(
    pathOf(`
      a: root    0..100
        a: one  10..50
        a: two  20..90
    `),
  ).toEqual(['root 0..20', 'two 20..90', 'root 90..100'])
})

test('what sticks out by less than clocks agree is cut off, and still waited for', () => {
  expect(
    pathOf(`
      a: root    0..100
        a: one   0..50.2
        a: two  50..100.4
    `),
  ).toEqual(['one 0..50', 'two 50..100'])
})

test('work that merely follows, a consumer and a child that outlives its parent were not waited for', () => {
  expect(
    pathOf(`
      a: root          0..100
        a: later      50..99  follows
        a: publish    10..20  producer
          b: process  12..19  consumer
        a: forget     60..300
    `),
  ).toEqual(['root 0..10', 'publish 10..20', 'root 20..100'])
})

test('a client that gave up did wait for its server until then', () => {
  expect(
    pathOf(`
      a: root        0..100
        a: call     10..60   client error
          b: serve  11..300  server
            b: db   20..290  client
              c: q  21..289  server
    `),
  ).toEqual(['root 0..10', 'call 10..11', 'serve 11..20', 'db 20..21', 'q 21..60', 'root 60..100'])
})

test('the longest root is the one', () => {
  expect(
    pathOf(`
      a: ping   0..10
      a: work  20..90
        a: in  30..40
      a: bye   95..99
    `),
  ).toEqual(['work 20..30', 'in 30..40', 'work 40..90'])
})

test('spans without a duration leave no trace on the path', () => {
  expect(
    pathOf(`
      a: root      0..10
        a: moment  5..5
    `),
  ).toEqual(['root 0..10'])
  expect(pathOf('a: nothing 5..5')).toEqual([])
  expect(criticalPath(traceFromText(''))).toMatchObject({ length: 0, root: -1 })
})

test('a child that was cut to its parent passes the cut on', () => {
  expect(
    pathOf(`
      a: root    10..20
        a: early  9.5..15
          a: in   9.6..14
    `),
  ).toEqual(['in 0.5..4.5', 'early 4.5..5.5', 'root 5.5..10.5'])
})

test('a row has its pieces and its time on the path', () => {
  const trace = traceFromText(`
    a: root    0..100
      a: one  10..30
      a: two  40..90
  `)
  const path = criticalPath(trace)
  const { from, to } = piecesOfRow(path, 0)
  expect(Array.from(path.byRow.subarray(from, to), (piece) => path.start[piece] / 1e6)).toEqual([0, 30, 90])
  expect([0, 1, 2].map((row) => timeOnPath(path, row) / 1e6)).toEqual([30, 20, 50])
})

test('a trace ten thousand levels deep overflows no stack', () => {
  const lines = Array.from(
    { length: 10_000 },
    (_, at) => `${' '.repeat(at)}s: d${at % 7}  ${at}..${30_000 - at}`,
  )
  const path = criticalPath(traceFromText(lines.join('\n')))
  expect(path.length).toBe(2 * 10_000 - 1)
})

test('the pieces of any trace follow each other without overlap and fill its root', () => {
  const span = record({ parent: nat(30), start: nat(100), length: nat(100), kind: nat(5) })
  const kinds = ['', 'internal', 'server', 'client', 'producer', 'consumer']
  assert(
    property(array(span, { maxLength: 30 }), (spans) => {
      const lines = spans.map(
        ({ parent, start, length, kind }, at) =>
          `s: n${at}  ${start}..${start + length} ${kinds[kind]} id=${at + 2}${parent <= at ? ` parent=${parent + 1}` : ''}`,
      )
      const trace = traceFromText(['s: root 0..150 id=1', ...lines].join('\n').replaceAll(/ +$/gmu, ''), {
        adjustSkew: false,
      })
      const path = criticalPath(trace)
      const { start, duration } = trace.spans
      let at = start[path.root]
      for (let piece = 0; piece < path.length; piece++) {
        expect(path.start[piece]).toBe(at)
        expect(path.end[piece]).toBeGreaterThan(path.start[piece])
        at = path.end[piece]
      }
      expect(at).toBe(start[path.root] + duration[path.root])
    }),
    { numRuns: 200 },
  )
})
