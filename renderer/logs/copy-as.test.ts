import { expect, it } from 'vitest'
import type { Source } from '#shared/api/contract'
import { plainSource } from '#shared/api/new-source'
import { curlOf } from './copy-as'

const loki = {
  ...plainSource('loki', 'http://loki.test/base', []),
  tenant: 'red',
  id: 'x',
  lasts: 'run',
} as Source
const question = {
  source: { id: 'x', name: 'Loki' },
  query: `{a="b"} |= "it's"`,
  window: { startNs: '1', endNs: '2' },
  order: 'newest',
} as const

it('a query is copied as a command that asks the same', () => {
  expect(curlOf(loki, question, 100)).toBe(
    String.raw`curl -G 'http://loki.test/base/loki/api/v1/query_range' -H 'X-Loki-Response-Encoding-Flags: categorize-labels' -H 'X-Scope-OrgID: red' --data-urlencode 'query={a="b"} |= "it'\''s"' --data-urlencode 'start=1' --data-urlencode 'end=2' --data-urlencode 'limit=100' --data-urlencode 'direction=backward'`,
  )
})
