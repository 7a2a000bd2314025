import { expect, test } from 'vitest'
import { packTexts, textAt } from '#shared/base/text-list'

test('texts come back as they were, however long and in any alphabet', () => {
  const texts = ['GET', '', 'Zoë 日本 🧵', 'x'.repeat(5_000), '0']
  const list = packTexts(texts)
  expect(texts.map((_, index) => textAt(list, index))).toEqual(texts)
  expect([textAt(list, -1), textAt(list, 5), textAt(packTexts([]), 0)]).toEqual(['', '', ''])
})
