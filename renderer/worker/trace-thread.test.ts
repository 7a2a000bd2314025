import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { spanIdOfRow } from '#shared/derive/span-ids'
import {
  jaeger,
  idA,
  idB,
  one,
  big,
  bytesOf,
  inPieces,
  notFound,
  refused,
  start,
  open,
  url,
  file,
  json,
  opened,
} from '../../test/builders/asked-thread.ts'

test('a file is opened, built, looked into and searched', async () => {
  const page = start()
  const { traces, inputs } = opened(await page.ask(open(file('one.json', one))))
  expect(traces).toMatchObject([{ traceId: idA, rootService: 'shop', rootName: 'root', spanCount: 3 }])
  expect(inputs).toEqual([
    {
      name: 'one.json',
      format: 'Jaeger JSON',
      bytes: bytesOf(one).length,
      spans: 3,
      error: undefined,
      problems: [],
      note: undefined,
    },
  ])
  const built = await page.ask({
    kind: 'build',
    session: 's',
    traceId: undefined,
    options: { adjustSkew: true },
  })
  expect(built).toMatchObject({
    kind: 'built',
    trace: { traceId: idA, spanCount: 3, names: ['root', 'left', 'right'] },
  })
  const detail = await page.ask({ kind: 'detail', session: 's', traceId: idA, row: 1 })
  expect(detail).toMatchObject({
    kind: 'detail',
    detail: { attributes: [{ key: 'http.method', value: 'POST' }] },
  })
  const found = await page.ask({ kind: 'find', session: 's', traceId: idA, text: 'http.method=GET -left' })
  expect(found).toMatchObject({ kind: 'found', result: { count: 2, mask: Uint8Array.of(1, 0, 1) } })
  const answers = await page.ask({
    kind: 'answers',
    session: 's',
    traceId: idA,
    color: '',
    size: { widthPx: 100, lanes: 10 },
  })
  expect(answers).toMatchObject({
    kind: 'answers',
    answers: { criticalPath: { root: 0 }, findings: [{ kind: 'work', row: 0 }], minimap: { laneCount: 3 } },
  })
})

test('gzip is unpacked, whatever the file is called and however small its pieces', async () => {
  const packed = new Uint8Array(gzipSync(one))
  const page = start({ '/packed': () => new Response(inPieces(packed, 1)) })
  const { inputs } = opened(await page.ask(open(file('one.json', packed), url('packed'))))
  expect(inputs.map(({ bytes, spans, error }) => ({ bytes, spans, error }))).toEqual([
    { bytes: packed.length, spans: 3, error: undefined },
    { bytes: packed.length, spans: 3, error: undefined },
  ])
})

test('one source that has nothing does not fail the others, and is asked again the next time', async () => {
  const page = start({
    '/tempo': () => new Response(one, { headers: { 'x-clew-note': 'asked%20twice' } }),
    '/jaeger': () => json(notFound, { status: 404 }),
  })
  const { inputs, traces } = opened(await page.ask(open(url('tempo'), url('jaeger'))))
  expect(traces.length).toBe(1)
  expect(inputs).toMatchObject([
    { name: 'tempo', spans: 3, note: 'asked twice', error: undefined },
    { name: 'jaeger', spans: 0, error: notFound },
  ])
  await page.ask(open(url('tempo'), url('jaeger')))
  expect(page.fetched.length).toBe(4)
})

test('a session that was read whole is not read again', async () => {
  const page = start({ '/tempo': () => new Response(one) })
  await page.ask(open(url('tempo')))
  expect(opened(await page.ask(open(url('tempo')))).inputs).toMatchObject([{ spans: 3 }])
  expect(page.fetched).toEqual(['/tempo'])
})

test('when all fail, the most telling error is the answer, and each one is told', async () => {
  const page = start({
    '/jaeger': () => json(notFound, { status: 404 }),
    '/tempo': () => json(refused, { status: 502 }),
  })
  expect(await page.ask(open(url('jaeger'), url('tempo')))).toEqual(refused)
  expect(page.events.at(-1)).toMatchObject({
    kind: 'inputs',
    inputs: [
      { name: 'jaeger', error: notFound },
      { name: 'tempo', error: refused },
    ],
  })
  expect(
    await page.ask({ kind: 'build', session: 's', traceId: undefined, options: { adjustSkew: true } }),
  ).toMatchObject({
    kind: 'not-found',
    message: 'This trace is no longer in memory.',
  })
})

test('an answer that is no ApiError, and no answer at all, are said in words', async () => {
  const page = start({ '/odd': () => new Response('<h1>Bad gateway</h1>', { status: 502 }) })
  expect(await page.ask(open(url('odd')))).toMatchObject({
    kind: 'internal',
    message: 'Clew answered 502 for odd without saying why.',
    detail: '<h1>Bad gateway</h1>',
  })
  expect(await page.ask(open(url('gone')))).toMatchObject({
    kind: 'internal',
    message: 'Clew itself did not answer for gone.',
    detail: 'fetch failed',
  })
})

test('a file that is no trace says so', async () => {
  for (const content of ['', 'hello', '{"a":1}', Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7)]) {
    const answer = await start().ask(open(file('x', content)))
    expect(answer).toMatchObject({ message: expect.stringContaining('x') as unknown })
    expect(answer).not.toHaveProperty('inputs')
  }
})

test('a stream that breaks off keeps what came', async () => {
  const bytes = bytesOf(big(1_000))
  const page = start({
    '/tempo': () =>
      new Response(inPieces(bytes.slice(0, bytes.length / 2), 10_000, new TypeError('terminated'))),
  })
  const { inputs } = opened(await page.ask(open(url('tempo'))))
  expect(inputs).toMatchObject([
    { error: { kind: 'cut-off', detail: 'terminated' }, problems: [{ kind: 'cut-off' }] },
  ])
  expect(inputs[0].error?.message).toMatch(/^tempo stopped in the middle, after \d+ kB\.$/u)
  expect(inputs[0].spans).toBeGreaterThan(400)
  expect(inputs[0].spans).toBeLessThan(600)
})

test('a stream that breaks off before anything came is a failure', async () => {
  const page = start({ '/tempo': () => new Response(inPieces(bytesOf(''), 1, new TypeError('terminated'))) })
  expect(await page.ask(open(url('tempo')))).toMatchObject({ kind: 'cut-off' })
})

test('a packed file that breaks off keeps what could be unpacked', async () => {
  const packed = gzipSync(big(5_000))
  const { inputs } = opened(await start().ask(open(file('t.gz', packed.subarray(0, packed.length >> 1)))))
  expect(inputs[0].error).toMatchObject({ kind: 'cut-off', detail: undefined })
  expect(inputs[0].error?.message).toMatch(
    /^t\.gz is cut off: its compressed data ends in the middle, after [\d\s]+ spans\.$/u,
  )
  expect(inputs[0].error?.advice).toBe('What came until then was read; for the rest, get the file again.')
  expect(inputs[0].spans).toBeGreaterThan(1_500)
})

test('a packed file that breaks off before its first span does not promise to show anything', async () => {
  const error = await start().ask(open(file('t.gz', gzipSync(one).subarray(0, 40))))
  expect(error).toMatchObject({
    message: 't.gz is cut off: its compressed data ends in the middle, before its first whole span.',
    advice: 'Get the file again.',
    detail: undefined,
  })
})

test('a file of several packed members is read to its end', async () => {
  const two = Buffer.concat([gzipSync(one), gzipSync(jaeger({ [idB]: ['other'] }))])
  const { inputs } = opened(await start().ask(open(file('t.gz', two))))
  expect(inputs).toMatchObject([{ spans: 4, error: undefined }])
})

test('what is no gzip behind the gzip is said, and the spans before it are kept', async () => {
  const packed = Buffer.concat([gzipSync(one), Buffer.from('more')])
  const { inputs } = opened(await start().ask(open(file('t.gz', packed))))
  expect(inputs[0].spans).toBe(3)
  expect(inputs[0].error?.message).toContain('with something that is not gzip')
})

test('rows show while more is coming, fewer times than it grows threefold', async () => {
  const text = bytesOf(big(20_000))
  const page = start({ '/tempo': () => new Response(inPieces(text, 20_000)) })
  await page.ask(open(url('tempo')))
  const counts = page.events.flatMap((event) => (event.kind === 'snapshot' ? [event.trace.spanCount] : []))
  expect(counts[0]).toBeLessThan(200)
  for (let at = 1; at < counts.length; at++) expect(counts[at]).toBeGreaterThanOrEqual(3 * counts[at - 1])
  const last = page.events.findLast((event) => event.kind === 'progress')
  expect(last?.progress).toEqual({ bytes: text.length, totalBytes: undefined, spans: 20_000, traces: 1 })
})

test('progress is told ten times a second at most, with the total where it is known', async () => {
  let now = 0
  const text = bytesOf(big(2_000))
  const page = start(
    {
      '/tempo': () =>
        new Response(inPieces(text, 5_000), { headers: { 'content-length': String(text.length) } }),
    },
    { now: () => (now += 10) },
  )
  await page.ask(open(url('tempo')))
  const told = page.events.filter((event) => event.kind === 'progress')
  expect(told.length).toBeGreaterThan(2)
  expect(told.length).toBeLessThan((text.length / 5_000) * 0.8)
  expect(told.every(({ progress }) => progress.totalBytes === text.length)).toBe(true)
})

test('stopping an open at once keeps what was read and says so; opening again reads again', async () => {
  const bytes = bytesOf(big(1_000))
  const half = bytes.slice(0, bytes.length / 2)
  let stopped = false
  const endless = () => {
    const stream = inPieces(half, 10_000, 'wait')
    const reader = stream.getReader()
    return new Response(
      new ReadableStream<Uint8Array<ArrayBuffer>>({
        async pull(controller) {
          const { value } = await reader.read()
          if (value !== undefined) controller.enqueue(value)
        },
        cancel() {
          stopped = true
        },
      }),
    )
  }
  const page = start({ '/tempo': endless, '/empty': () => new Response(inPieces(bytesOf(''), 1, 'wait')) })
  const reading = page.ask(open(url('tempo')))
  await expect.poll(() => page.events.some(({ kind }) => kind === 'snapshot')).toBe(true)
  await page.thread.handle({ id: 99, request: { kind: 'cancel', request: 1 } })
  const { inputs, traces } = opened(await reading)
  expect(stopped).toBe(true)
  expect(inputs).toMatchObject([{ error: undefined, problems: [{ kind: 'partial' }] }])
  expect(traces[0].spanCount).toBe(inputs[0].spans)
  const built = await page.ask({ kind: 'build', session: 's', traceId: idA, options: { adjustSkew: true } })
  expect(built).toMatchObject({ kind: 'built', trace: { spanCount: inputs[0].spans } })

  const again = page.ask(open(url('tempo')))
  await page.thread.handle({ id: 100, request: { kind: 'cancel', request: 3 } })
  await again
  expect(page.fetched.length).toBe(2)

  const nothing = page.ask({ kind: 'open', session: 'e', inputs: [url('empty')] })
  await page.thread.handle({ id: 101, request: { kind: 'cancel', request: 4 } })
  expect(await nothing).toMatchObject({ kind: 'cancelled' })
})

test('opening a session that is being read stops the first reading', async () => {
  let calls = 0
  const page = start({
    '/tempo': () => (calls++ === 0 ? new Response(inPieces(bytesOf(one), 10, 'wait')) : new Response(one)),
  })
  const first = page.ask(open(url('tempo')))
  const second = opened(await page.ask(open(url('tempo'))))
  expect(second.inputs).toMatchObject([{ spans: 3, error: undefined }])
  await first
  expect(
    await page.ask({ kind: 'build', session: 's', traceId: idA, options: { adjustSkew: true } }),
  ).toMatchObject({
    kind: 'built',
    trace: { spanCount: 3 },
  })
})

test('several traces of a file are listed newest first, and each can be built', async () => {
  const page = start()
  const both = jaeger({ [idA]: ['first'], [idB]: ['second', 'child'] })
  const { traces } = opened(await page.ask(open(file('both.json', both))))
  expect(traces.map(({ traceId }) => traceId)).toEqual([idB, idA])
  const built = await page.ask({ kind: 'build', session: 's', traceId: idB, options: { adjustSkew: true } })
  expect(built).toMatchObject({ kind: 'built', trace: { spanCount: 2 } })
  if (built.kind === 'built') expect(spanIdOfRow(built.trace.spans, 1)).toBe('0000000000000002')
  expect(
    await page.ask({ kind: 'build', session: 's', traceId: 'c'.repeat(32), options: { adjustSkew: true } }),
  ).toMatchObject({ kind: 'not-found' })
})

test('four sessions are kept; the one used least recently goes', async () => {
  const page = start()
  const build = (session: string) =>
    page.ask({ kind: 'build', session, traceId: undefined, options: { adjustSkew: true } })
  for (const session of ['1', '2', '3', '4'])
    await page.ask({ kind: 'open', session, inputs: [file('one.json', one)] })
  await build('1')
  await page.ask({ kind: 'open', session: '5', inputs: [file('one.json', one)] })
  const kinds: string[] = []
  for (const session of ['1', '2', '3', '4', '5']) kinds.push((await build(session)).kind)
  expect(kinds).toEqual(['built', 'not-found', 'built', 'built', 'built'])
  await page.ask({ kind: 'close', session: '5' })
  expect((await build('5')).kind).toBe('not-found')
})

test('columns lie in the memory the place gives', async () => {
  const page = start({}, { allocate: (byteLength) => new SharedArrayBuffer(byteLength) })
  await page.ask(open(file('one.json', one)))
  const built = await page.ask({ kind: 'build', session: 's', traceId: idA, options: { adjustSkew: true } })
  if (built.kind !== 'built') throw new Error('not built')
  expect(built.trace.spans.start.buffer).toBeInstanceOf(SharedArrayBuffer)
  expect(built.trace.spans.parent.buffer).toBeInstanceOf(SharedArrayBuffer)
})

test('the one trace that was read is built once, for its summary and for the page', async () => {
  let allocations = 0
  const allocate = (byteLength: number) => {
    allocations += 1
    return new ArrayBuffer(byteLength)
  }
  const page = start({}, { allocate })
  await page.ask(open(file('one.json', one)))
  const afterOpen = allocations
  for (const traceId of [idA, undefined])
    await page.ask({ kind: 'build', session: 's', traceId, options: { adjustSkew: true } })
  expect(allocations).toBe(afterOpen)
  await page.ask({ kind: 'build', session: 's', traceId: idA, options: { adjustSkew: false } })
  expect(allocations).toBeGreaterThan(afterOpen)
})

test('a small answer is shown while another source hangs', async () => {
  const hung = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>()
  const small = jaeger({ [idA]: ['root'] })
  const page = start({ '/quick': () => new Response(small), '/hung': () => new Response(hung.readable) })
  const whole = page.ask(open(url('quick'), url('hung')))
  await expect.poll(() => page.events.some(({ kind }) => kind === 'snapshot')).toBe(true)
  await hung.writable.close()
  await whole
})
