/**
 * Lines for LogQL to be compared over, the same from the same moment on: JSON, logfmt and access logs, each with some that are broken, packed
 * lines, colours, addresses, numbers with and without units, and metadata that is called like a field.
 */
import type { DrawnStream } from '../../builders/log-store.ts'
import { Random } from '../story/span.ts'

/** How long it takes from the first line to the last. */
export const spanMs = 2_400_000
const linesPerStream = 400

type Metadata = Readonly<Record<string, string>>
type Write = (random: Random, at: number) => readonly [line: string, metadata?: Metadata]

const levels = ['debug', 'info', 'info', 'info', 'warn', 'error']
const paths = ['/', '/cart', '/orders/17', '/orders/18?x=1', '/søk']

const writers: readonly (readonly [labels: Readonly<Record<string, string>>, write: Write])[] = [
  [{ app: 'web', env: 'prod', pod: 'web-1' }, json],
  [{ app: 'web', env: 'prod', pod: 'web-2' }, json],
  [{ app: 'api', env: 'prod', pod: 'api-1' }, logfmt],
  [{ app: 'api', env: 'dev', pod: 'api-2' }, logfmt],
  [{ app: 'nginx', env: 'dev', pod: 'nginx-1' }, access],
  [{ app: 'mixed', env: 'dev', pod: 'mixed-1' }, mixed],
]

/** What Loki's push API takes. */
export function writeLines(startMs: number): readonly DrawnStream[] {
  return writers.map(([stream, write], index) => {
    const random = new Random(index + 5)
    const stepMs = spanMs / linesPerStream
    return {
      stream,
      values: Array.from({ length: linesPerStream }, (_, at) => {
        const ns =
          BigInt(Math.floor(startMs + at * stepMs + random.between(0, stepMs / 2))) * 1_000_000n +
          BigInt(index * 1000 + (at % 7))
        const [line, metadata] = write(random, at)
        return metadata === undefined ? [String(ns), line] : [String(ns), line, metadata]
      }),
    }
  })
}

function json(random: Random, at: number): ReturnType<Write> {
  if (at % 50 === 49)
    return [random.pick(['{"level":"info","msg":"cut o', '{"level":"warn" "msg":1}', 'no json'])]
  const fields: Record<string, unknown> = {
    level: random.pick(levels),
    msg: random.pick(['started', 'GET / done', 'said "no"', 'line\nbreak', 'naïve ☃']),
    status: random.pick([200, 200, 201, 404, 500]),
    took: random.pick(['12ms', '1.5s', '250us', '2m', 'soon']),
    size: random.pick(['10B', '1.5KB', '3 MB', '2KiB', 'none']),
    ratio: Math.round(random.next() * 1000) / 1000,
    ok: random.next() < 0.5,
    user: {
      id: Math.floor(random.between(1, 5)),
      'full name': random.pick(['Ann', 'Bob B']),
      tags: ['a', 'b'],
    },
    none: null,
    pod: 'inside',
  }
  if (random.next() < 0.3) delete fields['took']
  if (random.next() < 0.3) fields['9lives'] = 'yes'
  return [JSON.stringify(fields), { region: random.pick(['eu', 'us']), attempt: String(at % 4) }]
}

function logfmt(random: Random, at: number): ReturnType<Write> {
  if (at % 40 === 39)
    return [random.pick(['level=info msg="open end', 'level="a"b c=d', '=x level=info', 'plain words here'])]
  const parts = [
    `level=${random.pick(levels)}`,
    `msg="${random.pick(['started', 'all done', 'said \\"no\\"', ''])}"`,
    `status=${random.pick([200, 404, 500, 503])}`,
    `took=${random.pick(['12ms', '1.5s', '250us', '2m0s'])}`,
    `bytes=${Math.floor(random.between(1, 5000))}`,
    random.next() < 0.4 ? `user.name=${random.pick(['ann', 'bob'])}` : 'flag',
    random.next() < 0.3 ? 'empty=' : 'env=inside',
  ]
  return [parts.join(' '), { region: random.pick(['eu', 'us', 'asia']) }]
}

function access(random: Random): ReturnType<Write> {
  const address = random.pick(['10.0.0.1', '10.0.3.7', '192.168.4.5', '::1', 'fe80::12:34'])
  const request = `${random.pick(['GET', 'POST', 'PUT'])} ${random.pick(paths)} HTTP/1.1`
  const status = random.pick([200, 301, 404, 502])
  const size = Math.floor(10 ** random.between(1, 5))
  return [`${address} - - [now] "${request}" ${status} ${size} ${random.next().toFixed(3)}`]
}

function mixed(random: Random, at: number): ReturnType<Write> {
  return random.pick([
    () => [`\u001b[3${at % 8}m${random.pick(levels).toUpperCase()}\u001b[0m step ${at}`] as const,
    () => [JSON.stringify({ _entry: `level=warn n=${at}`, host: 'h1', app: 'packed' })] as const,
    () => [`took ${at}ms from 10.0.0.${at % 256} a.b+c (${at % 3})`] as const,
    () =>
      [
        `value=${random.pick(['1', '2.5', '-3', '1e3', 'NaN', 'x'])} kind=${random.pick(['a', 'b', 'c'])}`,
      ] as const,
    () => ['Ünï çødé ☃ 🙂', { region: 'eu' }] as const,
  ])()
}
