import { expect, it } from 'vitest'
import { jsx, jsxs } from './jsx-runtime'

const Named = () => undefined

it('marks what is hidden in the texts of an element', () => {
  expect(jsxs('p', { title: '\u200ba', 'aria-label': 'b', children: ['\u202ea', 1, 'b'] }).props).toEqual({
    title: '‹U+200B›a',
    'aria-label': 'b',
    children: ['‹U+202E›a', 1, 'b'],
  })
})

it('gives components what they were given', () => {
  expect(jsx(Named, { title: '\u202e', children: '\u202e' }).props).toEqual({
    title: '\u202e',
    children: '\u202e',
  })
})
