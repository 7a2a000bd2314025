import { expect, test } from 'vitest'
import type { FromWorker, ToWorker } from '../worker/messages'
import { ClewError } from './api'
import { createTraceSessions } from './trace-sessions'
import type { WorkerLike } from './worker-calls'

/** A worker that only writes down what it is told, and says what the test makes it say. */
class FakeWorker extends EventTarget {
  readonly heard: ToWorker[] = []
  terminated = false
  postMessage(message: ToWorker): void {
    this.heard.push(message)
  }
  terminate(): void {
    this.terminated = true
  }
  say(message: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data: message }))
  }
  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }))
  }
}

function start(): { sessions: ReturnType<typeof createTraceSessions>; workers: FakeWorker[] } {
  const workers: FakeWorker[] = []
  const sessions = createTraceSessions(() => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker as unknown as WorkerLike
  })
  return { sessions, workers }
}

const listener = { onProgress: () => undefined, onSnapshot: () => undefined }
const { signal } = new AbortController()

test('the worker that was prepared is the one that is asked', () => {
  const { sessions, workers } = start()
  sessions.prepare()
  expect(workers).toHaveLength(1)
  void failure(sessions.build('s', undefined, false, signal))
  expect(workers.map(({ heard }) => heard.length)).toEqual([1])
})

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise
  } catch (thrown) {
    return thrown instanceof ClewError ? thrown.error : thrown
  }
}

test('no worker is started before the first call, and one serves all', async () => {
  const { sessions, workers } = start()
  expect(workers).toEqual([])
  const one = sessions.search('/a', signal)
  const two = sessions.search('/b', signal)
  expect(workers.length).toBe(1)
  const answer = { traces: [], limitReached: false, notes: [] }
  workers[0].say({ id: 2, answer: { kind: 'searched', answer: { ...answer, notes: ['b'] } } })
  workers[0].say({ id: 1, answer: { kind: 'searched', answer: { ...answer, notes: ['a'] } } })
  expect([(await one).notes, (await two).notes]).toEqual([['a'], ['b']])
})

test('progress is heard on the way', async () => {
  const { sessions, workers } = start()
  const spans: number[] = []
  const open = sessions.open(
    's',
    [],
    { ...listener, onProgress: (progress) => spans.push(progress.spans) },
    signal,
  )
  const progress = { bytes: 1, totalBytes: 2, spans: 3, traces: 1 }
  workers[0].say({ id: 1, event: { kind: 'progress', progress } })
  workers[0].say({ id: 1, answer: { kind: 'opened', traces: [], inputs: [], holders: new Map() } })
  expect(await open).toEqual({ kind: 'opened', traces: [], inputs: [], holders: new Map() })
  expect(spans).toEqual([3])
})

test('an error of the worker is thrown as a ClewError', async () => {
  const { sessions, workers } = start()
  const build = sessions.build('s', undefined, true, signal)
  const error = {
    kind: 'not-found',
    message: 'No.',
    detail: undefined,
    advice: 'Look.',
    status: 404,
  } as const
  workers[0].say({ id: 1, error })
  expect(await failure(build)).toEqual(error)
})

test('an aborted find is over at once, and the worker is told', async () => {
  const { sessions, workers } = start()
  const controller = new AbortController()
  const find = sessions.find('s', 't', 'x', controller.signal)
  controller.abort()
  expect(await failure(find)).toMatchObject({ kind: 'cancelled' })
  expect(workers[0].heard.at(-1)?.request).toEqual({ kind: 'cancel', request: 1 })
  workers[0].say({ id: 1, answer: { kind: 'done' } })
})

test('an aborted open waits for what was kept', async () => {
  const { sessions, workers } = start()
  const controller = new AbortController()
  const open = sessions.open('s', [], listener, controller.signal)
  controller.abort()
  expect(workers[0].heard.at(-1)?.request).toEqual({ kind: 'cancel', request: 1 })
  workers[0].say({ id: 1, answer: { kind: 'opened', traces: [], inputs: [], holders: new Map() } })
  expect(await open).toMatchObject({ traces: [] })
})

test('what was aborted before it began asks nothing', async () => {
  const { sessions, workers } = start()
  expect(await failure(sessions.search('/a', AbortSignal.abort()))).toMatchObject({ kind: 'cancelled' })
  expect(workers).toEqual([])
})

test('a crash ends what was under way with a plain error, and the next call starts a new worker', async () => {
  const { sessions, workers } = start()
  const build = sessions.build('s', undefined, true, signal)
  const find = sessions.find('s', 't', 'x', signal)
  workers[0].crash('boom')
  expect(await failure(build)).toMatchObject({
    kind: 'internal',
    detail: 'boom',
    advice: 'Open the trace again.',
  })
  expect(await failure(find)).toMatchObject({ kind: 'internal' })
  expect(workers[0].terminated).toBe(true)
  const again = sessions.search('/a', signal)
  expect(workers.length).toBe(2)
  workers[1].crash('Uncaught RangeError: Array buffer allocation failed')
  expect(await failure(again)).toMatchObject({ kind: 'too-large' })
})
