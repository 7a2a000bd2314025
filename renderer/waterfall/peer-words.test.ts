import { expect, test } from 'vitest'
import { type Spread, spreadOfBuckets, spreadOfDurations } from '#shared/correlate/spread'
import { isAlone, placeAmong, spreadWords } from './peer-words'

const ms = 1e6
const found = { metric: undefined, isSample: false, isOfFiles: false }
const counted = { metric: 'http_server_request_duration_seconds', isSample: false, isOfFiles: false }

function of(...durations: readonly number[]): Spread {
  const spread = spreadOfDurations(durations)
  if (!spread) throw new Error('no durations')
  return spread
}
function buckets(bounds: readonly number[], counts: readonly number[]): Spread {
  const spread = spreadOfBuckets(bounds, counts, false)
  if (!spread) throw new Error('no counts')
  return spread
}

test.each<[string, Spread, typeof found | typeof counted, string]>([
  ['itself alone', of(5 * ms), found, 'the only one found'],
  ['one other that took longer', of(9 * ms), found, 'faster than the only other one found'],
  ['one other that was faster', of(2 * ms), found, 'slower than the only other one found'],
  ['about one that was counted', buckets([0.1 * ms, 9 * ms], [1.04]), counted, 'the only one counted'],
  ['others, which all took longer', of(5 * ms, 6 * ms, 7 * ms), found, 'the fastest of 3'],
  [
    'those that were found first',
    of(1 * ms, 6 * ms),
    { ...found, isSample: true },
    'slower than 50 % of 2 found',
  ],
  [
    'those that somebody saved',
    of(1 * ms, 6 * ms),
    { ...found, isOfFiles: true },
    'slower than 50 % of 2 in the file',
  ],
  [
    'many that were counted',
    buckets([0.1 * ms, 1 * ms, 9 * ms], [30, 30]),
    counted,
    'slower than 75 % of about 60',
  ],
])('among %s', (_, spread, how, expected) => {
  expect(placeAmong(spread, 5 * ms, how)).toBe(expected)
})

test('a lone span is not called the fastest of all to who does not see the picture', () => {
  expect(spreadWords(of(5 * ms), 5 * ms, found)).toBe('This one took 5.00 ms: the only one found.')
  expect(spreadWords(of(5 * ms, 7 * ms), 5 * ms, found)).toBe(
    'Durations of 2 spans: half took up to 7.00 ms, 95 % up to 7.00 ms. This one took 5.00 ms: the fastest.',
  )
})

test('it is alone only where all were looked for, and none but itself was found', () => {
  expect(isAlone(of(5 * ms), 5 * ms, found)).toBe(true)
  expect(isAlone(of(5 * ms), 5 * ms, { ...found, isSample: true })).toBe(false)
  expect(isAlone(of(6 * ms), 5 * ms, found)).toBe(false)
  expect(isAlone(buckets([1 * ms, 9 * ms], [1]), 5 * ms, counted)).toBe(false)
})
