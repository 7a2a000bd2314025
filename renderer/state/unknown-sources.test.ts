import { expect, test } from 'vitest'
import { filesWithout, unknownSources } from './unknown-sources'

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

const files = 'files:a1'
// An address within an address.
const twice = encodeURIComponent(encodeURIComponent(files))
const there = [{ id: 'demo' }, { id: files }]

test.each([
  ['/overview', `source=${files}`, ['demo'], ['a1']],
  ['/overview', `source=${files}`, ['demo', files], undefined],
  ['/metrics', `p=lines:${twice}:up`, ['demo'], ['a1']],
  ['/metrics', `p=lines:${twice}:up&p=lines:demo:up`, ['demo'], undefined],
  // It is on its way, or gone: that is said elsewhere.
  ['/overview', 'source=files:zz', ['demo'], undefined],
  ['/overview', 'source=prometheus', ['demo'], undefined],
  ['/overview', '', ['demo'], undefined],
])('%s?%s, where %j can answer, is told by no file: %j', (path, query, able, without) => {
  const ids = able.map((id) => ({ id }))
  expect(filesWithout(path, new URLSearchParams(query), there, ids)).toEqual(without)
})
