import { describe, expect, it } from 'vitest'
import { type LogBatch, type LogLine, textOf } from './batch'
import { countFields } from './field-counts'
import { rowsWith } from './find-lines'
import { emptyList, lineAt, type LogList, rowAtTime, rowOf, trimmed, withNews, withRest } from './log-list'
import { readAnswer } from './read-lines'

/** Lines as `time text`, newest first. */
function batchOf(...lines: readonly string[]): LogBatch {
  const values = lines.map((line) => {
    const [time, ...words] = line.split(' ')
    return [
      `${time}000000`,
      words.join(' '),
      { structuredMetadata: { half: Number(time) % 2 === 0 ? 'even' : 'odd' } },
    ]
  })
  return readAnswer({ data: { resultType: 'streams', result: [{ stream: { app: 'a' }, values }] } }, 'newest')
    .batch
}
/** Lines of one nanosecond, each with the application it is of. */
function momentOf(...lines: readonly (readonly [app: string, text: string])[]): LogBatch {
  const result = lines.map(([app, text]) => ({ stream: { app }, values: [['5000000', text]] }))
  return readAnswer({ data: { resultType: 'streams', result } }, 'newest').batch
}
const textsOf = (list: LogList): readonly string[] =>
  Array.from({ length: list.length }, (_, row) => textOf(lineAt(list, row)))

describe('a list of lines', () => {
  const list = withRest(
    withRest(emptyList('newest'), batchOf('9 nine', '8 eight')),
    batchOf('7 seven', '5 five'),
  )

  it('knows which row is first at or past a moment', () => {
    expect([10, 9, 8.5, 7, 6, 1].map((ms) => rowAtTime(list, ms))).toEqual([0, 0, 1, 2, 3, 4])
  })

  it('grows at its end, and at its head, among lines that are there', () => {
    expect(textsOf(list)).toEqual(['nine', 'eight', 'seven', 'five'])
    const grown = withNews(list, batchOf('10 ten', '6 six'))
    expect(textsOf(grown)).toEqual(['ten', 'nine', 'eight', 'seven', 'six', 'five'])
    const seven = lineAt(list, 2)
    expect([
      rowOf(list, seven),
      rowOf(grown, seven),
      rowOf(grown, { batch: batchOf('4 four'), at: 0 }),
    ]).toEqual([2, 3, undefined])
  })

  it('puts lines where they belong however late they come, and knows each again', () => {
    const count = 5_000
    // 61 has no factor in common with 5,000: every time once, each batch of 300 from all over.
    const times = Array.from({ length: count }, (_, at) => 1_000 + ((at * 61) % count))
    let late = withRest(emptyList('newest'), batchOf('999 first'))
    const seen: LogLine[] = []
    for (let at = 0; at < count; at += 300) {
      const batch = batchOf(...times.slice(at, at + 300).map((time) => `${time} at ${time}`))
      late = withNews(late, batch)
      seen.push({ batch, at: 7 })
    }
    late = withRest(late, batchOf('998 last'))
    const expected = Array.from({ length: count }, (_, at) => `at ${999 + count - at}`)
    expect(textsOf(late)).toEqual([...expected, 'first', 'last'])
    expect(seen.map((line) => textsOf(late)[rowOf(late, line) ?? -1])).toEqual(seen.map(textOf))
    expect(rowsWith(late, 'at 5999')).toEqual([0])
    // What is kept are the newest, of whichever batch.
    const short = trimmed(late, 100_000)
    expect(textsOf(short)).toEqual(expected.slice(0, short.length))
    expect(short.length).toBeGreaterThan(1_000)
    expect(rowsWith(short, 'at')).toEqual(Array.from({ length: short.length }, (_, row) => row))
    expect(rowOf(short, lineAt(late, 4_000))).toBe(undefined)
    const again = withRest(withNews(short, batchOf('9000 new')), batchOf('1 old'))
    expect(textsOf(again)).toEqual(['new', ...textsOf(short), 'old'])
  })

  it('keeps the order of streams among lines of one nanosecond, and lets batches go that have no row', () => {
    const one = withNews(emptyList('newest'), momentOf(['a', 'of a'], ['c', 'of c']))
    const both = withNews(one, momentOf(['b', 'of b'], ['c', 'later of c']))
    expect(textsOf(both)).toEqual(['of a', 'of b', 'later of c', 'of c'])
    expect(trimmed(both, 1).batches.length).toBe(1)
  })

  it('lets its end go where it is too long, but never all of it', () => {
    expect(textsOf(trimmed(list, 110))).toEqual(['nine', 'eight'])
    expect(trimmed(list, 110).batches.length).toBe(1)
    expect(trimmed(list, 1e6)).toBe(list)
    expect(trimmed(list, 1).length).toBe(1)
  })

  it('is searched whatever the case, and not across lines', () => {
    const found = withRest(list, batchOf('3 İstanbul NINE', '2 x'))
    expect(rowsWith(found, ' NiNe ')).toEqual([0, 4])
    expect(rowsWith(list, 'nineeight')).toEqual([])
    expect(rowsWith(list, 'e')).toEqual([0, 1, 2, 3])
    expect(rowsWith(list, '')).toEqual([])
  })

  it('tells the values of its fields, those that tell lines apart first', () => {
    expect(countFields(withNews(list, batchOf('10 k=v took=5')), 100)).toEqual([
      {
        name: 'half',
        kind: 'metadata',
        lines: 5,
        different: 2,
        values: [
          { value: 'odd', lines: 3 },
          { value: 'even', lines: 2 },
        ],
      },
      { name: 'app', kind: 'label', lines: 5, different: 1, values: [{ value: 'a', lines: 5 }] },
      { name: 'k', kind: 'logfmt', lines: 1, different: 1, values: [{ value: 'v', lines: 1 }] },
      { name: 'took', kind: 'logfmt', lines: 1, different: 1, values: [{ value: '5', lines: 1 }] },
    ])
  })
})
