import { expect, test } from 'vitest'
import { textAt } from '#shared/base/text-list'
import { spanIdOfRow } from '#shared/derive/span-ids'
import { readerOf } from '../../test/builders/reader-of.ts'
import { drawTrace } from '../../test/builders/trace-from-text.ts'
import { Attributes } from './attributes'
import type { Environment } from './environment'
import type { Event, SpanTableAnswer, SpanTableQuestion, TableProgress } from './messages'
import { SpanTables } from './span-tables'

const drawn = drawTrace(`
edge: GET /cart      0..100 error tier==free
  cart: load        10..20  tier=gold
  cart: load        20..50  error tier=gold
  cart: GET /cart   50..90
`)
const { trace } = drawn

function tables(pause: () => Promise<void> = () => Promise.resolve(), stepMs = 20): SpanTables {
  let now = 0
  const environment: Environment = {
    fetch: () => Promise.reject(new Error('not asked for')),
    now: () => (now += stepMs),
    pause,
    allocate: (byteLength) => new ArrayBuffer(byteLength),
    mostBytes: 1e9,
  }
  return new SpanTables(trace, new Attributes(trace, readerOf(drawn), environment), environment)
}

const question: SpanTableQuestion = {
  by: { kind: 'operation' },
  included: undefined,
  sort: { column: 'total', descending: true },
  filter: '',
  open: [],
}
const byTier: SpanTableQuestion = { ...question, by: { kind: 'attribute', key: 'tier' } }
const { signal } = new AbortController()
const unheard = (): void => undefined

const ms = (values: Float64Array): readonly number[] => Array.from(values, (ns) => ns / 1e6)
const labelsOf = ({ labels, value }: SpanTableAnswer): readonly string[] =>
  Array.from(value, (at) => (labels === undefined || at < 0 ? '–' : textAt(labels, at)))

test('groups come sorted, with the place of every span’s group', async () => {
  const table = await tables().answer(question, signal, unheard)
  expect(Array.from(table.name, (name) => trace.names[name])).toEqual(['GET /cart', 'load', 'GET /cart'])
  expect(Array.from(table.service, (service) => trace.services[service])).toEqual(['edge', 'cart', 'cart'])
  expect([table.length, table.spanCount, ...table.count, ...ms(table.total)]).toEqual([
    3, 4, 1, 2, 1, 100, 40, 40,
  ])
  expect([...table.groupAt, table.largestNs]).toEqual([0, 1, 1, 2, 100e6])
  expect([...table.first]).toEqual([0, 1, 3])
})

test('a group is opened by any of its spans, once, and its spans come in the order of the groups', async () => {
  const open = [2, 1, 3].map((row) => spanIdOfRow(trace.spans, row))
  const table = await tables().answer({ ...question, open: [...open, 'f'.repeat(16)] }, signal, unheard)
  expect(table.open.map(({ at, rows }) => [at, ...rows])).toEqual([
    [1, 2, 1],
    [2, 3],
  ])
})

test('what a text or a reduction takes away is not there, and its groups cannot be open', async () => {
  const [load] = [1].map((row) => spanIdOfRow(trace.spans, row))
  const some = tables()
  const filtered = await some.answer({ ...question, filter: 'get', open: [load] }, signal, unheard)
  expect([filtered.length, filtered.open.length, ...filtered.groupAt]).toEqual([2, 0, 0, -1, -1, 1])
  const reduced = await some.answer({ ...question, included: Uint8Array.of(0, 1, 0, 1) }, signal, unheard)
  expect([reduced.spanCount, ...ms(reduced.total)]).toEqual([2, 40, 10])
})

test('spans are grouped by an attribute, those that do not say it too', async () => {
  const table = await tables().answer(byTier, signal, unheard)
  expect([labelsOf(table), [...table.errors], ms(table.p95)]).toEqual([
    ['=free', 'gold', '–'],
    [1, 1, 0],
    [100, 30, 40],
  ])
})

const csv = async (asked: SpanTableQuestion): Promise<string> =>
  (await tables().csv(asked, signal, unheard)).text()

test('the groups as comma-separated values: in order, exact, no formula', async () => {
  expect(await csv(byTier)).toBe(
    'tier,count,errors,total_ms,self_ms,p50_ms,p95_ms,p99_ms,max_ms\r\n' +
      "'=free,1,1,100,20,100,100,100,100\r\n" +
      'gold,2,1,40,40,10,30,30,30\r\n' +
      ',1,0,40,40,40,40,40,40\r\n',
  )
  expect(await csv({ ...question, filter: 'load' })).toBe(
    'service,name,count,errors,total_ms,self_ms,p50_ms,p95_ms,p99_ms,max_ms\r\ncart,load,2,1,40,40,10,30,30,30\r\n',
  )
})

test('measuring stops when the table is no longer wanted, and can be asked for again', async () => {
  const abort = new AbortController()
  const some = tables(() => {
    abort.abort()
    return Promise.resolve()
  })
  await expect(some.answer(question, abort.signal, unheard)).rejects.toMatchObject({ name: 'AbortError' })
  expect((await some.answer(question, signal, unheard)).length).toBe(3)
})

test('how far it is, is told now and then', async () => {
  const told: TableProgress[] = []
  const hear = (event: Event) => {
    if (event.kind === 'table-progress') told.push(event.progress)
  }
  await tables(undefined, 200).answer(byTier, signal, hear)
  const words = told.map(({ step, done, of }) => `${step} ${done} of ${of}`)
  expect([...new Set(words)]).toEqual(['reading 4 of 4', 'measuring 0 of 0'])
})
