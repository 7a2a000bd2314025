import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { IdTable } from './id-table.ts'

test('ids keep the index they came with first', () => {
  const word = fc.oneof(fc.nat(3), fc.constant(0xffff_ffff))
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word), { maxLength: 100 }), (ids) => {
      const table = new IdTable(1)
      const known = new Map<string, number>()
      for (const [index, [high, low]] of ids.entries()) {
        const key = `${high},${low}`
        expect(table.find(high, low)).toBe(known.get(key) ?? -1)
        expect(table.add(high, low, index)).toBe(known.get(key) ?? -1)
        if (!known.has(key)) known.set(key, index)
      }
    }),
  )
})
