import { array, assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { Feed } from './feed.ts'

/** Units that begin with their length. */
function lengthReader(): { units: { at: number; bytes: number[] }[]; looked: number; feed: Feed } {
  const seen = { units: [] as { at: number; bytes: number[] }[], looked: 0 }
  const feed = new Feed({
    read(bytes, start, end, base) {
      let at = start
      while (at < end && at + bytes[at] <= end) {
        seen.units.push({ at: base + at, bytes: Array.from(bytes.subarray(at, at + bytes[at])) })
        at += bytes[at]
      }
      seen.looked += end - start
      return at
    },
  })
  return Object.assign(seen, { feed })
}

test('units come whole, in order and with their address, whatever the chunks', () => {
  assert(
    property(
      array(integer({ min: 1, max: 255 }), { maxLength: 60 }),
      array(integer({ min: 1, max: 300 }), { minLength: 1 }),
      (lengths, sizes) => {
        const bytes = lengths.flatMap((length, index) => [
          length,
          ...Array.from({ length: length - 1 }, () => index),
        ])
        const { units, feed } = lengthReader()
        const base = 1_000
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = sizes[i % sizes.length]
          feed.push(Uint8Array.from(bytes.slice(at, at + size)), base + at)
          at += size
        }
        feed.flush()
        let at = base
        const expected = lengths.map((length, index) => {
          const unit = { at, bytes: [length, ...Array.from({ length: length - 1 }, () => index)] }
          at += length
          return unit
        })
        expect(units).toEqual(expected)
        expect(feed.held).toBe(0)
      },
    ),
  )
})

test('a unit in ten thousand chunks is looked at a few times, not ten thousand', () => {
  let looked = 0
  const size = 1_000_000
  const feed = new Feed({
    read(_bytes, start, end) {
      looked += end - start
      return end - start >= size ? end : start
    },
  })
  for (let at = 0; at < size; at += 100) feed.push(new Uint8Array(100), at)
  feed.flush()
  expect(feed.held).toBe(0)
  expect(looked).toBeLessThan(4 * size)
})
