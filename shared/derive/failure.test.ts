import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { firstFailure } from '#shared/derive/failure'

test('the failure is the failed span below which nothing failed', () => {
  const { spans } = traceFromText(`
    edge: POST /checkout      0..100  error
      shop: POST /orders      5..95   error
        shop: validate        6..10
        pay: charge          20..90   error
          pay: pool.acquire  21..85   error
        shop: rollback       90..94
  `)
  expect(firstFailure(spans)).toEqual({ row: 4, top: 0, othersBefore: 0 })
})

test('one that reached the root goes before an earlier one that was dealt with', () => {
  const { spans } = traceFromText(`
    a: root        0..100  error
      a: retry     5..20
        b: first   6..10   error
      b: second   30..90   error
  `)
  expect(firstFailure(spans)).toEqual({ row: 3, top: 0, othersBefore: 1 })
})

test('of two that reached as far, the one that ended first', () => {
  const { spans } = traceFromText(`
    a: root     0..100  error
      b: slow   1..50   error
      b: quick  2..40   error
  `)
  expect(firstFailure(spans)?.row).toBe(2)
})

test('where nothing failed there is no failure', () => {
  expect(firstFailure(traceFromText('a: root 0..1').spans)).toBeUndefined()
})
