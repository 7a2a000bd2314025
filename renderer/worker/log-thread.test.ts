import { describe, expect, it } from 'vitest'
import { extraOf, labelsOf, textOf } from '#shared/logs/batch'
import type { InTurnsInit } from './fetch-in-turns'
import type { FromLogWorker } from './log-messages'
import { LogThread } from './log-thread'

const source = { id: 'a b', name: 'Loki' }
const window = { startNs: '1', endNs: '9000000000' }
const page = { source, query: '{a="b"}', window, limit: 10, order: 'newest' } as const

/** What the thread says to one question, and where it asked. */
async function told(answer: (url: string) => Response, kind: 'page' | 'tail' = 'page', id = source.id) {
  const said: FromLogWorker[] = []
  const asked: string[] = []
  const fetch = (url: string): Promise<Response> => {
    asked.push(url)
    return Promise.resolve(answer(url))
  }
  const thread = new LogThread({ fetch }, (message) => said.push(message))
  await thread.handle(
    kind === 'page'
      ? { id: 1, kind, question: { ...page, source: { ...source, id } } }
      : { id: 1, kind, question: { source, query: '{a="b"}', order: 'newest', startNs: '5' } },
  )
  return { said, asked }
}

const lines = (...texts: readonly string[]) => ({
  streams: [{ stream: { a: 'b' }, values: texts.map((text) => ['7', text, {}]) }],
})
const answerOf = (text: string): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'streams', result: lines(text).streams } })

function textsIn(message: FromLogWorker): readonly string[] {
  const batch = 'page' in message ? message.page.batch : 'lines' in message ? message.lines.batch : undefined
  return Array.from({ length: batch?.length ?? 0 }, (_, at) => (batch ? textOf({ batch, at }) : ''))
}

describe('a page of lines', () => {
  it('is asked of the handler, and handed over as columns', async () => {
    const { said, asked } = await told(() => new Response(answerOf('ä line')))
    expect(said.map(textsIn)).toEqual([['ä line']])
    expect(asked).toEqual([
      '/api/sources/a%20b/logs/lines?query=%7Ba%3D%22b%22%7D&startNs=1&endNs=9000000000&limit=10&direction=backward',
    ])
  })

  it('of a server that merges labels with metadata has them apart, by the names it lists', async () => {
    const stream = { app: 'b', trace_id: 'abc' }
    const merged = { data: { resultType: 'streams', result: [{ stream, values: [['7', 'x']] }] } }
    const answer = (url: string): Response =>
      Response.json(url.includes('/labels?') ? ['app', 'other'] : merged)
    const { said, asked } = await told(answer)
    const [message] = said
    if (!('page' in message)) throw new Error('There is no page.')
    const line = { batch: message.page.batch, at: 0 }
    expect([labelsOf(line), extraOf(line).metadata]).toEqual([{ app: 'b' }, { trace_id: 'abc' }])
    expect(asked[1]).toBe('/api/sources/a%20b/logs/labels?startMs=0&endMs=3600000')
  })

  it('of such a server keeps them merged where it does not list its labels', async () => {
    const merged = {
      data: { resultType: 'streams', result: [{ stream: { app: 'b', x: 'y' }, values: [['7', 'x']] }] },
    }
    const error = { kind: 'forbidden', message: 'No.', advice: 'Ask.' }
    const { said } = await told(
      (url) => (url.includes('/labels?') ? Response.json(error, { status: 403 }) : Response.json(merged)),
      'page',
      'closed',
    )
    const [message] = said
    if (!('page' in message)) throw new Error('There is no page.')
    expect(labelsOf({ batch: message.page.batch, at: 0 })).toEqual({ app: 'b', x: 'y' })
  })

  it('with bytes that are no text shows them as such', async () => {
    const [before, after] = answerOf('x|y').split('|')
    const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc3]), Buffer.from(after)])
    const { said } = await told(() => new Response(bytes))
    expect(said.map(textsIn)).toEqual([['x\ufffd\ufffdy']])
  })

  it.each([
    ['<html>', 'bad-answer'],
    ['{"data":{"resultType":"matrix","result":[]}}', 'bad-answer'],
    ['', 'bad-answer'],
  ])('that is none (%s) is refused in words', async (text, kind) => {
    const { said } = await told(() => new Response(text))
    expect(said).toMatchObject([{ error: { kind } }])
  })

  it('that drips is ended with the lines that came', async () => {
    const said: FromLogWorker[] = []
    const drip = answerOf('one').replace(']]', '],["6","two",{}],["5","th')
    const { promise: asking, resolve: ask } = Promise.withResolvers<void>()
    // As fetchInTurns has it: the answer ends where it is.
    const fetch = (_: string, { enough }: InTurnsInit): Promise<Response> => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(drip.slice(0, drip.indexOf('"th') + 3)))
          enough?.addEventListener('abort', () => controller.close())
          ask()
        },
      })
      return Promise.resolve(new Response(body))
    }
    const thread = new LogThread({ fetch }, (message) => said.push(message))
    const answered = thread.handle({ id: 1, kind: 'page', question: page })
    await asking
    await thread.handle({ id: 1, kind: 'enough' })
    await answered
    expect(said.map(textsIn)).toEqual([['one', 'two']])
    expect(said).toMatchObject([{ page: { isCut: true, rest: undefined } }])
  })

  it('whose answer breaks off is no page', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('{"data":'))
        controller.error(new Error('too many bytes'))
      },
    })
    const { said } = await told(() => new Response(broken))
    expect(said).toMatchObject([{ error: { kind: 'cut-off', detail: 'too many bytes' } }])
  })

  it('that the handler refuses keeps the handler’s words', async () => {
    const error = { kind: 'bad-query', message: 'No.', detail: 'parse error', advice: '', status: 400 }
    const { said } = await told(() => Response.json(error, { status: 400 }))
    expect(said).toEqual([{ id: 1, error }])
  })
})

describe('a tail', () => {
  it('hands on what came, frame by frame, whatever else is said, and when it ended', async () => {
    const frames = [JSON.stringify(lines('one', 'two')), 'no JSON', JSON.stringify(lines('three')), '']
    const { said } = await told(() => new Response(frames.join('\n')), 'tail')
    expect(said.map(textsIn)).toEqual([['one', 'two', 'three'], []])
    expect(said.at(-1)).toEqual({ id: 1, ended: true })
  })

  it('hands on frames that come in pieces', async () => {
    const frame = new TextEncoder().encode(`${JSON.stringify(lines('ä', 'two'))}\n`)
    // A byte a piece: the letter is cut as well.
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of frame) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const { said } = await told(() => new Response(pieces), 'tail')
    expect(said.map(textsIn)).toEqual([['ä', 'two'], []])
  })

  it('that sends what has no end is given up', async () => {
    const piece = new Uint8Array(4e6).fill(0x78)
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(piece) })
    const { said } = await told(() => new Response(endless), 'tail')
    expect(said).toMatchObject([
      { error: { kind: 'bad-answer', message: 'Loki sends something without end that is no log line.' } },
    ])
  })

  it('that breaks off hands on what came before', async () => {
    let isFirst = true
    const broken = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (isFirst) controller.enqueue(new TextEncoder().encode(`${JSON.stringify(lines('one'))}\n`))
          else controller.error(new Error('hung up'))
          isFirst = false
        },
      },
      { highWaterMark: 0 },
    )
    const { said } = await told(() => new Response(broken), 'tail')
    expect(said.map(textsIn)).toEqual([['one'], []])
    expect(said.at(-1)).toMatchObject({ error: { kind: 'cut-off' } })
  })
})
