import { expect, test } from 'vitest'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { OpenedSource, ServerSource } from '#shared/api/contract'
import { heldBeyond, nowOf, rangeAmong } from './held-time'

const hour = 3_600_000
const files = (startMs: number, endMs: number): OpenedSource => ({
  kind: 'files',
  id: `files:${startMs}`,
  name: 'old.json',
  place: 'old.json',
  openedMs: 0,
  lasts: 'run',
  holds: {
    spans: 1,
    traces: 1,
    lines: 0,
    linesLabel: '',
    series: 0,
    hasSamples: false,
    calls: 0,
    startMs,
    endMs,
  },
  documents: [],
  broken: [],
  startMs,
  endMs,
  capabilities: capabilitiesOf('local'),
})
const old = files(10 * hour, 11 * hour)
const older = files(5 * hour, 6 * hour)
const timeless = files(0, 1)
const server = { kind: 'tempo', id: 'tempo', name: 'Tempo' } as ServerSource
const lastHour = { from: 'now-1h', to: 'now' } as const

test('the last hour of opened files is the last of theirs', () => {
  expect(rangeAmong([older, old], lastHour)).toEqual({ from: 10 * hour, to: 11 * hour })
  expect(nowOf(old, 99 * hour)).toBe(11 * hour)
})

test('beside a server, and of files without a time, it is what the clock says', () => {
  for (const sources of [[old, server], [server], [timeless], []])
    expect(rangeAmong(sources, lastHour)).toBe(lastHour)
  expect(nowOf(timeless, 99 * hour)).toBe(99 * hour)
})

test('a range of two moments stays what it is', () => {
  const chosen = { from: 1, to: 2 }
  expect(rangeAmong([old], chosen)).toBe(chosen)
})

test('the time of opened files is offered where a window does not hold all of it', () => {
  const all = { startMs: 5 * hour, endMs: 11 * hour }
  expect(heldBeyond([old, older, server], { startMs: 98 * hour, endMs: 99 * hour })).toEqual(all)
  expect(heldBeyond([old, older], { startMs: 10 * hour, endMs: 11 * hour })).toEqual(all)
  expect(heldBeyond([old, older], all)).toBeUndefined()
  expect(heldBeyond([server, timeless], all)).toBeUndefined()
})
