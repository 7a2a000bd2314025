import { expect, test } from 'vitest'
import { watchEnd } from './watch-end'

test('a worker whose lock is free has failed, and not before it held it', () => {
  const worker = new EventTarget()
  const waiting: (() => void)[] = []
  let errors = 0
  worker.addEventListener('error', () => errors++)
  watchEnd(worker, 'traces', {
    request: (name, callback) => {
      if (name === 'traces') waiting.push(callback)
      return Promise.resolve()
    },
  })
  const say = (kind: string) =>
    worker.dispatchEvent(new MessageEvent('message', { data: { id: 0, event: { kind } } }))
  say('progress')
  expect(waiting).toHaveLength(0)
  say('alive')
  expect([waiting.length, errors]).toEqual([1, 0])
  waiting[0]()
  expect(errors).toBe(1)
})
