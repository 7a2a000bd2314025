import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { longestRepetition, rowsOfRepetition } from '#shared/derive/repeated-siblings'

const loop = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n')

test('siblings one after the other are a repetition, others between them notwithstanding', () => {
  const { spans } = traceFromText(`
shop: list  0..1000
  shop: parse  1..2
${loop(20, (at) => `  shop: SELECT item  ${at * 10 + 5}..${at * 10 + 9}\n    db: run ${at * 10 + 6}..${at * 10 + 7}\n  shop: log  ${at * 10 + 9}..${at * 10 + 10}`)}
`)
  const repetition = longestRepetition(spans)
  expect(repetition).toEqual({ parent: 0, first: 2, count: 20, totalNs: 80e6 })
  expect(rowsOfRepetition(spans, repetition!, 3)).toEqual([2, 5, 8])
})

test('side by side is no repetition, nor are a few', () => {
  const parallel = traceFromText(`shop: list 0..1000\n${loop(20, (at) => `  shop: SELECT item ${at}..900`)}`)
  expect(longestRepetition(parallel.spans)).toBeUndefined()
  const few = traceFromText(
    `shop: list 0..1000\n${loop(4, (at) => `  shop: SELECT item ${at * 10}..${at * 10 + 9}`)}`,
  )
  expect(longestRepetition(few.spans)).toBeUndefined()
})

test('the same name in another service is something else', () => {
  const { spans } = traceFromText(
    `a: list 0..1000\n${loop(8, (at) => `  ${at % 2 === 0 ? 'b' : 'c'}: get ${at * 10}..${at * 10 + 9}`)}`,
  )
  expect(longestRepetition(spans)).toBeUndefined()
})

test('of two repetitions the one that took longer', () => {
  const { spans } = traceFromText(`
a: root  0..1000
${loop(9, (at) => `  a: short ${at * 10}..${at * 10 + 1}`)}
${loop(5, (at) => `  a: long ${at * 100 + 100}..${at * 100 + 190}`)}
`)
  expect(longestRepetition(spans)).toMatchObject({ count: 5, totalNs: 450e6 })
})
