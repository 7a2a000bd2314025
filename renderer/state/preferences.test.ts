import { expect, it } from 'vitest'
import type { RecentItem } from '#shared/api/contract'
import { withRecent } from './preferences'

const item = (more: Partial<RecentItem>): RecentItem => ({
  name: 'orders.json',
  kind: '',
  holds: '',
  href: '/files?file=f1',
  openedMs: 1,
  sizeBytes: 1,
  ...more,
})

it('the recent list keeps twenty items, the last first, each place once', () => {
  let list: readonly RecentItem[] = []
  for (let at = 0; at < 30; at++) list = withRecent(list, item({ href: `/files?file=f${at}` }))
  list = withRecent(list, item({ href: '/files?file=f20', holds: '3 spans' }))
  list = withRecent(list, item({ href: '/files?file=f20' }))
  expect(list).toHaveLength(20)
  expect(list[0]).toMatchObject({ href: '/files?file=f20', holds: '3 spans' })
})

it('the recent list stays small whatever is in it', () => {
  const long = 'x'.repeat(100_000)
  const list = withRecent([], item({ name: long, kind: long, holds: long }))
  expect(JSON.stringify(list).length).toBeLessThan(1_000)
  expect(withRecent(list, item({ href: `/files?file=${long}` }))).toEqual(list)
})
