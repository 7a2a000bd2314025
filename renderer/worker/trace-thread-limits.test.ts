import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  idA,
  one,
  big,
  bytesOf,
  inPieces,
  type Page,
  start,
  open,
  url,
  file,
  json,
  opened,
} from '../../test/builders/asked-thread.ts'

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
  const as = { id: 'f', name: 'bomb.gz', place: 'bomb.gz', openedMs: 0 }
  const inputs = [{ kind: 'file', name: 'bomb.gz', file: bomb }] as const
  expect(await page.ask({ kind: 'hand-over', as, inputs })).toMatchObject({ kind: 'handed-over' })
  expect(sent).toBeGreaterThan(0)
  expect(sent).toBeLessThan(bound * 2.5)
  expect(ends).toContain('/api/opened/f/broken?document=bomb.gz')
})
