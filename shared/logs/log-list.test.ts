import { describe, expect, it } from 'vitest'
import { type LogBatch, textOf } from './batch'
import { countFields } from './field-counts'
import { rowsWith } from './find-lines'
import { emptyList, lineAt, type LogList, rowOf, trimmed, withNews, withRest } from './log-list'
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
const textsOf = (list: LogList): readonly string[] =>
  Array.from({ length: list.length }, (_, row) => textOf(lineAt(list, row)))

describe('a list of lines', () => {
  const list = withRest(
    withRest(emptyList('newest'), batchOf('9 nine', '8 eight')),
    batchOf('7 seven', '5 five'),
  )

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

  it('lets its end go where it is too long, but never all of it', () => {
    expect(textsOf(trimmed(list, 80))).toEqual(['nine', 'eight'])
    expect(trimmed(list, 1e6)).toBe(list)
    expect(trimmed(list, 1).length).toBe(2)
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
