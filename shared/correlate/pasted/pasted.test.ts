import { expect, test } from 'vitest'
import { type Pasted, readPasted } from './pasted'

const id = '4be1f0c2a9d84e7fb6c3d1e2f3a49a7e'
const other = '9c1e0d4f6b2a4c7d8e9fa0b1c2d3e4f5'
const span = '00f067aa0ba902b7'
const base64 = 'S+HwwqnYTn+2w9Hi86Safg=='
const json = (value: unknown): string => encodeURIComponent(JSON.stringify(value))
const grafana = 'https://g.example.com/explore?schemaVersion=1&orgId=1'
const pane = (query: unknown, range = { from: 'now-3h', to: 'now' }, datasource = 'uid'): string =>
  `${grafana}&panes=${json({ a: { datasource, queries: [query], range } })}`

const spellings: readonly (readonly [what: string, text: string, spanId?: string])[] = [
  ['32 hex digits', id],
  ['capitals, spaces and quotes around', `  "${id.toUpperCase()}", `],
  ['0x in front', `0x${id}`],
  ['dashes as in a UUID', '4be1f0c2-a9d8-4e7f-b6c3-d1e2f3a49a7e'],
  ['spaces within', '4be1f0c2 a9d84e7f b6c3d1e2 f3a49a7e'],
  ['base64 with padding', base64],
  ['base64 without padding', base64.slice(0, -2)],
  ['base64 in the URL alphabet', base64.replaceAll('+', '-').replaceAll('/', '_')],
  ['a decimal number of 128 bits', BigInt(`0x${id}`).toString()],
  ['a traceparent', `00-${id}-${span}-01`, span],
  ['a traceparent header', `traceparent: 00-${id}-${span}-01`, span],
  ['a traceparent inside a command', `curl -H 'traceparent: 00-${id}-${span}-01' http://localhost/`, span],
  ['an uber-trace-id', `uber-trace-id: ${id}:f067aa0ba902b7:0:1`, span],
  ['a b3 header', `b3: ${id}-${span}-1-05e3ac9a4f6e3b90`, span],
  ['an X-Ray header', `Root=1-4be1f0c2-a9d84e7fb6c3d1e2f3a49a7e;Parent=${span};Sampled=1`, span],
  ['a Jaeger link', `https://jaeger.example.com/prefix/trace/${id}?uiFind=${span}`, span],
  ['a link of Jaeger’s API', `http://localhost:16686/api/v3/traces/${id}`],
  ['a Zipkin link', `http://localhost:9411/zipkin/traces/${id}`],
  ['a link of Zipkin’s API', `http://localhost:9411/api/v2/trace/${id}`],
  ['a Tempo link', `http://localhost:3200/api/v2/traces/${id}`],
  ['a link through Grafana’s proxy', `https://g.example.com/api/datasources/proxy/uid/t1/api/traces/${id}`],
  ['a Grafana link with panes', pane({ refId: 'A', query: id })],
  [
    'a Grafana link with the id as TraceQL',
    pane({ datasource: { type: 'tempo' }, queryType: 'traceql', query: id }),
  ],
  [
    'an older Grafana link',
    `https://g.example.com/explore?left=${json(['now-1h', 'now', 'Tempo', { query: id }])}`,
  ],
  [
    'a Grafana drilldown link',
    `https://g.example.com/a/grafana-exploretraces-app/explore?traceId=${id}&spanId=${span}`,
    span,
  ],
  ['a link of our own', `http://127.0.0.1:4300/trace?source=jaeger&id=${id}&span=${span}`, span],
  ['a deep link', `clew://trace/${id}`],
  ['a line of logfmt', `level=error trace_id=${id} span_id=${span} msg="pool exhausted"`, span],
  ['a line of JSON', `{"level":"error","traceId":"${id}"}`],
  ['a line of JSON within JSON', `{"log":"{\\"trace_id\\":\\"${id}\\"}"}`],
  ['a line with base64', `{"traceId":"${base64}","n":1}`],
  ['a line with a UUID', 'trace-id: 4be1f0c2-a9d8-4e7f-b6c3-d1e2f3a49a7e done'],
  ['a line of Spring Sleuth', `INFO [order-service,${id},${span},true] 1 --- pool`, span],
  ['a line with an id nothing names', `2026-11-28 ERROR ${id} connection pool exhausted`],
]

test.each(spellings.map(([what, text, spanId]) => ({ what, text, spanId })))(
  'reads $what',
  ({ text, spanId }) => {
    expect(readPasted(text)).toMatchObject([{ kind: 'trace', traceId: id, spanId }])
  },
)

const firstId = (text: string) =>
  readPasted(text).map((one) => (one.kind === 'trace' ? one.traceId : one.kind))

test('short ids get their zeros back', () => {
  expect(firstId('a31f5c0e77b2d4c1')).toEqual(['0000000000000000a31f5c0e77b2d4c1'])
  expect(firstId('1f0c2a9d84e7fb6c3d1e2f3a49a7')).toEqual(['00001f0c2a9d84e7fb6c3d1e2f3a49a7'])
  expect(firstId('31f5c0e77b2d4')).toEqual(['000000000000000000031f5c0e77b2d4'])
  expect(firstId('http://localhost:16686/trace/31f5c0e77b')).toEqual([`${'0'.repeat(22)}31f5c0e77b`])
})

test('decimal digits are offered in both readings, the likelier first', () => {
  expect(firstId('12345678901234567890')).toEqual([
    '0000000000000000ab54a98ceb1f0ad2',
    '00000000000012345678901234567890',
  ])
  expect(firstId('dd.trace_id=12345678901234567890 dd.span_id=1')).toEqual([
    '0000000000000000ab54a98ceb1f0ad2',
  ])
  expect(firstId('1793000000123456')).toEqual(['00000000000000001793000000123456'])
})

const isSure = (text: string) => readPasted(text).map((one) => one.kind === 'trace' && one.isSure)

test('what may be something else is not sure', () => {
  expect(isSure('1793000000123456')).toEqual([false])
  expect(isSure(base64.slice(0, -2))).toEqual([false])
  expect(isSure('31f5c0e77b2d4')).toEqual([false])
  expect(isSure(`order ${id} was refused`)).toEqual([false])
  expect(isSure(id)).toEqual([true])
  expect(isSure(`http://localhost:16686/trace/31f5c0e77b`)).toEqual([true])
})

test('of several traces every one is offered', () => {
  expect(firstId(`https://jaeger.example.com/trace/${id}...${other}?cohort=${id}&cohort=${other}`)).toEqual([
    id,
    other,
  ])
  expect(firstId(`trace_id=${id} caused by trace_id=${other}`)).toEqual([id, other])
  expect(firstId(`http://localhost:16686/search?traceID=${id}&traceID=${other}`)).toEqual([id, other])
})

const at = { from: 1_793_000_000_000, to: 1_793_000_060_000 }

test.each([
  ['Tempo, seconds', `http://localhost:3200/api/traces/${id}?start=1793000000&end=1793000060`, at],
  ['our own, milliseconds', `clew://trace/${id}?start=1793000000000&end=1793000060000`, at],
  ['Grafana', pane({ query: id }, { from: '1793000000000', to: '1793000060000' }), at],
  ['Grafana, relative', pane({ query: id }), { from: 'now-3h', to: 'now' }],
  ['the end before the beginning', `clew://trace/${id}?start=1793000060000&end=1793000000000`, undefined],
  ['no time', `clew://trace/${id}?start=yesterday`, undefined],
])('a link says when its trace was: %s', (_, text, range) => {
  expect(readPasted(text)).toMatchObject([{ kind: 'trace', traceId: id, range }])
})

const search = {
  kind: 'search',
  service: '',
  operation: '',
  tags: [],
  minDurationNs: undefined,
  maxDurationNs: undefined,
  errorsOnly: false,
  traceql: '',
  limit: undefined,
  range: undefined,
} as const
const lastHour = { from: 'now-1h', to: 'now' } as const
const last3h = { from: 'now-3h', to: 'now' } as const

test.each<readonly [what: string, text: string, asked: Pasted]>([
  [
    'a search in Jaeger',
    `https://j.example.com/search?end=1793000060000000&limit=20&lookback=1h&maxDuration&minDuration=100ms&operation=GET%20%2Forders&service=order-service&start=1793000000000000&tags=${json({ error: 'true', 'http.status_code': '503' })}`,
    {
      ...search,
      service: 'order-service',
      operation: 'GET /orders',
      tags: [{ key: 'http.status_code', value: '503' }],
      minDurationNs: 100_000_000,
      errorsOnly: true,
      limit: 20,
      range: at,
    },
  ],
  [
    'a search in Jaeger that names no times',
    'http://localhost:16686/search?service=shop&lookback=1h',
    { ...search, service: 'shop', range: lastHour },
  ],
  [
    'a search in Jaeger of a chosen time',
    'http://localhost:16686/jaeger/search?service=shop&operation=all&lookback=custom&start=1793000000000000&end=1793000060000000',
    { ...search, service: 'shop', range: at },
  ],
  [
    'Jaeger’s newer API',
    'http://localhost:16686/api/v3/traces?query.service_name=shop&query.start_time_min=2026-10-26T00:53:20Z&query.start_time_max=2026-10-26T00:54:20Z',
    { ...search, service: 'shop', range: { from: 1_792_976_000_000, to: 1_792_976_060_000 } },
  ],
  [
    'a search in Zipkin',
    'http://localhost:9411/zipkin/?serviceName=shop&spanName=get&annotationQuery=error+and+http.method%3DGET&minDuration=250ms&lookback=15m&endTs=1793000060000&limit=10',
    {
      ...search,
      service: 'shop',
      operation: 'get',
      tags: [{ key: 'http.method', value: 'GET' }],
      errorsOnly: true,
      minDurationNs: 250_000_000,
      limit: 10,
      range: { from: 1_792_999_160_000, to: 1_793_000_060_000 },
    },
  ],
  [
    'Zipkin’s API, microseconds',
    'http://localhost:9411/api/v2/traces?serviceName=shop&minDuration=5000&endTs=1793000060000&lookback=60000',
    { ...search, service: 'shop', minDurationNs: 5_000_000, range: at },
  ],
  [
    'a search in Tempo',
    `http://localhost:3200/api/search?q=${encodeURIComponent('{ .a = 1 }')}&start=1793000000&end=1793000060&limit=50`,
    { ...search, traceql: '{ .a = 1 }', limit: 50, range: at },
  ],
  [
    'a search in Tempo by tags',
    `http://localhost:3200/api/search?tags=${encodeURIComponent('service.name=shop name="GET /a b"')}&minDuration=1.5s`,
    {
      ...search,
      tags: [
        { key: 'service.name', value: 'shop' },
        { key: 'name', value: 'GET /a b' },
      ],
      minDurationNs: 1_500_000_000,
    },
  ],
  [
    'TraceQL in Grafana',
    pane({ datasource: { type: 'tempo', uid: 't' }, queryType: 'traceql', query: '{ status = error }' }),
    { ...search, traceql: '{ status = error }', range: last3h },
  ],
  [
    'the search form of Grafana’s Tempo',
    pane({
      datasource: { type: 'tempo', uid: 't' },
      queryType: 'traceqlSearch',
      filters: [
        {
          id: 'service-name',
          tag: 'service.name',
          operator: '=',
          scope: 'resource',
          value: ['shop', 'pay"x'],
          valueType: 'string',
        },
        { id: 'min-duration', tag: 'duration', operator: '>', value: '100ms', valueType: 'duration' },
        {
          id: 'status',
          tag: 'status',
          operator: '=',
          scope: 'intrinsic',
          value: 'error',
          valueType: 'keyword',
        },
        { id: 'empty', tag: 'x', operator: '=', value: [] },
        { id: 'bad', tag: 'a } b', operator: '=', value: 'x' },
      ],
    }),
    {
      ...search,
      traceql: String.raw`{ resource.service.name =~ "shop|pay\"x" && duration > 100ms && status = error }`,
      range: last3h,
    },
  ],
  [
    'Grafana’s Jaeger',
    pane({
      datasource: { type: 'jaeger' },
      queryType: 'search',
      service: 'shop',
      operation: 'GET',
      tags: 'error=true a=b',
      minDuration: '1s',
    }),
    {
      ...search,
      service: 'shop',
      operation: 'GET',
      tags: [{ key: 'a', value: 'b' }],
      errorsOnly: true,
      minDurationNs: 1_000_000_000,
      range: last3h,
    },
  ],
  [
    'Grafana’s traces drilldown',
    'https://g.example.com/a/grafana-exploretraces-app/explore?from=now-1h&to=now&var-filters=resource.service.name%7C%3D%7Cshop&var-filters=duration%7C%3E%7C1s&var-metric=errors',
    {
      ...search,
      traceql: '{ resource.service.name = "shop" && duration > 1s && status = error }',
      range: lastHour,
    },
  ],
  [
    'Loki’s API, nanoseconds',
    `http://localhost:3100/loki/api/v1/query_range?query=${encodeURIComponent('{app="shop"} |= "pool"')}&start=1793000000000000000&end=1793000060000000000`,
    { kind: 'lines', query: '{app="shop"} |= "pool"', range: at },
  ],
  [
    'Loki in Grafana',
    pane({ datasource: { type: 'loki', uid: 'l' }, expr: '{app="shop"}' }),
    { kind: 'lines', query: '{app="shop"}', range: last3h },
  ],
  [
    'Loki in an older Grafana',
    `https://g.example.com/explore?left=${json({ datasource: 'Logs', queries: [{ expr: '{app="shop"} | json' }], range: { from: 'now-1h', to: 'now' } })}`,
    { kind: 'lines', query: '{app="shop"} | json', range: lastHour },
  ],
  [
    'numbers counted from lines, in Grafana',
    pane({ datasource: { type: 'loki' }, expr: 'sum(rate({app="shop"}[5m]))' }),
    { kind: 'chart', language: 'logql', queries: ['sum(rate({app="shop"}[5m]))'], range: last3h },
  ],
  [
    'Prometheus in Grafana',
    pane({ datasource: { type: 'prometheus' }, expr: '{__name__=~"up.*"}' }),
    { kind: 'chart', language: 'promql', queries: ['{__name__=~"up.*"}'], range: last3h },
  ],
  [
    'Prometheus’s page',
    `http://localhost:9090/graph?g0.expr=up&g0.tab=0&g0.range_input=1h&g1.expr=${encodeURIComponent('rate(a[5m])')}`,
    { kind: 'chart', language: 'promql', queries: ['up', 'rate(a[5m])'], range: lastHour },
  ],
  [
    'Prometheus’s API',
    'http://localhost:9090/api/v1/query_range?query=up&start=1793000000.5&end=1793000060&step=15',
    { kind: 'chart', language: 'promql', queries: ['up'], range: { from: at.from + 500, to: at.to } },
  ],
  [
    'Grafana’s logs drilldown',
    `https://g.example.com/a/grafana-lokiexplore-app/explore/service/shop/logs?var-filters=service_name%7C%3D%7Cshop&var-levels=detected_level%7C%3D%7Cerror&var-lineFilters=${encodeURIComponent('caseSensitive,0|__gfp__=|a "pool"')}`,
    {
      kind: 'lines',
      query: String.raw`{service_name="shop"} |= "a \"pool\"" | detected_level="error"`,
      range: undefined,
    },
  ],
  [
    'Grafana’s metrics drilldown',
    'https://g.example.com/a/grafana-metricsdrilldown-app/drilldown?metric=up&var-filters=job%7C%3D%7Cshop',
    { kind: 'chart', language: 'promql', queries: ['up{job="shop"}'], range: undefined },
  ],
  ['Jaeger’s map', 'http://localhost:16686/dependencies', { kind: 'map', range: undefined }],
  [
    'a page of our own',
    'http://127.0.0.1:7420/logs?query=%7Ba%3D%22b%22%7D&from=now-1h&to=now',
    { kind: 'page', href: '/logs?query=%7Ba%3D%22b%22%7D&from=now-1h&to=now', range: undefined },
  ],
])('reads what %s asks', (_, text, asked) => {
  expect(readPasted(text)).toEqual([asked])
})

test('queries of two panes are each offered, those of metrics as one page', () => {
  const panes = {
    a: {
      datasource: 'p',
      queries: [
        { datasource: { type: 'prometheus' }, expr: 'up' },
        { datasource: { type: 'prometheus' }, expr: 'down' },
      ],
      range: lastHour,
    },
    b: { datasource: 't', queries: [{ datasource: { type: 'tempo' }, query: id }], range: lastHour },
  }
  expect(readPasted(`${grafana}&panes=${json(panes)}`)).toMatchObject([
    { kind: 'chart', queries: ['up', 'down'] },
    { kind: 'trace', traceId: id, range: lastHour },
  ])
})

test.each([
  [''],
  ['payment-service'],
  ['order-service-paymentsA'],
  ['checkout-svc'],
  ['GET /api/checkout'],
  ['/api/checkout'],
  ['deadbeef'],
  ['feedfacecafe'],
  ['0'.repeat(32)],
  [`${id}0`],
  ['1793000000123'],
  ['https://example.com/trace/'],
  ['https://example.com/search?q=shop'],
  ['https://example.com/traces?page=2'],
  ['https://example.com/%E0%A4%A/x'],
  ['{ resource.service.name = "order-service" && duration > 500ms }'],
  ['trace_id=12 of 40'],
])('%j asks for nothing', (text) => {
  expect(readPasted(text)).toEqual([])
})

test.each([
  ['panes that are no object', `${grafana}&panes=%5B1,null,%22a%22%5D`],
  ['panes that are cut', `${grafana}&panes=%7B%22a%22%3A%7B%22quer`],
  [
    'queries that are none',
    `${grafana}&panes=${json({ a: { queries: [null, 1, [], { query: 7 }, { expr: {} }], range: 5 } })}`,
  ],
  [
    'a name of the language',
    `${grafana}&panes=${encodeURIComponent('{"__proto__":{"queries":[{"query":"x"}]},"constructor":1}')}`,
  ],
  ['brackets without end', `${grafana}&panes=${'['.repeat(15_000)}`],
  ['a script', `javascript:alert(1)//trace/${'x'.repeat(40)}`],
  ['many signs', `trace_id=${'"'.repeat(9_000)}`],
  ['many parameters', `https://example.com/?${'&a=b'.repeat(4_000)}`],
  ['a document', `trace_id=${id}${' '.repeat(20_000)}`],
])('%s asks for nothing, and takes no time', (_, text) => {
  expect(readPasted(text)).toEqual([])
})
