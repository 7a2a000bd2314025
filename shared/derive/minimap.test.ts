import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { type Minimap, minimap } from '#shared/derive/minimap'

/** One line per lane, a letter per column: the service that is on top there. */
function drawn(map: Minimap, letters: string): string[] {
  const lanes = Array.from({ length: map.laneCount }, () => Array.from({ length: map.widthPx }, () => '.'))
  for (let bar = 0; bar < map.barCount; bar++)
    for (let x = map.barFrom[bar]; x < map.barTo[bar]; x++)
      lanes[map.barLane[bar]][x] = letters[map.barClass[bar]]
  return lanes.map((lane) => lane.join(''))
}

test('every row has its lane while there are lanes enough', () => {
  const trace = traceFromText(`
    a: root    0..100
      b: one  10..30
      c: two  50..90  error
  `)
  const map = minimap(trace, 10, 40)
  expect(drawn(map, 'abc')).toEqual(['aaaaaaaaaa', '.bb.......', '.....cccc.'])
  expect([...map.density]).toEqual([1, 2, 2, 1, 1, 2, 2, 2, 2, 1])
  expect([...map.errors]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
})

test('rows that share a lane are painted over one another in order', () => {
  const trace = traceFromText(`
    a: root      0..100
      b: one    10..60
        c: in   20..30
      a: two    70..90
  `)
  expect(drawn(minimap(trace, 10, 1), 'abc')).toEqual(['abcbbbaaaa'])
  expect(drawn(minimap(trace, 10, 2), 'abc')).toEqual(['abbbbbaaaa', '..c....aa.'])
})

test('bars of one service that touch are one bar', () => {
  const trace = traceFromText(`
    a: one  0..50
    a: two 50..100
  `)
  expect(minimap(trace, 100, 1).barCount).toBe(1)
})

test('the shortest span is a column wide, also at the very end', () => {
  const trace = traceFromText(`
    a: root  0..100
      b: x  40..40
      b: y 100..100
  `)
  expect(drawn(minimap(trace, 10, 3), 'ab')).toEqual(['aaaaaaaaaa', '....b.....', '.........b'])
})

test('missing rows are not drawn; a trace without spans or without a duration draws', () => {
  const lost = traceFromText(`
    ? lost
      b: one 10..100
  `)
  expect(drawn(minimap(lost, 5, 2), lost.services[0] === 'b' ? 'bu' : 'ub')).toEqual(['.....', 'bbbbb'])
  expect(minimap(traceFromText(''), 5, 2)).toMatchObject({ laneCount: 0, barCount: 0 })
  expect(drawn(minimap(traceFromText('a: x 0..0'), 5, 2), 'a')).toEqual(['aaaaa'])
})

test('a painted map is what painting each span in order would give', () => {
  const lines = Array.from({ length: 300 }, (_, at) => {
    const from = (at * 37) % 90
    return `${at === 0 ? '' : '  '}${'abcde'[at % 5]}: n  ${at === 0 ? 0 : from}..${at === 0 ? 100 : from + 1 + ((at * 13) % 9)}`
  })
  const trace = traceFromText(lines.join('\n'))
  const naive = Array.from({ length: 7 }, () => Array.from({ length: 33 }, () => '.'))
  for (let row = 0; row < trace.spans.length; row++) {
    const from = Math.min(32, Math.floor((trace.spans.start[row] / trace.durationNs) * 33))
    const to = Math.max(
      from + 1,
      Math.ceil(((trace.spans.start[row] + trace.spans.duration[row]) / trace.durationNs) * 33),
    )
    for (let x = from; x < Math.min(33, to); x++)
      naive[Math.floor((row * 7) / trace.spans.length)][x] = trace.services[trace.spans.service[row]]
  }
  expect(drawn(minimap(trace, 33, 7), trace.services.join(''))).toEqual(naive.map((lane) => lane.join('')))
})
