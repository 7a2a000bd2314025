import { expect, test } from 'vitest'
import {
  jaeger,
  idA,
  idB,
  bytesOf,
  inPieces,
  refused,
  start,
  json,
} from '../../test/builders/asked-thread.ts'

const query = (limit: number): string => `/search?query=${encodeURIComponent(JSON.stringify({ limit }))}`
const whole = { 'x-clew-answer': 'traces' }

test('a search answers alike whether the server sends summaries or whole traces', async () => {
  const summaries = { traces: [], limitReached: true, notes: ['partial'] }
  const page = start({
    '/summaries': () => json(summaries),
    [query(2)]: () =>
      new Response(jaeger({ [idA]: ['first'], [idB]: ['second'] }), {
        headers: { ...whole, 'x-clew-note': 'v1%20asked' },
      }),
    [query(3)]: () => new Response(jaeger({ [idA]: ['first'] }), { headers: whole }),
  })
  expect(await page.ask({ kind: 'search', url: '/summaries' })).toEqual({
    kind: 'searched',
    answer: summaries,
  })
  expect(await page.ask({ kind: 'search', url: query(2) })).toMatchObject({
    kind: 'searched',
    answer: {
      traces: [{ rootName: 'second' }, { rootName: 'first' }],
      limitReached: true,
      notes: ['v1 asked'],
    },
  })
  expect(await page.ask({ kind: 'search', url: query(3) })).toMatchObject({
    answer: { traces: [{ rootName: 'first' }], limitReached: false, notes: [] },
  })
})

test('a search that finds nothing is no failure, one that is refused is', async () => {
  const page = start({
    [query(1)]: () => new Response('{"data":[]}', { headers: whole }),
    [query(2)]: () => new Response('[]', { headers: whole }),
    [query(3)]: () => new Response('{"data":[],"total":0,"errors":null}', { headers: whole }),
    [query(4)]: () => new Response('{"data":[],"errors":[{"msg":"no"}]}', { headers: whole }),
    '/refused': () => json(refused, { status: 502 }),
    '/login': () => new Response('<html>Sign in</html>', { headers: whole }),
  })
  const none = { kind: 'searched', answer: { traces: [], limitReached: false, notes: [] } }
  expect(await page.ask({ kind: 'search', url: query(1) })).toEqual(none)
  expect(await page.ask({ kind: 'search', url: query(2) })).toEqual(none)
  expect(await page.ask({ kind: 'search', url: query(3) })).toEqual(none)
  expect(await page.ask({ kind: 'search', url: query(4) })).toHaveProperty('advice')
  expect(await page.ask({ kind: 'search', url: '/refused' })).toEqual(refused)
  expect(await page.ask({ kind: 'search', url: '/login' })).toHaveProperty('advice')
})

test('a search that breaks off gives what came, and a note', async () => {
  const bytes = bytesOf(jaeger({ [idA]: ['first'], [idB]: ['second'] }))
  const page = start({
    [query(5)]: () =>
      new Response(inPieces(bytes.slice(0, bytes.length - 300), 100, new TypeError('terminated')), {
        headers: whole,
      }),
  })
  const answer = await page.ask({ kind: 'search', url: query(5) })
  if (answer.kind !== 'searched') throw new Error(JSON.stringify(answer))
  expect(answer.answer.traces.map(({ rootName }) => rootName)).toContain('first')
  expect(answer.answer.notes[0]).toMatch(/stopped in the middle/u)
})
