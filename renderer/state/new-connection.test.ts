import { expect, test } from 'vitest'
import { isSameServer } from './new-connection'

test('this machine has several names, and is one server', () => {
  expect(isSameServer('http://localhost:3200', 'http://127.0.0.1:3200/')).toBe(true)
  expect(isSameServer('http://[::1]:3200', 'http://localhost:3200')).toBe(true)
  expect(isSameServer('http://localhost:3200', 'http://localhost:3201')).toBe(false)
  expect(isSameServer('http://a:3200/x', 'http://a:3200/y')).toBe(false)
})
