import { expect, test } from 'vitest'
import { foldRepeats } from '#shared/derive/repeated-rows'
import { type RowTree, wholeTree } from '#shared/derive/row-tree'
import { shownNodes } from '#shared/derive/visible-rows'
import { waitingNames } from '#shared/derive/waiting'
import type { Trace } from '#shared/trace/table'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { drawFlyingRows } from './draw-flying-rows'
import { countBefore } from './scene'

/** A canvas that keeps what is drawn on it: texts and boxes with their places. */
function paper() {
  const texts: (readonly [text: string, x: number, y: number])[] = []
  const boxes: (readonly [color: string, x: number, y: number, width: number, height: number])[] = []
  const context = {
    fillStyle: '',
    save: () => undefined,
    restore: () => undefined,
    beginPath: () => undefined,
    rect: () => undefined,
    clip: () => undefined,
    clearRect: () => undefined,
    setTransform: () => undefined,
    measureText: (text: string) => ({ width: text.length * 6 }),
    fillText: (text: string, x: number, y: number) => texts.push([text, x, y]),
    fillRect: (x: number, y: number, width: number, height: number) =>
      boxes.push([context.fillStyle, x, y, width, height]),
  }
  const canvas = { width: 600, height: 48, getContext: () => context } as unknown as HTMLCanvasElement
  return { canvas, texts, boxes }
}

function draw(trace: Trace, tree: RowTree, scrollPx: number) {
  const { canvas, texts, boxes } = paper()
  drawFlyingRows(canvas, {
    scene: {
      trace,
      tree,
      nodes: shownNodes(tree, undefined, undefined),
      from: 0,
      folded: undefined,
      colors: { classOf: trace.spans.service, slots: [1, 2] },
      timeline: { window: { from: 0, to: 100e6 }, widthPx: 100 },
      matches: undefined,
      errorsBefore: countBefore(tree, trace.spans.flags, 0),
      matchesBefore: undefined,
      waiting: waitingNames(trace.names),
      path: undefined,
      connectors: [],
      lineBatch: undefined,
      indentLimitPx: 200,
    },
    scrollPx,
    widthPx: 600,
    heightPx: 48,
    nameEndPx: 300,
    durationEndPx: 360,
    selfEndPx: 420,
    colors: {
      slots: ['', 'red', 'blue'],
      name: '',
      service: '',
      duration: '',
      self: '',
      nameFont: '',
      serviceFont: '',
      figureFont: '',
    },
  })
  return { texts, boxes }
}

test('rows in view are drawn where they stand, with their service where it changes', () => {
  const trace = traceFromText(`
a: root 0..100
  b: first 20..40
    b: inner 25..35
  a: out of view 60..80
`)
  expect(draw(trace, wholeTree(trace.spans), 24)).toEqual({
    texts: [
      ['b', 51, 12],
      ['first', 61, 12],
      ['inner', 65, 36],
      ['20.0 ms', 352, 12],
      ['10.0 ms', 406, 12],
      ['10.0 ms', 352, 36],
      ['10.0 ms', 406, 36],
    ],
    boxes: [
      ['blue', 38, 8, 8, 8],
      ['blue', 52, 32, 8, 8],
      ['blue', 440, 7, 20, 10],
      ['blue', 445, 31, 10, 10],
    ],
  })
})

test('repeated siblings are one row from the first to the last, with how many they are', () => {
  const calls = Array.from({ length: 8 }, (_, at) => `  a: call ${at * 10}..${at * 10 + 5}`).join('\n')
  const trace = traceFromText(`a: root 0..100\n${calls}\n`)
  const { texts, boxes } = draw(trace, foldRepeats(wholeTree(trace.spans)), 24)
  expect(texts[0]).toEqual(['call  × 8', 51, 12])
  expect(boxes.find(([, x]) => x >= 420)).toEqual(['red', 420, 7, 75, 10])
})
