import { expect, it } from 'vitest'
import { visibleText } from './hidden-characters.ts'

it.each([
  ['plain text stays as it is', 'a\tb\nc é 👍 שלום', 'a\tb\nc é 👍 שלום'],
  ['what turns text round', 'user\u202egnp.exe', 'user‹U+202E›gnp.exe'],
  ['what isolates', '\u2066a\u2069', '‹U+2066›a‹U+2069›'],
  ['what has no width', 'pay\u200bment\ufeff', 'pay‹U+200B›ment‹U+FEFF›'],
  ['what joins pictures', '👩\u200d💻 🧑🏽\u200d🚀 🏳️\u200d🌈', '👩\u200d💻 🧑🏽\u200d🚀 🏳️\u200d🌈'],
  ['what joins nothing to be seen', 'a\u200db 👩\u200d \u200d👩', 'a‹U+200D›b 👩‹U+200D› ‹U+200D›👩'],
  ['control characters', '\u0000\u001b\r\u007f\u0085', '␀␛␍␡‹U+0085›'],
])('%s', (_, text, shown) => {
  expect(visibleText(text)).toBe(shown)
})
