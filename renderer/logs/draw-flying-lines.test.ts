import { expect, test } from 'vitest'
import { emptyList, withRest } from '#shared/logs/log-list'
import { readAnswer } from '#shared/logs/read-lines'
import { drawFlyingLines } from './draw-flying-lines'
import { evenHeights, unevenHeights } from './row-heights'

const result = [
  {
    stream: { app: 'shop', level: 'error' },
    values: [
      ['1700000003000000000', 'first'],
      ['1700000002000000000', '\u001b[31mred\u001b[0m \u202ehidden\nbelow'],
      ['1700000001000000000', 'a line of more than ten letters'],
    ],
  },
]
const { batch } = readAnswer({ data: { resultType: 'streams', result } }, 'newest')
const list = withRest(emptyList('newest'), batch)

const nothing = (): void => undefined

/** What is written, and where its middle is. */
function drawn(scrollPx: number, letters: number, columns: readonly string[], hasDays = false) {
  const texts: (readonly [text: string, x: number, y: number])[] = []
  const context = {
    save: nothing,
    restore: nothing,
    beginPath: nothing,
    rect: nothing,
    clip: nothing,
    clearRect: nothing,
    setTransform: nothing,
    fillRect: nothing,
    fillText: (text: string, x: number, y: number) => texts.push([text, x, y]),
  }
  const color = ''
  drawFlyingLines({ width: 600, height: 30, getContext: () => context } as unknown as HTMLCanvasElement, {
    list,
    heights: letters === 0 ? evenHeights(3, 20) : unevenHeights(Float64Array.of(20, 38, 74)),
    look: { zone: 'utc', columns, wrap: letters > 0, marks: [], hrefOfTrace: undefined, hasDays },
    letters,
    drawn: {
      text: color,
      calm: color,
      faint: color,
      error: color,
      errorBar: color,
      warn: color,
      warnBar: color,
      monoFont: '',
      levelFont: '',
    },
    scrollPx,
    widthPx: 600,
    heightPx: 30,
  })
  return texts
}

test('lines in view stand where their rows do, with what is hidden in them shown and colours left out', () => {
  expect(drawn(15, 0, ['app'])).toEqual([
    ['22:13:23.000', 12, -4],
    ['ERROR', 112, -4],
    ['shop', 166, -4],
    ['first', 306, -4],
    ['22:13:22.000', 12, 16],
    ['ERROR', 112, 16],
    ['shop', 166, 16],
    ['red ‹U+202E›hidden↵below', 306, 16],
    ['22:13:21.000', 12, 36],
    ['ERROR', 112, 36],
    ['shop', 166, 36],
    ['a line of more than ten letters', 306, 36],
  ])
})

test('a line that is wrapped goes over its rows', () => {
  expect(drawn(58, 10, []).map(([text, , y]) => [text, y])).toEqual([
    ['22:13:21.000', 11],
    ['ERROR', 11],
    ['a line of ', 11],
    ['more than ', 29],
    ['ten letter', 47],
    ['s', 65],
  ])
})

test('in a list of several days each line says its day', () => {
  expect(drawn(0, 0, [], true).slice(0, 3)).toEqual([
    ['11-14 22:13:23.000', 12, 11],
    ['ERROR', 158, 11],
    ['first', 212, 11],
  ])
})
