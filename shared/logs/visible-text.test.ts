import { expect, it } from 'vitest'
import { piecesOf, plainText } from './visible-text'

it.each<[string, string, unknown]>([
  ['a plain line is one piece', 'a\tb', [{ text: 'a\tb' }]],
  [
    'colours of a terminal',
    '\u001b[31mred \u001b[1mbold\u001b[0m plain',
    [
      { text: 'red ', look: { color: 1 } },
      { text: 'bold', look: { color: 1, isBold: true } },
      { text: ' plain' },
    ],
  ],
  [
    'bright and numbered colours',
    '\u001b[96ma\u001b[38;5;2mb',
    [
      { text: 'a', look: { color: 14 } },
      { text: 'b', look: { color: 2 } },
    ],
  ],
  [
    'colours without a number here are left out',
    '\u001b[38;2;1;2;3ma\u001b[38;5;200mb\u001b[48;5;7mc',
    [{ text: 'a' }, { text: 'b' }, { text: 'c' }],
  ],
  [
    'what joins pictures is seen by them, also in a coloured line; elsewhere it is shown',
    '\u001b[31m👩\u200d💻\u001b[0m a\u200db',
    [
      { text: '👩\u200d💻', look: { color: 1 } },
      { text: ' a' },
      { text: '‹U+200D›', control: 'U+200D' },
      { text: 'b' },
    ],
  ],
  ['other escapes are passed over', '\u001b[2Ka', [{ text: 'a' }]],
  ['an escape that is none is shown', '\u001ba', [{ text: '␛', control: 'U+001B' }, { text: 'a' }]],
  [
    'what turns text round is shown by its number',
    'a\u202eb',
    [{ text: 'a' }, { text: '‹U+202E›', control: 'U+202E' }, { text: 'b' }],
  ],
  [
    'control characters have signs',
    'a\u0000\r\n',
    [
      { text: 'a' },
      { text: '␀', control: 'U+0000' },
      { text: '␍', control: 'U+000D' },
      { text: '↵', control: 'U+000A' },
    ],
  ],
])('%s', (_, line, pieces) => {
  expect(piecesOf(line, false)).toEqual(pieces)
})

it('line breaks stay where they are wanted', () => {
  expect(piecesOf('a\nb', true)).toEqual([{ text: 'a\nb' }])
})

it('a line is searched without its colours', () => {
  expect(plainText('\u001b[31mred\u001b[0m')).toBe('red')
})
