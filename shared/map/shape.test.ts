import { expect, test } from 'vitest'
import { callOf, edgeId, mergeTellings, type ServiceMap, unknownFigures } from '#shared/map/graph'
import { around, choiceToSee, compareMaps, edgesOnCycles, prune, withoutServices } from '#shared/map/shape'

/** From `a>b a>c:2`: who calls whom, and how often a second. */
function mapOf(text: string): ServiceMap {
  const calls = text.split(' ').map((one) => {
    const [, parent, child, rate] = /^([^>]+)>([^:]+)(?::(.+))?$/.exec(one) ?? []
    return {
      parent,
      child,
      parentKind: 'service' as const,
      childKind: 'service' as const,
      figures: { ...unknownFigures, rate: rate === undefined ? undefined : Number(rate) },
    }
  })
  return mergeTellings([{ origin: { id: 'x', name: 'X', kind: 'service-graph' }, calls }])
}

const edgesOf = ({ edges }: ServiceMap): string[] =>
  edges.map(({ parent, child }) => `${parent}>${child}`).toSorted()
const namesOf = ({ nodes }: ServiceMap): string[] => nodes.map(({ name }) => name).toSorted()

test('small calls leave, with the services only they had joined; unknown rates stay', () => {
  const map = prune(mapOf('a>b:5 b>c:0.1 a>d'), 1)
  expect(edgesOf(map)).toEqual(['a>b', 'a>d'])
  expect(namesOf(map)).toEqual(['a', 'b', 'd'])
})

test('calls to itself are as small as others, and so is who makes no larger ones', () => {
  const map = prune(mapOf('a>b:5 a>a:0.1 b>b:3 c>c:0.2 d>d:4 e>e'), 1)
  expect(map.nodes.map(({ name, within }) => `${name} ${within ? (within.rate ?? '?') : '–'}`)).toEqual([
    'a –',
    'b 3',
    'd 4',
    'e ?',
  ])
  expect(edgesOf(map)).toEqual(['a>b'])
})

test('the neighbourhood reaches so many calls up and down, and not sideways', () => {
  const map = mapOf('a>b b>c c>d a>x x>y')
  expect(namesOf(around(map, 'b', 1))).toEqual(['a', 'b', 'c'])
  expect(namesOf(around(map, 'b', 2))).toEqual(['a', 'b', 'c', 'd'])
  expect(around(map, 'nobody', 1)).toBe(map)
})

test('hidden services take their calls along', () => {
  const map = withoutServices(mapOf('a>b b>c'), ['c'])
  expect(edgesOf(map)).toEqual(['a>b'])
})

test('calls on a circle are known', () => {
  const map = mapOf('a>b b>c c>a c>d d>e e>d x>a')
  expect([...edgesOnCycles(map)].map((id) => callOf(id)?.join('>') ?? '').toSorted()).toEqual([
    'a>b',
    'b>c',
    'c>a',
    'd>e',
    'e>d',
  ])
})

test('a chain of a hundred thousand calls overflows nothing', () => {
  const names = Array.from({ length: 100_001 }, (_, index) => String(index))
  const chain = names.slice(1).map((child, index) => `${names[index]}>${child}`)
  expect(edgesOnCycles(mapOf(chain.join(' '))).size).toBe(0)
})

test('beside another window calls are new, gone or the same, with what they were', () => {
  const { map, changeOf, before } = compareMaps(mapOf('a>b:2 b>c:1'), mapOf('a>b:5 a>z:3'))
  expect(edgesOf(map)).toEqual(['a>b', 'a>z', 'b>c'])
  expect(namesOf(map)).toContain('z')
  expect([
    changeOf.get(edgeId('a', 'b')),
    changeOf.get(edgeId('b', 'c')),
    changeOf.get(edgeId('a', 'z')),
  ]).toEqual(['same', 'new', 'gone'])
  expect(before.get(edgeId('a', 'b'))?.rate).toBe(5)
})

test.each([
  ['nothing, where it is seen', 'a', { leastRate: 1 }, {}],
  ['a rate that its calls do not reach', 'c', { leastRate: 1 }, { leastRate: 0 }],
  ['that it is hidden, and no other', 'c', { hidden: ['c', 'd'] }, { hidden: ['d'] }],
  ['a neighbourhood that it lies beyond', 'd', { focus: 'a' }, { focus: '' }],
  ['both, where one would not do', 'c', { focus: 'd', leastRate: 1 }, { focus: '', leastRate: 0 }],
  ['nothing that would help, where the map does not have it', 'x', { leastRate: 1 }, undefined],
])('to see a service one gives up %s', (_, name, choice, change) => {
  const map = mapOf('a>b:5 b>c:0.1 b>d:5')
  expect(choiceToSee(map, { leastRate: 0, hidden: [], focus: '', depth: 1, ...choice }, name)).toEqual(change)
})
