import { expect, it, test } from 'vitest'
import type { Source } from '#shared/api/contract'
import { type AskedQuery, curlOf, exploreUrl, grafanaBase } from '#shared/correlate/other-tools'

const sourceOf = (kind: 'loki' | 'prometheus', more: object): Source =>
  ({
    kind,
    url: `http://${kind}.test/base`,
    auth: { kind: 'none' },
    headers: [],
    tenant: '',
    tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
    ...more,
  }) as unknown as Source

const lines: AskedQuery = {
  kind: 'lines',
  query: `{a="b"} |= "it's"`,
  window: { startNs: '1790000000000000001', endNs: '1790003600000000000' },
  order: 'newest',
  limit: 100,
}
const metrics: AskedQuery = {
  kind: 'metrics',
  query: 'rate(x[5m])',
  window: { startMs: 1_790_000_000_000, endMs: 1_790_003_600_000 },
  stepMs: 15_000,
}

it('a query for lines is copied as a command that asks the same', () => {
  expect(curlOf(sourceOf('loki', { tenant: 'red' }), lines)).toBe(
    String.raw`curl -G 'http://loki.test/base/loki/api/v1/query_range' -H 'X-Loki-Response-Encoding-Flags: categorize-labels' -H 'X-Scope-OrgID: red' --data-urlencode 'query={a="b"} |= "it'\''s"' --data-urlencode 'start=1790000000000000001' --data-urlencode 'end=1790003600000000000' --data-urlencode 'limit=100' --data-urlencode 'direction=backward'`,
  )
})

it('so is one for numbers, in the units of each server', () => {
  expect(curlOf(sourceOf('prometheus', {}), metrics)).toBe(
    `curl -G 'http://prometheus.test/base/api/v1/query_range' --data-urlencode 'query=rate(x[5m])' --data-urlencode 'start=1790000000' --data-urlencode 'end=1790003600' --data-urlencode 'step=15'`,
  )
  expect(curlOf(sourceOf('loki', {}), { ...metrics, kind: 'log-metric' })).toContain(
    `'http://loki.test/base/loki/api/v1/query_range' --data-urlencode 'query=rate(x[5m])' --data-urlencode 'start=1790000000000000000' --data-urlencode 'end=1790003600000000000' --data-urlencode 'step=15'`,
  )
})

it('what lets one in is left to the shell, or asked for', () => {
  const bearer = sourceOf('prometheus', {
    auth: { kind: 'bearer', token: { kind: 'kept' } },
    headers: [{ name: "X-Api'Key", value: { kind: 'kept' } }],
    tls: { ca: 'PEM', clientCert: 'PEM', clientKey: { kind: 'kept' }, skipVerify: true },
  })
  expect(curlOf(bearer, metrics)).toContain(
    String.raw`-H 'Authorization: Bearer '"$TOKEN" -H 'X-Api'\''Key: '"$X_API_KEY" -k --cacert ca.pem --cert client.pem --key client.key --data`,
  )
  const basic = sourceOf('loki', { auth: { kind: 'basic', user: 'ann', password: { kind: 'kept' } } })
  expect(curlOf(basic, lines)).toContain(`-u 'ann' --data`)
})

it('what is no server has no command', () => {
  expect(curlOf({ kind: 'local' } as Source, metrics)).toBeUndefined()
})

test.each([
  ['grafana.test', 'https://grafana.test'],
  ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
  ['https://ann:secret@ops.test/grafana/explore?token=x#y', 'https://ops.test/grafana'],
  ['https://ann:s@e:c@ops.test:8080', 'https://ops.test:8080'],
  ['http://[::1]:3000/x/', 'http://[::1]:3000/x'],
  ['https://ops.test/d/abc/my-board', 'https://ops.test'],
  ['', undefined],
  ['https://', undefined],
  ['not an address', undefined],
])('a Grafana at %s has the base %s', (typed, base) => {
  expect(grafanaBase(typed)).toBe(base)
})

const paneOf = (url: string): unknown => {
  const { searchParams } = new URL(url)
  expect([searchParams.get('schemaVersion'), searchParams.get('orgId')]).toEqual(['1', '1'])
  return JSON.parse(searchParams.get('panes') ?? '')
}

test('a link into Explore asks the same, of the source as it is called there', () => {
  expect(paneOf(exploreUrl('https://g.test/x', 'Loki EU', lines))).toEqual({
    clew: {
      datasource: 'Loki EU',
      queries: [
        {
          refId: 'A',
          expr: lines.query,
          editorMode: 'code',
          queryType: 'range',
          datasource: { type: 'loki', uid: 'Loki EU' },
        },
      ],
      range: { from: '1790000000000', to: '1790003600000' },
    },
  })
  expect(paneOf(exploreUrl('https://g.test', '', metrics))).toEqual({
    clew: {
      queries: [
        {
          refId: 'A',
          expr: 'rate(x[5m])',
          editorMode: 'code',
          range: true,
          datasource: { type: 'prometheus' },
        },
      ],
      range: { from: '1790000000000', to: '1790003600000' },
    },
  })
})
