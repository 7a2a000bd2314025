import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ApiError } from '#shared/api/contract'
import { spanIdOfRow } from '#shared/derive/span-ids'
import type { Environment } from './environment'
import type { Answer, Event, FromWorker, Request, TraceInput } from './messages'
import { TraceThread } from './trace-thread'

/** A Jaeger document: each trace is a list of span names, the first the parent of the others. */
function jaeger(traces: Readonly<Record<string, readonly string[]>>): string {
  const data = Object.entries(traces).map(([traceID, names], trace) => ({
    traceID,
    spans: names.map((operationName, at) => ({
      traceID,
      spanID: (at + 1).toString(16).padStart(16, '0'),
      operationName,
      references: at === 0 ? [] : [{ refType: 'CHILD_OF', traceID, spanID: '1'.padStart(16, '0') }],
      startTime: 1_700_000_000_000_000 + trace * 1_000_000 + at * 10,
      duration: at === 0 ? 100_000 : 5,
      tags: [{ key: 'http.method', type: 'string', value: at % 2 === 0 ? 'GET' : 'POST' }],
      logs: [],
      processID: 'p1',
    })),
    processes: { p1: { serviceName: 'shop', tags: [] } },
  }))
  return JSON.stringify({ data })
}

const idA = 'a'.repeat(32)
const idB = 'b'.repeat(32)
const one = jaeger({ [idA]: ['root', 'left', 'right'] })
const big = (spans: number): string =>
  jaeger({ [idA]: Array.from({ length: spans }, (_, at) => (at === 0 ? 'root' : `child ${at % 7}`)) })

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

function inPieces(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
  then?: unknown,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let from = 0
  return new ReadableStream({
    pull(controller) {
      if (from < bytes.length) controller.enqueue(bytes.slice(from, (from += size)))
      else if (then === undefined) controller.close()
      else if (then !== 'wait') controller.error(then)
      else return new Promise(() => undefined)
      return undefined
    },
  })
}

const notFound: ApiError = {
  kind: 'not-found',
  message: 'Jaeger has no such trace.',
  detail: 'trace not found',
  advice: 'Check the id.',
  status: 404,
}
const refused: ApiError = {
  ...notFound,
  kind: 'refused',
  message: 'Tempo refused the connection.',
  status: 502,
}

interface Page {
  ask(request: Request): Promise<Answer | ApiError>
  readonly events: Event[]
  readonly fetched: string[]
  readonly thread: TraceThread
  readonly sent: FromWorker[]
}

function start(
  routes: Readonly<Record<string, () => Response>> = {},
  change: Partial<Environment> = {},
): Page {
  const fetched: string[] = []
  const sent: FromWorker[] = []
  const events: Event[] = []
  const thread = new TraceThread(
    {
      fetch: (url) => {
        fetched.push(url)
        const route = routes[url]
        return route === undefined ? Promise.reject(new TypeError('fetch failed')) : Promise.resolve(route())
      },
      now: () => performance.now(),
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      allocate: (byteLength) => new ArrayBuffer(byteLength),
      mostBytes: 2 ** 30,
      ...change,
    },
    (message) => {
      sent.push(message)
      if ('event' in message) events.push(message.event)
    },
  )
  let id = 0
  return {
    thread,
    sent,
    events,
    fetched,
    async ask(request) {
      id++
      const mine = id
      await thread.handle({ id: mine, request })
      const last = sent.find((message) => message.id === mine && !('event' in message))
      if (last === undefined || 'event' in last) throw new Error('not answered')
      return 'error' in last ? last.error : last.answer
    },
  }
}

const open = (...inputs: TraceInput[]): Request => ({ kind: 'open', session: 's', inputs })
const url = (name: string, path = `/${name}`): TraceInput => ({ kind: 'url', name, url: path })
const file = (name: string, content: BlobPart): TraceInput => ({
  kind: 'file',
  name,
  file: new Blob([content]),
})
const json = (body: unknown, init?: ResponseInit): Response => new Response(JSON.stringify(body), init)

function opened(answer: Answer | ApiError): Extract<Answer, { kind: 'opened' }> {
  if (answer.kind !== 'opened') throw new Error(`not opened: ${JSON.stringify(answer)}`)
  return answer
}

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

test('too little memory is said in words', async () => {
  const page = start(
    {},
    {
      allocate: () => {
        throw new RangeError('Array buffer allocation failed')
      },
    },
  )
  await page.ask(open(file('one.json', one)))
  expect(
    await page.ask({ kind: 'build', session: 's', traceId: idA, options: { adjustSkew: true } }),
  ).toMatchObject({ kind: 'too-large', message: 'There was not enough memory to hold this.' })
})

test('of what does not fit, the first part is read, shown and said to be a part', async () => {
  const text = big(20_000)
  const page = start(
    { '/large': () => new Response(inPieces(bytesOf(text), 65_536)) },
    { mostBytes: text.length / 2 },
  )
  const { inputs, traces } = opened(await page.ask(open(url('large'))))
  expect(inputs[0].error).toMatchObject({
    kind: 'too-large',
    message: expect.stringMatching(/^There is not enough memory for all of large: reading stopped after /u),
    advice: expect.stringMatching(/^What came until then was read\./u),
  })
  expect(inputs[0].spans).toBeGreaterThan(9_000)
  expect(inputs[0].spans).toBeLessThan(11_000)
  expect(traces[0].spanCount).toBe(inputs[0].spans)
})

test('a part is read where one is asked for, and all of it when that is asked for again', async () => {
  const text = big(20_000)
  const page = start({ '/large': () => new Response(inPieces(bytesOf(text), 65_536)) })
  const inputs = [url('large')]
  const part = opened(await page.ask({ kind: 'open', session: 's', inputs, mostBytes: text.length / 4 }))
  expect(part.inputs[0].error).toMatchObject({ kind: 'too-large' })
  expect(part.traces.map(({ spanCount = 0 }) => Math.round(spanCount / 1_000))).toEqual([5])
  expect(opened(await page.ask(open(url('large')))).traces[0].spanCount).toBe(20_000)
})

test('where there is no room for columns, traces that are not looked at give way', async () => {
  let isFull = false
  const page: Page = start(
    { '/one': () => new Response(one) },
    {
      allocate: (byteLength) => {
        if (isFull) {
          isFull = false
          throw new RangeError('Array buffer allocation failed')
        }
        return new ArrayBuffer(byteLength)
      },
    },
  )
  const build = { kind: 'build', session: 's', traceId: idA, options: { adjustSkew: false } } as const
  await page.ask({ kind: 'open', session: 'other', inputs: [url('one')] })
  await page.ask(open(url('one')))
  isFull = true
  expect(await page.ask(build)).toMatchObject({ kind: 'built' })
  expect(await page.ask({ ...build, session: 'other' })).toMatchObject({ kind: 'not-found' })
  isFull = true
  expect(await page.ask({ ...build, options: { adjustSkew: true } })).toMatchObject({ kind: 'too-large' })
})

/** The same bytes without end behind a beginning; counts how many were taken. */
function endless(beginning: string, more: string) {
  const piece = bytesOf(more.repeat(2 ** 22))
  const taken = { bytes: 0 }
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytesOf(beginning)),
    pull: (controller) => {
      taken.bytes += piece.length
      controller.enqueue(piece)
    },
  })
  return { taken, body }
}

test.each([
  ['{"result":', ' ', 'nothing but blanks in it: reading stopped after 21.0 MB.'],
  [one, ' ', 'nothing but blanks in it: reading stopped after 21.0 MB and 3 spans.'],
  ['{"x":"', 'x', 'no span in it: reading stopped after 268 MB.'],
])(
  'an answer that begins with %.10s and goes on with %j is not read without end',
  async (beginning, more, message) => {
    const { taken, body } = endless(beginning, more)
    const page = start({ '/answer': () => new Response(body) })
    const answer = await page.ask(open(url('answer')))
    const error = answer.kind === 'opened' ? answer.inputs[0].error : answer
    expect(error).toMatchObject({
      kind: 'too-large',
      message: `answer goes on and on with ${message}`,
      advice: expect.stringContaining('proxy'),
    })
    expect(taken.bytes).toBeLessThan(2 ** 29)
  },
  // 268 MB take their time where other programs do.
  300_000,
)

test.each([
  ['blanks', ' ', 2 ** 24],
  ['one letter', 'x', 2 ** 26],
])('a bomb of %s is not handed over without end', async (_, letter, bound) => {
  const bomb = new Blob([Uint8Array.from(gzipSync(letter.repeat(300_000_000)))])
  let sent = 0
  const ends: string[] = []
  const page = start(
    {},
    {
      fetch: (to, init) => {
        if (to.includes('/bytes')) sent += (init.body as Uint8Array).length
        else ends.push(to)
        return Promise.resolve(json({ id: 'f', documents: [] }))
      },
    },
  )
  const as = { id: 'f', name: 'bomb.gz', place: 'bomb.gz' }
  const inputs = [{ kind: 'file', name: 'bomb.gz', file: bomb }] as const
  expect(await page.ask({ kind: 'hand-over', as, inputs })).toMatchObject({ kind: 'handed-over' })
  expect(sent).toBeGreaterThan(0)
  expect(sent).toBeLessThan(bound * 2.5)
  expect(ends).toContain('/api/opened/f/broken?document=bomb.gz')
})

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
