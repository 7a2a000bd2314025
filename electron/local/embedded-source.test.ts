import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { traceQuery } from '../../test/builders/trace-query.ts'
import { SourceError } from '../backends/source-error.ts'
import { createEmbeddedSource } from './embedded-source.ts'
import { createThreadCalls } from './thread-calls.ts'

const never = new AbortController().signal
const anyTime = { startMs: 0, endMs: 1 }
const runOf = (program: string) =>
  createEmbeddedSource(createThreadCalls(new Worker(program, { eval: true }), 'Demo shop'), 'Demo shop')

async function errorOf(work: Promise<unknown>) {
  const thrown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (thrown instanceof SourceError) return thrown.error
  throw new Error(`this is no SourceError: ${String(thrown)}`)
}

test('a simulation that fails is said to whoever waits, and to whoever asks later', async () => {
  const { traces } = runOf('throw new Error("no such scenario")')
  const failure = {
    kind: 'internal',
    message: 'Demo shop failed inside Clew.',
    detail: 'no such scenario',
    advice: 'Start it again.',
  }
  expect(await errorOf(traces.services(anyTime, never))).toMatchObject(failure)
  expect(await errorOf(traces.operations('', anyTime, never))).toMatchObject(failure)
})

test('a question that fails does not end the others', async () => {
  const run = runOf(`
    const { parentPort } = require('node:worker_threads')
    parentPort.on('message', ({ id, name }) =>
      parentPort.postMessage(name === 'services' ? { id, answer: ['a'] } : { id, failure: 'out of memory' }))
  `)
  const [services, operations] = [
    run.traces.services(anyTime, never),
    run.traces.operations('', anyTime, never),
  ]
  expect(await errorOf(operations)).toMatchObject({ kind: 'internal', detail: 'out of memory' })
  expect(await services).toEqual(['a'])
  await run.close()
})

test('a query that is refused is a bad query, in words that say where', async () => {
  const run = runOf(`
    const { parentPort } = require('node:worker_threads')
    parentPort.on('message', ({ id }) => parentPort.postMessage({ id, refusal: 'at line 1, col 3: no' }))
  `)
  expect(await errorOf(run.traces.search(traceQuery(0, 1), never))).toMatchObject({
    kind: 'bad-query',
    detail: 'at line 1, col 3: no',
  })
  await run.close()
})

test('a question nobody waits for any more is stopped, also while it takes no messages', async () => {
  const run = runOf(`
    const { parentPort } = require('node:worker_threads')
    parentPort.on('message', ({ id, name, stopped }) => {
      if (name === 'search') while (Atomics.load(stopped, 0) === 0);
      else parentPort.postMessage({ id, answer: ['next'] })
    })
  `)
  const controller = new AbortController()
  const search = errorOf(run.traces.search(traceQuery(0, 1), controller.signal))
  controller.abort()
  expect(await search).toMatchObject({ kind: 'cancelled' })
  expect(await run.traces.services(anyTime, never)).toEqual(['next'])
  await run.close()
})
