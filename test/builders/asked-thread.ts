/** The thread that reads traces, as a page asks it; and documents of Jaeger for it to read. */
import type { ApiError } from '#shared/api/contract'
import type { Environment } from '../../renderer/worker/environment'
import type { Answer, Event, FromWorker, Request, TraceInput } from '../../renderer/worker/messages'
import { TraceThread } from '../../renderer/worker/trace-thread'

/** A Jaeger document: each trace is a list of span names, the first the parent of the others. */
export function jaeger(traces: Readonly<Record<string, readonly string[]>>): string {
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

export const idA = 'a'.repeat(32)
export const idB = 'b'.repeat(32)
export const one = jaeger({ [idA]: ['root', 'left', 'right'] })
export const big = (spans: number): string =>
  jaeger({ [idA]: Array.from({ length: spans }, (_, at) => (at === 0 ? 'root' : `child ${at % 7}`)) })

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

export function inPieces(
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

export const notFound: ApiError = {
  kind: 'not-found',
  message: 'Jaeger has no such trace.',
  detail: 'trace not found',
  advice: 'Check the id.',
  status: 404,
}
export const refused: ApiError = {
  ...notFound,
  kind: 'refused',
  message: 'Tempo refused the connection.',
  status: 502,
}

export interface Page {
  ask(request: Request): Promise<Answer | ApiError>
  readonly events: Event[]
  readonly fetched: string[]
  readonly thread: TraceThread
  readonly sent: FromWorker[]
}

export function start(
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

export const open = (...inputs: TraceInput[]): Request => ({ kind: 'open', session: 's', inputs })
export const url = (name: string, path = `/${name}`): TraceInput => ({ kind: 'url', name, url: path })
export const file = (name: string, content: BlobPart): TraceInput => ({
  kind: 'file',
  name,
  file: new Blob([content]),
})
export const json = (body: unknown, init?: ResponseInit): Response => new Response(JSON.stringify(body), init)

export function opened(answer: Answer | ApiError): Extract<Answer, { kind: 'opened' }> {
  if (answer.kind !== 'opened') throw new Error(`not opened: ${JSON.stringify(answer)}`)
  return answer
}
