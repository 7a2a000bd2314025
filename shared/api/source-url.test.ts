import { describe, expect, it } from 'vitest'
import type { ServerKind } from '#shared/api/contract'
import { cleanSourceUrl } from './source-url'

describe('a pasted address', () => {
  it.each<[pasted: string, url: string, guess: ServerKind | undefined]>([
    // As it should be.
    ['http://localhost:16686', 'http://localhost:16686', 'jaeger'],
    ['https://tempo.example.com/tempo/', 'https://tempo.example.com/tempo', undefined],
    ['  HTTP://Tempo.Example.COM:3200  ', 'http://tempo.example.com:3200', 'tempo'],
    ['http://[::1]:9411', 'http://[::1]:9411', 'zipkin'],
    ['https://tempo.example.com:443/x', 'https://tempo.example.com/x', undefined],
    // Without a scheme: http for what is near or has a port, https for the rest.
    ['localhost:9090', 'http://localhost:9090', 'prometheus'],
    ['jaeger', 'http://jaeger', undefined],
    ['10.0.3.7', 'http://10.0.3.7', undefined],
    ['tempo.example.com:3200/tempo', 'http://tempo.example.com:3200/tempo', 'tempo'],
    ['tempo.example.com', 'https://tempo.example.com', undefined],
    ['127.0.0.1:3100', 'http://127.0.0.1:3100', 'loki'],
    // Pages of Jaeger.
    ['http://localhost:16686/search?service=order&lookback=1h#x', 'http://localhost:16686', 'jaeger'],
    ['http://h:16686/jaeger/ui/trace/4bf92f3577b34da6', 'http://h:16686/jaeger/ui', 'jaeger'],
    ['https://h.example/jaeger/api/traces?service=a', 'https://h.example/jaeger', 'jaeger'],
    ['https://h.example/api/v3/services', 'https://h.example', 'jaeger'],
    ['https://h.example/jaeger/dependencies', 'https://h.example/jaeger', 'jaeger'],
    // Dots alone are no step.
    ['https://h.example/a..b/...', 'https://h.example/a..b/...', undefined],
    ['data:3100', 'http://data:3100', 'loki'],
    // A page word in the middle is a prefix.
    ['https://h.example/search/jaeger', 'https://h.example/search/jaeger', undefined],
    // Tempo.
    ['http://h:3200/api/search?q=%7B%7D', 'http://h:3200', 'tempo'],
    ['http://h:3200/tempo/api/v2/traces/4bf92f', 'http://h:3200/tempo', 'tempo'],
    ['http://h:3200/api/traces/4bf92f', 'http://h:3200', 'tempo'],
    ['http://h:3200/ready', 'http://h:3200', 'tempo'],
    // Loki, Prometheus and Mimir.
    ['http://h:3100/loki/api/v1/query_range?query=x', 'http://h:3100', 'loki'],
    ['http://h:3100/loki/api/v1/push', 'http://h:3100', 'loki'],
    ['http://h:9090/graph?g0.expr=up', 'http://h:9090', 'prometheus'],
    ['http://h:9090/prom/query?g0.expr=up', 'http://h:9090/prom', 'prometheus'],
    [
      'https://mimir.example/prometheus/api/v1/query?query=up',
      'https://mimir.example/prometheus',
      'prometheus',
    ],
    // Zipkin: pages and API may both hang under /zipkin.
    ['http://h:9411/zipkin/?lookback=15m', 'http://h:9411/zipkin', 'zipkin'],
    ['http://h:9411/zipkin/traces/4bf92f', 'http://h:9411/zipkin', 'zipkin'],
    ['http://h:9411/api/v2/services', 'http://h:9411', 'zipkin'],
    // Grafana's data sources.
    [
      'https://g.example/grafana/api/datasources/proxy/uid/P1/api/search',
      'https://g.example/grafana/api/datasources/proxy/uid/P1',
      undefined,
    ],
    [
      'https://g.example/api/datasources/proxy/7/loki/api/v1/labels',
      'https://g.example/api/datasources/proxy/7',
      undefined,
    ],
    [
      'https://g.example/connections/datasources/edit/tempo-1',
      'https://g.example/api/datasources/proxy/uid/tempo-1',
      undefined,
    ],
    [
      'https://g.example/explore?panes=%7B%22x%22:%7B%22datasource%22:%22abc-1%22%7D%7D',
      'https://g.example/api/datasources/proxy/uid/abc-1',
      undefined,
    ],
  ])('%s is reduced to %s', (pasted, url, guess) => {
    expect(cleanSourceUrl(pasted)).toEqual({ kind: 'url', url, credentials: undefined, guess })
  })

  it('keeps a path that looks like another product’s page when the kind is known', () => {
    expect(cleanSourceUrl('http://h/query', 'jaeger')).toMatchObject({ url: 'http://h/query' })
    expect(cleanSourceUrl('http://h/query', 'prometheus')).toMatchObject({ url: 'http://h' })
  })

  it('takes user and password out of the address', () => {
    expect(cleanSourceUrl('https://anna:p%40ss:w@h.example/x')).toEqual({
      kind: 'url',
      url: 'https://h.example/x',
      credentials: { user: 'anna', password: 'p@ss:w' },
      guess: undefined,
    })
  })

  it('is the same when cleaned again', () => {
    const first = cleanSourceUrl('http://h:16686/jaeger/search?service=a')
    expect(first.kind === 'url' && cleanSourceUrl(first.url)).toEqual(first)
  })

  it.each([
    ['', 'The address is empty.'],
    ['ftp://h/x', 'An address that starts with ftp:// cannot be asked.'],
    ['file:///etc/passwd', 'An address that starts with file:// cannot be asked.'],
    ['grpc://h:4317', 'An address that starts with grpc:// cannot be asked.'],
    ['javascript:1', 'An address that starts with javascript: cannot be asked.'],
    ['Mailto:25', 'An address that starts with mailto: cannot be asked.'],
    ['http://h/a/../b', 'The path of the address has a step up or aside in it (“..”, “.” or “\\”).'],
    ['http://h/a/%2e%2E/b', 'The path of the address has a step up or aside in it (“..”, “.” or “\\”).'],
    ['http://h/a/..%2fb', 'The path of the address has a step up or aside in it (“..”, “.” or “\\”).'],
    ['http://h/a\\b', 'The path of the address has a step up or aside in it (“..”, “.” or “\\”).'],
    ['http://h\\.example', '“http://h\\.example” is not an address.'],
    ['http://', '“http://” is not an address.'],
    ['two words', '“two words” is not an address.'],
    ['http://anna:hunter2@two words', '“http://…@two words” is not an address.'],
    ['anna:hun/ter@2@two words', '“…@two words” is not an address.'],
    ['http://h:99999', 'There is no port 99999.'],
    ['localhost:4317', 'Port 4317 is where a server takes traces in; it gives none out.'],
    ['http://h:4318/v1/traces', 'Port 4318 is where a server takes traces in; it gives none out.'],
  ])('%j is refused with a sentence', (pasted, message) => {
    expect(cleanSourceUrl(pasted)).toMatchObject({ kind: 'refused', message })
  })
})
