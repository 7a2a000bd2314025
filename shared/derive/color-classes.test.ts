import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { packTexts } from '#shared/base/text-list'
import { colorClasses, colorCount, noneClass } from '#shared/derive/color-classes'

test('the twelve values of most spans have a class each, the others one together, and those that say nothing one', () => {
  const { spans } = traceFromText(
    ['? lost', ...Array.from({ length: 16 }, (_, at) => `  shop: step ${at}..${at + 1}`)].join('\n'),
  )
  // Row 0 is missing, row 1 says nothing, row 2 and 3 the first value, the others one each.
  const valueOf = Int32Array.from({ length: 17 }, (_, row) => (row < 2 ? -1 : Math.max(0, row - 3)))
  const texts = Array.from({ length: 14 }, (_, index) => `v${index}`)
  const counts = Int32Array.from(texts, (_, index) => (index === 0 ? 2 : 1))
  const column = { key: 'v', valueOf, values: packTexts(texts), counts }
  const classes = colorClasses(spans, column, (bytes) => new ArrayBuffer(bytes))
  expect([...classes.classOf]).toEqual([
    noneClass,
    noneClass,
    0,
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    colorCount,
    colorCount,
  ])
  expect([classes.values.length, classes.values[0], classes.values[11]]).toEqual([
    12,
    { text: 'v0', spanCount: 2 },
    { text: 'v11', spanCount: 1 },
  ])
  expect([classes.otherCount, classes.otherSpans, classes.noneSpans]).toEqual([2, 2, 1])
})
