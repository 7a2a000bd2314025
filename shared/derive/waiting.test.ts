import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { isWaiting, waitingNames } from '#shared/derive/waiting'

test('names that speak of waiting are told from those that only contain the letters', () => {
  const waits = [
    'payments-db pool.acquire',
    'HikariPool.getConnection',
    'wait_for_lock',
    'acquireLock',
    'Mutex',
    'sleep',
    'retry back-off',
    'backoff',
    'AwaitResponse',
    'queued',
    'get connection from pool',
    'checkout connection',
  ]
  const works = [
    'GET /locks/acquire',
    'SELECT stock_levels',
    'SELECT * FROM wait',
    'unlock',
    'waiter.serve',
    'POST /checkout',
    'checkout',
    'getStock',
    'blockchain.read',
    'connection established',
    '',
    '/pool/get/connection',
  ]
  expect(waits.filter((name) => waitingNames([name])[0] !== 1)).toEqual([])
  expect(works.filter((name) => waitingNames([name])[0] !== 0)).toEqual([])
})

test('only a leaf waits, and a queue only where it is not a broker’s', () => {
  const trace = traceFromText(`
    a: wait           0..90
      a: wait         1..20
      a: queue       20..30
      a: queue       30..40  consumer
      a: queue       40..50  internal messaging.system=kafka
      a: in queue    50..60  internal
      a: work        60..70
  `)
  const waiting = waitingNames(trace.names)
  expect(Array.from({ length: 7 }, (_, row) => isWaiting(trace, waiting, row))).toEqual([
    false,
    true,
    true,
    false,
    false,
    true,
    false,
  ])
})
