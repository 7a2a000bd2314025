import { expect, test } from 'vitest'
import { rawLinesOf } from '#shared/investigation/raw-lines'

test.each([
  ['{a="b"}', ['{a="b"}', 0]],
  ['{a="b"} |= "x" or `y"` !~ "\\"z" | json | level="error"', ['{a="b"} |= "x" or `y"` !~ "\\"z"', 0]],
  ['{a="b"} | trace_id="1" | span_id=`2`', ['{a="b"} | trace_id="1" | span_id=`2`', 0]],
  // A part of a condition would let too few lines through.
  ['{a="b"} | x="1" or y="2"', ['{a="b"}', 0]],
  ['sum by (x) (rate({a="b"} |= "[9h]" | logfmt [5m] offset 1h))', ['{a="b"} |= "[9h]"', 3_900_000]],
])('%s', (query, [raw, beforeMs]) => {
  expect(rawLinesOf(query)).toEqual([{ query: raw, beforeMs }])
})

test('a query of several selections reads each of them once', () => {
  expect(
    rawLinesOf('rate({a="b"}[1m]) / rate({a="c"} |= "d" [1m]) + rate({a="b"}[1m])').map(({ query }) => query),
  ).toEqual(['{a="b"}', '{a="c"} |= "d"'])
})
