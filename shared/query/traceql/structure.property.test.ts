import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Relation } from './expression.ts'
import { relatives, structureOf } from './structure.ts'
import { orphan, root } from './traces.ts'

/** Forests in which a parent may stand before or behind its child, and some never arrived. */
const forest = fc
  .array(fc.record({ parent: fc.nat(1000), fate: fc.nat(9), place: fc.nat() }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((spans) => {
    const places = spans.map((_, at) => at).sort((one, other) => spans[one].place - spans[other].place)
    const parents = new Int32Array(spans.length)
    spans.forEach(({ parent, fate }, at) => {
      parents[places[at]] = at === 0 || fate === 0 ? root : fate === 1 ? orphan : places[parent % at]
    })
    return parents
  })

/** From a span up to its root; undefined when that never arrived. */
function ancestors(parents: Int32Array, span: number): readonly number[] | undefined {
  const above: number[] = []
  for (let at = parents[span]; ; at = parents[at]) {
    if (at === root) return above
    if (at === orphan) return undefined
    above.push(at)
  }
}

const isRelated: Readonly<Record<Relation, (parents: Int32Array, span: number, other: number) => boolean>> = {
  '>': (parents, span, other) => parents[span] === other,
  '<': (parents, span, other) => parents[other] === span,
  '>>': (parents, span, other) => ancestors(parents, span)?.includes(other) === true,
  '<<': (parents, span, other) => ancestors(parents, other)?.includes(span) === true,
  '~': (parents, span, other) => span !== other && parents[span] === parents[other],
}

test.each(Object.keys(isRelated) as Relation[])('%s is what it says, for every two spans', (relation) => {
  fc.assert(
    fc.property(forest, fc.infiniteStream(fc.nat(1)), (parents, given) => {
      const marks = Uint8Array.from(parents, () => given.next().value)
      const isReached = (span: number): boolean => ancestors(parents, span) !== undefined
      const expected = Uint8Array.from(parents, (_, span) =>
        Number(
          marks.some(
            (mark, other) =>
              mark === 1 && isReached(span) && isReached(other) && isRelated[relation](parents, span, other),
          ),
        ),
      )
      expect(relatives(structureOf(parents), relation, marks)).toEqual(expected)
    }),
  )
})

test('numbers hold those of all that lies below', () => {
  fc.assert(
    fc.property(forest, (parents) => {
      const { left, right } = structureOf(parents)
      parents.forEach((_, span) => {
        for (const above of ancestors(parents, span) ?? []) {
          expect(left[above]).toBeLessThan(left[span])
          expect(right[above]).toBeGreaterThan(right[span])
        }
        expect(left[span] === 0).toBe(ancestors(parents, span) === undefined)
      })
    }),
  )
})
