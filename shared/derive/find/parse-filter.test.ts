import { expect, test } from 'vitest'
import type { Filter } from '#shared/derive/find/filter'
import { parseFilter } from '#shared/derive/find/parse-filter'

/** A filter as one line. */
function written(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `${filter.kind}(${filter.of.map(written).join(', ')})`
    case 'not':
      return `not ${written(filter.of)}`
    case 'text':
      return `text '${filter.text}'`
    case 'attribute':
    case 'service':
    case 'name': {
      const { test } = filter
      const said =
        test.kind === 'regex'
          ? `~ ${test.regex.source}`
          : test.kind === 'wildcard'
            ? `* ${test.parts.join('…')}`
            : test.kind === 'exact'
              ? `= ${test.text}`
              : `has ${test.text}`
      return `${filter.kind === 'attribute' ? `[${filter.key}]` : filter.kind} ${said}`
    }
    case 'attribute-number':
      return `[${filter.key}] ${filter.op} ${filter.value}`
    case 'measure':
      return `${filter.column} ${filter.op} ${filter.value}`
    case 'kind':
      return `kind ${filter.spanKind}`
    case 'status':
      return `status ${filter.status}`
    case 'has':
      return `has ${filter.what}`
    default:
      return `id ${filter.trace?.slice(0, 4) ?? ''}/${filter.span ?? ''}`
  }
}

function read(text: string): string {
  const { filter, error } = parseFilter(text)
  if (error !== undefined) return `${error.from}..${error.to} ${error.message}`
  return filter === undefined ? 'nothing' : written(filter)
}

test.each([
  ['', 'nothing'],
  ['   ', 'nothing'],
  ['pool', "text 'pool'"],
  ['Pool acquire', "and(text 'Pool', text 'acquire')"],
  ['"GET /cart"', "text 'GET /cart'"],
  [String.raw`"say \"hi\" \\"`, String.raw`text 'say "hi" \'`],
  ['-pool', "not text 'pool'"],
  ['not pool', "not text 'pool'"],
  ['--pool', "text 'pool'"],
  ['a or b c', "or(text 'a', and(text 'b', text 'c'))"],
  ['a AND b Or c', "or(and(text 'a', text 'b'), text 'c')"],
  ['-(a or b) c', "and(not or(text 'a', text 'b'), text 'c')"],
  ['call(x) (y)', "and(text 'call(x)', text 'y')"],
  ['(a)b', "and(text 'a', text 'b')"],
  ['"or"', "text 'or'"],
  ['-', "text '-'"],
  ['a - b', "and(text 'a', text '-', text 'b')"],
])('terms: %s', (text, filter) => expect(read(text)).toBe(filter))

test.each([
  ['http.method=GET', '[http.method] = GET'],
  ['http.method:GET', '[http.method] = GET'],
  ['-http.method=GET', 'not [http.method] = GET'],
  ['http.method!=GET', 'not [http.method] = GET'],
  ['http.route="/cart/{id} x"', '[http.route] = /cart/{id} x'],
  ['db.statement=SELECT*orders*', '[db.statement] * SELECT…orders…'],
  ['db.statement="SELECT *"', '[db.statement] = SELECT *'],
  ['k~^a+$', '[k] ~ ^a+$'],
  ['k!~a', 'not [k] ~ a'],
  [String.raw`k~a\-b`, String.raw`[k] ~ a\-b`],
  ['k~"a b"', '[k] ~ a b'],
  ['http.response.status_code >= 500', '[http.response.status_code] >= 500'],
  ['"status"=paid', '[status] = paid'],
  ['"my key":x', '[my key] = x'],
  ['k8s.pod/name=a=b', '[k8s.pod/name] = a=b'],
  ['ключ=да', '[ключ] = да'],
])('attributes: %s', (text, filter) => expect(read(text)).toBe(filter))

test.each([
  ['service:pay', 'service has pay'],
  ['Service=pay*', 'service * pay…'],
  ['name=GET', 'name = GET'],
  ['name~^GET', 'name ~ ^GET'],
  ['kind=client', 'kind 3'],
  ['kind:Server', 'kind 2'],
  ['status=error', 'status error'],
  ['status!=error', 'not status error'],
  ['duration>100ms', 'duration > 100000000'],
  ['duration > 1.5 s x', "and(duration > 1500000000, text 'x')"],
  ['(self<4.87 ms)', 'self < 4870000'],
  ['duration>=1m30s', 'duration >= 90000000000'],
  ['duration>"1 min"', 'duration > 60000000000'],
  ['self<=700µs', 'self <= 700000'],
  ['duration:0', 'duration = 0'],
  ['depth<3', 'depth < 3'],
  ['has:events', 'has events'],
  ['has:error', 'has error'],
  ['has:db.statement', '[db.statement] has '],
])('columns: %s', (text, filter) => expect(read(text)).toBe(filter))

test('ids are ids, and text besides where they may be written elsewhere', () => {
  const trace = '0af7651916cd43dd8448eb211c80319c'
  expect(read('4BF92F3577B34DA6')).toBe("or(id /4bf92f3577b34da6, text '4BF92F3577B34DA6')")
  expect(read(trace)).toBe(`or(id 0af7/, text '${trace}')`)
  expect(read(`${trace}/4bf92f3577b34da6`)).toBe('id 0af7/4bf92f3577b34da6')
  expect(read('"4bf92f3577b34da6"')).toBe("text '4bf92f3577b34da6'")
  expect(read('4bf92f3577b34da')).toBe("text '4bf92f3577b34da'")
})

test('addresses, paths and qualified names are text', () => {
  for (const text of [
    'http://host:80/x?a=1',
    'std::sort',
    '/api/{id}',
    '12:30',
    '/path?x=1',
    'a,b',
    '{x}',
    '*',
  ])
    expect(read(text)).toBe(`text '${text}'`)
})

test.each([
  ['duration>', '0..9 `duration>` wants a duration such as 100ms.'],
  ['x duration>100', '11..14 `duration>` wants a duration such as 100ms.'],
  ['depth<deep', '6..10 `depth<` wants a number such as 3.'],
  ['http.method=', '0..12 `http.method=` wants a value, such as `http.request.method=GET`.'],
  ['a "b', '2..4 This quote does not end: close it with another ".'],
  ['(a', '0..1 This ( is not closed.'],
  ['a)', '1..2 This ) closes nothing; to look for it, put it in quotes.'],
  ['()', '1..2 There is nothing before this ).'],
  ['a or', '2..4 Something must follow `or`.'],
  ['or a', '0..2 `or` stands between two terms; to look for the word, put it in quotes.'],
  [
    'status=500',
    '7..10 `status` wants a status: error, ok or unset. For an attribute of that name write `"status"=…`.',
  ],
  [
    'kind~x',
    '5..6 `kind` wants a kind: unspecified, internal, server, client, producer or consumer. For an attribute of that name write `"kind"=…`.',
  ],
  ['name>3', '0..6 `name` is a text: compare it with =, : or ~.'],
  ['duration~3', '0..10 `duration` is a number: compare it with <, <=, >, >= or =.'],
  ['k~(', '2..3 `(` is not a regular expression: unterminated group.'],
  ['size>big', '5..8 `size>` wants a number such as 500.'],
  ['has>x', '0..5 Write `has:events`, `has:links`, `has:error` or `has:` and a key.'],
])('errors: %s', (text, error) => expect(read(text)).toBe(error))

test('brackets without end overflow no stack', () => {
  expect(read('('.repeat(50_000))).toContain('too many brackets')
  expect(read(`${'-'.repeat(50_001)}a`)).toBe("not text 'a'")
})
