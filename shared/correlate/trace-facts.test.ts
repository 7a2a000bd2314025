import { expect, it } from 'vitest'
import type { Correction } from '#shared/api/contract'
import { holdersOf } from './trace-facts'

const of = (services: readonly string[] | undefined, holds: Correction['holds'] = {}) => ({
  facts: services && { services },
  said: { holds },
})

it.each<[string, readonly ReturnType<typeof of>[], string]>([
  ['those that hold it', [of(['pay']), of(['order'])], '0'],
  ['both, also one that writes in lower case', [of(['pay']), of(['PAY'])], '01'],
  ['all, where none does', [of(['order']), of([])], '01'],
  ['all, while one is not known', [of(['order']), of(undefined)], '01'],
  ['what a person said', [of(['pay'], { pay: false }), of([], { pay: true })], '1'],
  ['what a person said, while one is not known', [of(['pay'], { pay: false }), of(undefined)], '1'],
])('traces of a service are asked of %s', (_, sources, asked) => {
  const found = holdersOf(
    'pay',
    sources.map((one, source) => ({ source, ...one })),
  )
  expect(found.join('')).toBe(asked)
})
