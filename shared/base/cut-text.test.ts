import { expect, it } from 'vitest'
import { cutText } from './cut-text'

it('cuts what is too long, and no character in two', () => {
  expect(cutText('payment', 7)).toBe('payment')
  expect(cutText('payments', 7)).toBe('paymen…')
  expect(cutText('abc😀def', 5)).toBe('abc…')
})
