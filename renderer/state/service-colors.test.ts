import { describe, expect, it } from 'vitest'
import { assignSlots, mergeSlots, recordOfSlots, slotsByUse, slotsOf, takeOverSlots } from './service-colors'

describe('service colours', () => {
  it('gives the first names the first slots, in the order they come', () => {
    expect([...assignSlots(new Map(), ['order', 'payment', 'stock'])]).toEqual([
      ['order', 1],
      ['payment', 2],
      ['stock', 3],
    ])
  })

  it('keeps what was given and fills the gaps for new names', () => {
    const given = new Map([
      ['payment', 2],
      ['order', 4],
    ])
    expect(assignSlots(given, ['stock', 'payment', 'cart'])).toEqual(
      new Map([
        ['payment', 2],
        ['order', 4],
        ['stock', 1],
        ['cart', 3],
      ]),
    )
  })

  it('returns the very same map when every name is known, so that nothing is written', () => {
    const given = new Map([['order', 1]])
    expect(assignSlots(given, ['order', 'order'])).toBe(given)
  })

  it('keeps no name of kilobytes in the profile', () => {
    expect(recordOfSlots(assignSlots(new Map(), ['cart', 'x'.repeat(5_000)]))).toEqual({ cart: 1 })
  })

  it('shares slots evenly past the twenty-fourth name', () => {
    const names = Array.from({ length: 50 }, (_, index) => `service-${index}`)
    const slots = assignSlots(new Map(), names)
    const users = new Map<number, number>()
    for (const slot of slots.values()) users.set(slot, (users.get(slot) ?? 0) + 1)
    expect(new Set(users.values())).toEqual(new Set([2, 3]))
    expect(slots.get('service-24')).toBe(1)
  })

  it('what the profile keeps wins over what this window gave, and nothing of either is lost', () => {
    const ours = new Map([
      ['order', 1],
      ['stock', 2],
    ])
    const kept = slotsOf({ order: 3, cart: 1, broken: 99 })
    expect(recordOfSlots(mergeSlots(ours, kept))).toEqual({ order: 3, cart: 1, stock: 2 })
  })

  it('an opened investigation gives its colours to names that have none here, and to no others', () => {
    takeOverSlots(new Map([['taken-over', 9]]))
    takeOverSlots(
      new Map([
        ['taken-over', 3],
        ['another', 17],
      ]),
    )
    expect(slotsByUse(['another', 'taken-over'], [2, 1], true)).toEqual([17, 9])
  })
})
