import { expect, test } from 'vitest'
import { idA, idB, one, big, start, open, file } from '../../test/builders/asked-thread.ts'

test('attribute keys and what every span says under one of them', async () => {
  const page = start()
  await page.ask(open(file('one.json', one)))
  expect(await page.ask({ kind: 'attribute-keys', session: 's', traceId: idA })).toEqual({
    kind: 'attribute-keys',
    keys: [
      { key: 'http.method', spanCount: 3 },
      { key: 'service.name', spanCount: 3 },
    ],
  })
  const column = await page.ask({ kind: 'attribute', session: 's', traceId: idA, key: 'http.method' })
  expect(column).toMatchObject({
    kind: 'attribute',
    column: { valueOf: Int32Array.of(0, 1, 0), counts: Int32Array.of(2, 1), values: { length: 2 } },
  })
  expect(await page.ask({ kind: 'attribute', session: 's', traceId: idB, key: 'http.method' })).toMatchObject(
    {
      kind: 'not-found',
    },
  )
})

test('rows are told apart by an attribute, and so is the minimap', async () => {
  const page = start()
  await page.ask(open(file('one.json', one)))
  expect(
    await page.ask({ kind: 'color-classes', session: 's', traceId: idA, key: 'http.method' }),
  ).toMatchObject({
    kind: 'color-classes',
    classes: {
      classOf: Uint8Array.of(0, 1, 0),
      values: [
        { text: 'GET', spanCount: 2 },
        { text: 'POST', spanCount: 1 },
      ],
    },
  })
  const size = { widthPx: 10, lanes: 3 }
  const colored = { kind: 'answers', session: 's', traceId: idA, size, color: 'http.method' } as const
  expect(await page.ask(colored)).toMatchObject({
    answers: { minimapColor: 'http.method', minimap: { barClass: Int32Array.of(0, 1, 0) } },
  })
})

test('a find is stopped between slices', async () => {
  let pauses = 0
  let now = 0
  const page = start(
    {},
    {
      now: () => (now += 20),
      pause: () => {
        pauses++
        return new Promise((resolve) => setImmediate(resolve))
      },
    },
  )
  await page.ask(open(file('big.json', big(20_000))))
  const before = pauses
  const find = page.ask({ kind: 'find', session: 's', traceId: idA, text: 'child' })
  await page.thread.handle({ id: 99, request: { kind: 'cancel', request: 2 } })
  expect(await find).toMatchObject({ kind: 'cancelled' })
  expect(pauses - before).toBeLessThan(5)
})

test('a long find shows its first matches before it is done', async () => {
  let now = 0
  const page = start({}, { now: () => (now += 20) })
  await page.ask(open(file('big.json', big(20_000))))
  page.events.length = 0
  const found = await page.ask({ kind: 'find', session: 's', traceId: idA, text: 'name="child 3"' })
  const counts = page.events.flatMap((event) => (event.kind === 'found-so-far' ? [event.result.count] : []))
  expect(counts.length).toBeGreaterThan(1)
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  expect(found).toMatchObject({ kind: 'found', result: { count: 2_857 } })
})

test('an expression that is slow here ends in words, with the matches it had', async () => {
  let now = 0
  const page = start({}, { now: () => (now += 700) })
  await page.ask(open(file('big.json', big(20_000))))
  expect(await page.ask({ kind: 'find', session: 's', traceId: idA, text: 'name~d.*d.*d' })).toMatchObject({
    kind: 'found',
    result: {
      error: {
        message:
          'This expression is too slow: in 10 s it got through 15 spans of 20,000. Begin it with ^, or take out a repetition.',
        from: 0,
        to: 12,
      },
    },
  })
  expect(await page.ask({ kind: 'find', session: 's', traceId: idA, text: 'child' })).toMatchObject({
    result: { error: undefined },
  })
})

test('a text that is no filter is said with its place, and matches nothing', async () => {
  const page = start()
  await page.ask(open(file('one.json', one)))
  expect(await page.ask({ kind: 'find', session: 's', traceId: idA, text: 'duration>' })).toEqual({
    kind: 'found',
    result: {
      mask: new Uint8Array(3),
      count: 0,
      error: { message: '`duration>` wants a duration such as 100ms.', from: 0, to: 9 },
    },
  })
})
