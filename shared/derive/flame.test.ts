import { expect, test } from 'vitest'
import { seededRandom } from '../../test/builders/generate-trace.ts'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { packTexts } from '#shared/base/text-list'
import type { Flame } from '#shared/derive/flame'
import { flameInTime } from '#shared/derive/flame-lanes'
import { mergedFlame } from '#shared/derive/flame-merge'
import { boxAt, boxesInView, levelOfBox, matchingBoxes, nextBox } from '#shared/derive/flame-view'
import type { Trace } from '#shared/trace/table'

const ms = 1e6
const all = { included: undefined, keepsCallers: true, window: undefined, column: undefined }

/** One line per lane: each box's name, and from where to where in milliseconds. */
function drawn({ spans, names }: Trace, flame: Flame): string[] {
  return Array.from({ length: flame.laneCount }, (_, lane) => {
    const boxes: string[] = []
    for (let box = flame.laneStart[lane]; box < flame.laneStart[lane + 1]; box++)
      boxes.push(`${names[spans.name[flame.row[box]]]} ${flame.from[box] / ms}..${flame.to[box] / ms}`)
    return boxes.join(', ')
  })
}

const trace = traceFromText(`
  a: root      0..100
    a: left   10..40
      b: leaf 20..30
    a: twin   30..60
      b: late 50..90
    a: right  60..80
  d: other   110..120
`)
const rowOf = (name: string): number => trace.spans.name.indexOf(trace.names.indexOf(name))
const maskOf = (...names: string[]): Uint8Array => {
  const mask = new Uint8Array(trace.spans.length)
  for (const name of names) mask[rowOf(name)] = 1
  return mask
}

test('siblings that overlap have tracks of their own, below all of the track above; others share one', () => {
  expect(drawn(trace, flameInTime(trace, all))).toEqual([
    'root 0..100, other 110..120',
    'left 10..40, right 60..80',
    'leaf 20..30',
    'twin 30..60',
    'late 50..90',
  ])
})

test('a box of a track further down is no deeper in the tree', () => {
  const flame = flameInTime(trace, all)
  const levels = ['root', 'leaf', 'twin', 'late'].map((name) =>
    levelOfBox(flame, flame.boxOfRow[rowOf(name)]),
  )
  expect(levels).toEqual([1, 3, 2, 3])
})

test('only what is in view is laid out, with what called it', () => {
  const flame = flameInTime(trace, { ...all, included: maskOf('leaf', 'right') })
  expect(drawn(trace, flame)).toEqual(['root 0..100', 'left 10..40, right 60..80', 'leaf 20..30'])
  expect(flame.boxOfRow[rowOf('twin')]).toBe(-1)
  expect(flame.row[flame.parent[flame.boxOfRow[rowOf('leaf')]]]).toBe(rowOf('left'))
  expect(flameInTime(trace, { ...all, included: maskOf() }).laneCount).toBe(0)
})

test('what a span out of view called moves up to the nearest caller in view', () => {
  const flame = flameInTime(trace, { included: maskOf('root', 'leaf', 'twin', 'late'), keepsCallers: false })
  expect(drawn(trace, flame)).toEqual(['root 0..100', 'leaf 20..30, twin 30..60', 'late 50..90'])
  expect(flame.parent[flame.boxOfRow[rowOf('leaf')]]).toBe(0)
  const merged = mergedFlame(trace, { ...all, included: maskOf('root', 'leaf'), keepsCallers: false })
  expect(drawn(trace, merged).map((lane) => lane.split(' ')[0])).toEqual(['root', 'leaf'])
  expect(merged.boxOfRow[rowOf('left')]).toBe(-1)
})

test('spans without duration at one moment are both seen', () => {
  const moments = traceFromText(`
    a: root 0..10
      a: one 5..5
      a: two 5..5
  `)
  expect(drawn(moments, flameInTime(moments, all))).toEqual(['root 0..10', 'one 5..5', 'two 5..5'])
})

const repeated = traceFromText(`
  a: root     0..100
    b: get   10..20
      c: sql 12..18  error
    b: get   30..60
      c: sql 35..40
    a: put   60..90
`)

test('merged, what has the same callers is one box, the heaviest first', () => {
  const flame = mergedFlame(repeated, all)
  expect(drawn(repeated, flame)).toEqual(['root 0..100', 'get 0..40, put 40..70', 'sql 0..11'])
  expect(flame.merged).toMatchObject({
    self: Float64Array.from([30, 29, 30, 11], (time) => time * ms),
    duration: Float64Array.from([100, 40, 30, 11], (time) => time * ms),
    count: Int32Array.of(1, 2, 1, 2),
    errors: Int32Array.of(0, 0, 0, 1),
  })
  // The longest stands for its box.
  expect(repeated.spans.start[flame.row[1]]).toBe(30 * ms)
  expect(Array.from(flame.boxOfRow)).toEqual([0, 1, 3, 1, 3, 2])
})

test('merged, parallel work counts as often as it was done', () => {
  const parallel = traceFromText(`
    a: root  0..100
      b: one 0..90
      b: two 0..90
  `)
  expect(drawn(parallel, mergedFlame(parallel, all))).toEqual(['root 0..190', 'one 0..90, two 90..180'])
})

test('merged in a part of the time, only what was done in it counts', () => {
  const flame = mergedFlame(repeated, { ...all, window: { from: 15 * ms, to: 40 * ms } })
  expect(drawn(repeated, flame)).toEqual(['root 0..25', 'get 0..15', 'sql 0..8'])
  expect(Array.from(flame.merged?.self ?? [], (time) => time / ms)).toEqual([10, 7, 8])
})

test('what is out of view does not count, but keeps the place of what it called', () => {
  const mask = Uint8Array.from(repeated.spans.length === 6 ? [0, 0, 1, 0, 1, 0] : [])
  const flame = mergedFlame(repeated, { ...all, included: mask })
  expect(drawn(repeated, flame)).toEqual(['root 0..11', 'get 0..11', 'sql 0..11'])
  expect(Array.from(flame.merged?.count ?? [])).toEqual([0, 0, 2])
})

test('by attribute, a span without a value or with that of its caller counts to its caller', () => {
  const column = {
    key: 'zone',
    valueOf: Int32Array.of(0, 0, 1, -1, 1, -1),
    values: packTexts(['north', 'south']),
    counts: Int32Array.of(2, 2),
  }
  const flame = mergedFlame(repeated, { ...all, column })
  expect(Array.from(flame.merged?.value ?? [])).toEqual([0, 1])
  expect(Array.from(flame.merged?.count ?? [])).toEqual([4, 2])
  expect(Array.from(flame.to, (to) => to / ms)).toEqual([100, 11])
  const unset = mergedFlame(repeated, { ...all, column: { ...column, valueOf: new Int32Array(6).fill(-1) } })
  expect(Array.from(unset.merged?.value ?? [])).toEqual([-1])
})

test('where nothing took any time, boxes are as wide as they have spans', () => {
  const still = traceFromText(`
    a: one 0..0
    a: one 0..0
    a: two 0..0
  `)
  expect(Array.from(mergedFlame(still, all).to)).toEqual([2, 3])
})

test('boxes narrower than a pixel are drawn together, wider ones alone, those out of view not at all', () => {
  const many = traceFromText(
    `a: root 0..1000\n${Array.from({ length: 500 }, (_, at) => `  a: n 0.${String(at).padStart(3, '0')}..0.${String(at).padStart(3, '0')}5`).join('\n')}\n  a: wide 500..900`,
  )
  const flame = flameInTime(many, all)
  const seen: number[][] = []
  const timeline = { window: { from: 0, to: 1000 * ms }, widthPx: 100 }
  boxesInView(flame, 1, timeline, (...one) => seen.push(one))
  expect(seen).toEqual([
    [1, 501, 0, 1],
    [501, 502, 50, 90],
  ])
  seen.length = 0
  boxesInView(flame, 1, { window: { from: 600 * ms, to: 700 * ms }, widthPx: 100 }, (...one) =>
    seen.push(one),
  )
  expect(seen).toEqual([[501, 502, -2, 102]])
})

test('a box is found under the pointer, or within a few pixels of it', () => {
  const flame = flameInTime(trace, all)
  const timeline = { window: { from: 0, to: 120 * ms }, widthPx: 120 }
  const at = (lane: number, xPx: number) => boxAt(flame, lane, xPx, timeline, 3)
  expect([at(1, 20), at(1, 42), at(1, 50), at(1, 58), at(4, 70), at(5, 10), at(-1, 10)]).toEqual(
    ['left', 'left', '', 'right', 'late', '', ''].map((name) =>
      name === '' ? -1 : flame.boxOfRow[rowOf(name)],
    ),
  )
})

test('keys lead to the caller, to the longest call, and along the lane', () => {
  const flame = flameInTime(trace, all)
  const from = (name: string, key: string) => {
    const next = nextBox(flame, flame.boxOfRow[rowOf(name)], key)
    return next === undefined ? undefined : trace.names[trace.spans.name[flame.row[next]]]
  }
  expect(from('root', 'ArrowDown')).toBe('left')
  expect(from('leaf', 'ArrowDown')).toBe('leaf')
  expect(from('late', 'ArrowUp')).toBe('twin')
  expect(from('left', 'ArrowRight')).toBe('right')
  expect(from('left', 'ArrowLeft')).toBe('left')
  expect(from('late', 'Home')).toBe('root')
  expect(from('late', 'x')).toBeUndefined()
})

test('a box matches when one of its spans does', () => {
  const matches = Uint8Array.of(0, 0, 0, 0, 1, 0)
  expect(Array.from(matchingBoxes(mergedFlame(repeated, all), matches))).toEqual([0, 0, 0, 1])
})

/** A trace of random spans, some of which go on after their caller or take no time. */
function randomTrace(seed: number): Trace {
  const random = seededRandom(seed)
  const lines: string[] = []
  let depth = 0
  for (let span = 0; span < 60; span++) {
    depth = Math.min(Math.floor(random() * (depth + 2)), 12)
    const from = Math.floor(random() * 100)
    const to = from + Math.floor(random() * random() * 80)
    lines.push(
      `${'  '.repeat(depth)}s${Math.floor(random() * 3)}: n${Math.floor(random() * 4)} ${from}..${to}`,
    )
  }
  return traceFromText(lines.join('\n'))
}

test('in order of time nothing hides anything, and everything is below its caller', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = randomTrace(seed)
    const mask = seed % 2 === 0 ? undefined : random.spans.name.map((name) => (name === 0 ? 1 : 0))
    const included = mask && Uint8Array.from(mask)
    const flame = flameInTime(random, { included, keepsCallers: seed % 3 === 0 })
    for (let box = 0; box < flame.length; box++) {
      const isFirst = box === flame.laneStart[flame.lane[box]]
      if (!isFirst) {
        expect(flame.from[box]).toBeGreaterThanOrEqual(flame.to[box - 1])
        expect(flame.from[box]).toBeGreaterThan(flame.from[box - 1])
      }
      if (flame.parent[box] >= 0) expect(flame.lane[box]).toBeGreaterThan(flame.lane[flame.parent[box]])
    }
    const shown = Array.from(flame.boxOfRow).filter((box) => box >= 0)
    expect(shown.toSorted((a, b) => a - b)).toEqual(Array.from({ length: flame.length }, (_, box) => box))
    if (!included) expect(flame.length).toBe(random.spans.length)
  }
})

test('merged, every box lies in its caller, the widths add up, and every span is counted once', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = randomTrace(seed)
    const window = seed % 2 === 0 ? undefined : { from: 20 * ms, to: 70 * ms }
    const { merged, ...flame } = mergedFlame(random, { ...all, window })
    const widest = flame.extentNs
    const inside = new Float64Array(flame.length)
    let counted = 0
    for (let box = 0; box < flame.length; box++) {
      const above = flame.parent[box]
      counted += merged?.count[box] ?? 0
      if (above < 0) continue
      inside[above] += flame.to[box] - flame.from[box]
      expect(flame.lane[box]).toBe(flame.lane[above] + 1)
      expect(flame.from[box]).toBeGreaterThanOrEqual(flame.from[above] - 1)
      expect(flame.to[box]).toBeLessThanOrEqual(flame.to[above] + 1)
    }
    for (let box = 0; box < flame.length; box++)
      expect(Math.abs(flame.to[box] - flame.from[box] - inside[box] - (merged?.self[box] ?? 0))).toBeLessThan(
        1,
      )
    const { start, duration } = random.spans
    const running = Array.from(start.keys()).filter(
      (row) => !window || (start[row] <= window.to && start[row] + duration[row] >= window.from),
    )
    expect(counted).toBe(running.length)
    const work = running.reduce((sum, row) => sum + random.spans.self[row], 0)
    if (!window) expect(Math.abs(widest - Math.max(work, 1))).toBeLessThan(1)
  }
})

test('thousands of levels, and tens of thousands of siblings at once', () => {
  const deep = traceFromText(
    Array.from({ length: 4_000 }, (_, at) => `${' '.repeat(at)}s: d  ${at}..${30_000 - at}`).join('\n'),
  )
  expect(flameInTime(deep, all).laneCount).toBe(4_000)
  expect(mergedFlame(deep, all).laneCount).toBe(4_000)
  const wide = traceFromText(
    `r: root 0..1000\n${Array.from({ length: 30_000 }, (_, at) => `  s: c  ${at / 1000}..999`).join('\n')}`,
  )
  expect(flameInTime(wide, all).laneCount).toBe(30_001)
  expect(mergedFlame(wide, all).length).toBe(2)
})
