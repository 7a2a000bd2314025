import { spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { projectFolder } from '../project.ts'
import { parseDemoArguments, type DemoOptions } from './arguments.ts'
import { sendRun } from './send.ts'
import { openTarget } from './target.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

interface Answer {
  readonly status: number
  readonly text: string
}

/** A server that answers as told, by path and how many requests of that path came before. */
async function serve(answer: (path: string, before: number) => Answer) {
  const got: { path: string; body: string }[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const path = request.url ?? ''
      const { status, text } = answer(path, got.filter((one) => one.path === path).length)
      got.push({ path, body: Buffer.concat(pieces).toString() })
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got }
}

const fine: Answer = { status: 200, text: '{}' }
const never = new AbortController().signal

async function sendTo(url: string, more: Partial<DemoOptions> = {}): Promise<string[]> {
  const said: string[] = []
  const options = { scenario: 'healthy', seed: 1, targets: [url], pace: 1e9, minutes: 2, ...more }
  await sendRun(options, [await openTarget(url, never)], (line) => said.push(line), never)
  return said
}

test('a server gets the signals it takes, and no moment that has not come', async () => {
  const { url, got } = await serve((path) => (path === '/v1/logs' ? { status: 404, text: 'not here' } : fine))
  const said = await sendTo(url)
  const afterMs = Date.now()

  const sent = got.slice(3)
  expect(new Set(sent.map(({ path }) => path))).toEqual(new Set(['/v1/traces', '/v1/metrics']))
  const times = sent.flatMap(({ body }) =>
    [...body.matchAll(/imeUnixNano":"(\d+)"/g)].map(([, ns]) => Number(ns) / 1e6),
  )
  expect(Math.max(...times)).toBeLessThanOrEqual(afterMs)
  const spans = sent
    .filter(({ path }) => path === '/v1/traces')
    .flatMap(({ body }) => body.match(/"spanId"/g) ?? [])
  expect(said.at(-1)).toContain('8 rounds of metrics')
  expect(said.at(-1)).toContain(', 0 log lines')
  expect(spans.length).toBeGreaterThan(1_000)
})

test('what a server leaves out is told once', async () => {
  const { url } = await serve((path, before) =>
    before > 0 && path === '/v1/traces'
      ? { status: 200, text: '{"partialSuccess":{"rejectedSpans":"5","errorMessage":"too old"}}' }
      : fine,
  )
  const said = await sendTo(url)
  expect(said.filter((line) => line.includes('left out'))).toEqual([`${url} left out 5 of traces: too old`])
})

test('a busy server is asked again; one that refuses ends it in a sentence', async () => {
  const { url, got } = await serve((path, before) => {
    if (path !== '/v1/metrics' || before === 0) return fine
    return before === 1 ? { status: 503, text: 'later' } : { status: 400, text: 'no such metric' }
  })
  await expect(sendTo(url)).rejects.toThrow(`${url} refused metrics: it answered 400. no such metric`)
  const metrics = got.filter(({ path }) => path === '/v1/metrics')
  expect(metrics).toHaveLength(3)
  expect(metrics[2].body).toBe(metrics[1].body)
})

test('who takes nothing, and who asks for a name, is said at once', async () => {
  const nothing = await serve(() => ({ status: 404, text: 'page not found' }))
  await expect(openTarget(nothing.url, never)).rejects.toThrow(
    `${nothing.url} takes neither traces nor logs nor metrics over OTLP (traces: 404 page not found;`,
  )
  const closed = await serve(() => ({ status: 401, text: 'no credentials' }))
  await expect(openTarget(closed.url, never)).rejects.toThrow('it answered 401. no credentials')
})

test('stopped, it says what was sent', async () => {
  const { url } = await serve(() => fine)
  const stop = new AbortController()
  const said: string[] = []
  const target = await openTarget(url, stop.signal)
  const options = { scenario: 'healthy', seed: 1, targets: [url], pace: 1, minutes: 2 }
  const sending = sendRun(options, [target], (line) => said.push(line), stop.signal)
  stop.abort()
  await sending
  expect(said.at(-1)).toBe('Stopped: 0 spans, 0 log lines, 0 rounds of metrics.')
})

test('Ctrl-C ends it, and it says what was sent', async () => {
  const { url } = await serve(() => fine)
  const file = join(projectFolder, 'build/demo-send.ts')
  const child = spawn(process.execPath, [file, 'healthy', '--otlp', url, '--minutes', '1'])
  const ended = new Promise((resolve) => void child.once('exit', resolve))
  let said = ''
  for await (const piece of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    // The line that says so is written when it begins to send.
    if (!said.includes('Ctrl-C') && (said + piece).includes('Ctrl-C')) child.kill('SIGINT')
    said += piece
  }
  expect(await ended).toBe(0)
  expect(said).toMatch(/\nStopped: [\d,]+ spans, [\d,]+ log lines, \d+ rounds of metrics\.\n$/)
})

test('the words of the command are understood', () => {
  const words =
    'pool-exhaustion:7 --otlp http://a:4318/v1/traces --otlp https://b/otlp/ --loki http://c:3100 --prometheus http://d:9090 --pace 30'
  expect(parseDemoArguments(words.split(' '))).toEqual({
    kind: 'run',
    options: {
      scenario: 'pool-exhaustion',
      seed: 7,
      targets: ['http://a:4318', 'https://b/otlp', 'http://c:3100/otlp', 'http://d:9090/api/v1/otlp'],
      pace: 30,
      minutes: 45,
    },
  })
})

test.each([
  ['', 'Name one scenario'],
  ['healthy', 'Say where to send it'],
  ['pool --otlp http://a', 'There is no scenario “pool”; there are pool-exhaustion, n-plus-one'],
  ['healthy:x --otlp http://a', 'A seed is a whole number'],
  ['healthy --otlp a:4318', '“a:4318” is no address of a server'],
  ['healthy --otlp http://a --pace 0', '--pace needs a number from 1 on, not “0”'],
  ['healthy --otlp http://a --minutes 90', '--minutes needs a number from 1 to 60, not “90”'],
  ['healthy --to http://a', 'There is no option --to.'],
  ['healthy --otlp', '--otlp needs a value, such as --otlp http://127.0.0.1:4318.'],
  ['healthy --otlp --pace 2', '--otlp needs a value, such as --otlp http://127.0.0.1:4318.'],
  ['healthy --otlp http://a --pace -2', '--pace needs a value, such as --pace 60.'],
  ['healthy --help=yes', '--help takes no value.'],
])('“%s” is refused in a sentence', (words, sentence) => {
  const result = parseDemoArguments(words.split(' ').filter((word) => word !== ''))
  expect(result.kind === 'refused' && result.sentence).toContain(sentence)
})
