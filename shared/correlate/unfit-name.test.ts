import { expect, test } from 'vitest'
import type { Climbed } from './ladder-end'
import { unfitName, unfitWords } from './unfit-name'

const spanId = '00f067aa0ba902b7'
const found = (value: string, named: string | undefined, among: 'all' | 'services' = 'all'): Climbed => ({
  rung: {
    source: { id: 'loki', name: 'Loki' },
    query: '{app=~".+"}',
    startMs: 0,
    endMs: 1,
    what: 'x',
    reach: '± 15 min',
    among,
    finds: 'its',
  },
  state: {
    kind: 'answered',
    count: 1,
    hasMore: false,
    firstMs: 0,
    lastMs: 0,
    tookMs: 1,
    stream: { value, spanId: named },
  },
})

test.each<[string, Climbed, Record<string, string> | undefined, boolean]>([
  ['lines under a name that is alike', found('shop/till-a', undefined), { 'till-a': 'till-e' }, true],
  ['a line under any name that names the span', found('x', spanId), { 'till-a': 'till-e' }, true],
  ['a line of another service of the trace', found('x', undefined), { 'till-a': 'till-e' }, false],
  ['lines under the name that was said', found('till-e', spanId), { 'till-a': 'till-e' }, false],
  ['lines found among its own streams', found('till-a', spanId, 'services'), { 'till-a': 'till-e' }, false],
  ['a service nothing was said of', found('till-a', spanId), undefined, false],
])('%s tell whether the name that was said fits', (_, one, names, isUnfit) => {
  expect(unfitName({ services: ['till-a'], spanId }, one, names) !== undefined).toBe(isUnfit)
})

test('both names are said', () => {
  expect(unfitWords({ service: 'till-a', said: 'till-e', value: 'shop/till-a' }, 'Loki')).toBe(
    'The name said of till-a in Loki, till-e, did not fit: its lines stand under shop/till-a.',
  )
})
