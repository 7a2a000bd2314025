import { expect, test } from 'vitest'
import { type DrawnTrace, drawTrace } from '../../../test/builders/trace-from-text.ts'
import { encodeUtf8 } from '#shared/base/byte-text'
import { parseFilter } from '#shared/derive/find/parse-filter'
import { Search } from '#shared/derive/find/search'
import type { SpanReader } from '#shared/derive/find/span-reader'

interface OtlpAttribute {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}

const pairs = (attributes: unknown): { key: string; value: string }[] =>
  (attributes as OtlpAttribute[]).map(({ key, value }) => ({ key, value: String(Object.values(value)[0]) }))

/** A reader that decodes everything: what shared/import does by bytes, done plainly. */
function plainReader({ trace, store }: DrawnTrace, visited: number[] = []): SpanReader {
  const json = (start: number, end: number): Record<string, unknown> =>
    JSON.parse(Buffer.from(store.slice(start, end)).toString()) as Record<string, unknown>
  const spanPairs = (row: number): { key: string; value: string }[] => {
    const span = json(trace.spans.byteStart[row], trace.spans.byteEnd[row])
    const events = span.events as { name: string }[]
    return [...pairs(span.attributes), ...events.map(({ name }) => ({ key: 'name', value: name }))]
  }
  return {
    visit(row, listener) {
      visited.push(row)
      for (const { key, value } of spanPairs(row)) {
        const [keyBytes, valueBytes] = [key, value].map((text) => {
          const bytes = encodeUtf8(`<${text}>`)
          return { bytes, start: 1, end: bytes.length - 1 }
        })
        if (listener.pair('attribute', keyBytes, valueBytes)) return
      }
    },
    scopePairs: (scope) => {
      const { resource } = trace.scopes[scope]
      return resource === undefined ? [] : pairs(json(resource.start, resource.end).attributes)
    },
    mightContain: (text) => (row) =>
      spanPairs(row).some(({ key, value }) => `${key}\0${value}`.toLowerCase().includes(text.toLowerCase())),
  }
}

const drawn = drawTrace(
  `
edge: POST /checkout          0..4870   server error http.request.method=POST http.response.status_code=503 user.name=Zoë
  payment: POST /charge     320..4840   client http.request.method=POST
    payment#pod-7: acquire  332..4832   internal error pool.name=payments-db pool.waited=true @4832:exception
  stock: SELECT levels       90..300    client ok db.system.name=postgresql db.rows=12.5 note="50% (off)"
  ? lost
    mail: send             4000..4100   consumer ->3
`,
  { adjustSkew: false },
)

function find(text: string): string {
  const { filter, error } = parseFilter(text)
  if (filter === undefined) throw new Error(error?.message ?? 'empty')
  const search = new Search(drawn.trace, filter, plainReader(drawn))
  search.advance(Infinity)
  const { spans, services } = drawn.trace
  const rows = [...search.mask.keys()].filter((row) => search.mask[row] === 1)
  expect(search.count).toBe(rows.length)
  return rows.map((row) => services[spans.service[row]]).join(' ')
}

test.each([
  ['post', 'edge stock payment'],
  ['PAYMENT', 'payment payment'],
  ['pay', 'payment payment'],
  ['pool', 'payment'],
  ['payments-db', 'payment'],
  ['exception', 'payment'],
  ['POD-7', 'payment'],
  ['"50% (off)"', 'stock'],
  ['zoË', 'edge'],
  ['nowhere', ''],
])('text: %s', (text, services) => expect(find(text)).toBe(services))

test.each([
  ['http.request.method=POST', 'edge payment'],
  ['HTTP.request.METHOD=POST', 'edge payment'],
  ['http.request.method=post', ''],
  ['http.request=POST', ''],
  ['http.request.method=P*T', 'edge payment'],
  ['http.request.method~^po', 'edge payment'],
  ['-http.request.method=POST', 'stock payment mail'],
  ['pool.waited=true', 'payment'],
  ['user.name=Zoë', 'edge'],
  ['user.name=z*ë', 'edge'],
  ['service.instance.id=pod-7', 'payment'],
  ['service.name=stock', 'stock'],
  ['has:http.request.method', 'edge payment'],
  ['http.response.status_code>=500', 'edge'],
  ['http.response.status_code<500', ''],
  ['db.rows>12', 'stock'],
  ['pool.name>1', ''],
  ['"note"="50% (off)"', 'stock'],
])('attributes: %s', (text, services) => expect(find(text)).toBe(services))

test.each([
  ['service:pay', 'payment payment'],
  ['service=pay', ''],
  ['service=Payment', 'payment payment'],
  ['name:select', 'stock'],
  ['name="SELECT levels"', 'stock'],
  ['name~^POST', 'edge payment'],
  ['kind=client', 'stock payment'],
  ['status=error', 'edge payment'],
  ['status=ok', 'stock'],
  ['status=unset', 'payment mail'],
  ['has:events', 'payment'],
  ['has:links', 'mail'],
  ['has:error', 'edge payment'],
  ['duration>1s', 'edge payment payment'],
  ['duration<=210ms', 'stock mail'],
  ['duration=4.52s', 'payment'],
  ['duration=4.5s', 'payment'],
  ['duration=4.51s', ''],
  ['self<1s', 'edge stock payment mail'],
  ['depth=0', 'edge'],
  ['depth>1', 'payment'],
  ['0000000000000003', 'payment'],
  ['00000000000000000000000000000001', 'edge stock payment payment mail'],
  ['00000000000000000000000000000001/0000000000000004', 'stock'],
  ['00000000000000000000000000000002/0000000000000004', ''],
])('columns: %s', (text, services) => expect(find(text)).toBe(services))

test.each([
  ['service:payment -kind:client', 'payment'],
  ['pool or select', 'stock payment'],
  ['POST status:error', 'edge'],
  ['-(service:payment or service:edge)', 'stock mail'],
  ['not kind=client not status=error', 'mail'],
])('together: %s', (text, services) => expect(find(text)).toBe(services))

test('a row that stands for a missing parent never matches', () => {
  expect(drawn.trace.spans.length).toBe(6)
  expect(find('-nowhere')).toBe('edge stock payment payment mail')
})

/** Rows whose bytes were walked to answer a text. */
function walked(text: string): number[] {
  const visited: number[] = []
  const { filter } = parseFilter(text)
  new Search(drawn.trace, filter!, plainReader(drawn, visited)).advance(Infinity)
  return visited
}

test('the bytes of a span are walked only where nothing cheaper has decided', () => {
  expect(walked('http.request.method=POST service:payment')).toEqual([2])
  expect(walked('service:payment or pool.waited=true')).toEqual([])
  expect(walked('service.name=stock')).toEqual([])
  expect(walked('checkout')).toEqual([])
  expect(walked('pool.waited=true -http.request.method=POST')).toEqual([3])
})

test('a search goes on in slices to the same answer', () => {
  const { filter } = parseFilter('POST')
  const search = new Search(drawn.trace, filter!, plainReader(drawn))
  const counts: number[] = []
  while (!search.finished) {
    search.advance(2)
    counts.push(search.count)
  }
  expect(counts).toEqual([2, 3, 3])
  expect(search.done).toBe(6)
})
