import { expect, test } from 'vitest'
import { unknownSources } from './unknown-sources'

const known = [{ id: 'here' }]

test.each([
  ['/overview', 'source=here', []],
  ['/overview', 'source=zzz', ['zzz']],
  ['/overview', '', []],
  ['/traces', 'source=here&source=zzz', ['zzz']],
  ['/metrics', 'p=lines:here:up&p=lines:zzz:up&p=lines::up', ['zzz']],
])('%s?%s asks what is not here: %j', (path, query, unknown) => {
  expect(unknownSources(path, new URLSearchParams(query), known)).toEqual(unknown)
})
