import { expect, test } from 'vitest'
import { fitText } from './fit-text'

const sixEach = (text: string): number => Array.from(text).length * 6

test('a text is cut to the room there is, and left out where nothing can be read', () => {
  expect(['SELECT orders', 'SELECT', ''].map((text) => fitText(text, 48, sixEach))).toEqual([
    'SELECT…',
    'SELECT',
    '',
  ])
  expect(fitText('SELECT orders', 20, sixEach)).toBe('')
  expect(fitText('abc😀😀😀', 30, sixEach)).toBe('abc😀…')
  expect(fitText('x'.repeat(100_000), 60, sixEach)).toBe(`${'x'.repeat(9)}…`)
})
