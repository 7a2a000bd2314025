import { expect, test } from 'vitest'
import { Channel } from './channel.ts'
import { EventQueue } from './event-queue.ts'
import { Pool } from './pool.ts'
import { Random } from './random.ts'
import { all, Simulation, type Process } from './simulation.ts'

test('what happens comes in order of time, and at one moment in the order it was put in', () => {
  const random = new Random(1, 'queue')
  const queue = new EventQueue()
  const put = Array.from({ length: 2_000 }, (_, order) => ({ time: random.integer(0, 50), order }))
  const got: typeof put = []
  for (const one of put) queue.push(one.time, () => got.push(one))
  while (queue.nextTime !== Infinity) queue.pop()?.()
  expect(got).toEqual(put.toSorted((one, other) => one.time - other.time || one.order - other.order))
})

test('whoever asks first is served first, and whoever waits too long gives up', () => {
  const simulation = new Simulation()
  const pool = new Pool(simulation, 1)
  const events: string[] = []
  function* use(name: string, atNs: number, holdNs: number, timeoutNs?: number): Process {
    yield atNs
    const got = yield* pool.take(timeoutNs)
    events.push(`${simulation.now} ${name} ${got ? 'has it' : 'gives up'}`)
    if (!got) return
    yield holdNs
    pool.give()
  }
  for (const process of [use('a', 0, 10), use('b', 1, 10), use('c', 2, 10, 5), use('d', 3, 10)])
    simulation.start(process)
  simulation.run(100)
  expect(events).toEqual(['0 a has it', '7 c gives up', '10 b has it', '20 d has it'])
  expect([pool.used, pool.waiting, pool.timeouts]).toEqual([0, 0, 1])
})

/** Customers at a counter, as queueing theory has them: how long they wait on average, and what is to be seen of the queue. */
function counter(
  servers: number,
  load: number,
): { waited: number; inQueue: number; arrivalsPerTime: number } {
  const simulation = new Simulation()
  const random = new Random(7, 'counter')
  const pool = new Pool(simulation, servers)
  const meanService = 1_000
  const customers = 150_000
  let waited = 0
  let area = 0
  let seenAt = 0
  const see = (): void => {
    area += pool.waiting * (simulation.now - seenAt)
    seenAt = simulation.now
  }
  function* customer(): Process {
    const cameAt = simulation.now
    see()
    yield* pool.take()
    see()
    waited += simulation.now - cameAt
    yield random.exponential(meanService)
    see()
    pool.give()
  }
  function* arrivals(): Process {
    for (let count = 0; count < customers; count++) {
      yield random.exponential(meanService / (servers * load))
      simulation.start(customer())
    }
  }
  simulation.start(arrivals())
  simulation.run(Number.MAX_SAFE_INTEGER)
  return {
    waited: waited / customers / meanService,
    inQueue: area / seenAt,
    arrivalsPerTime: (customers / seenAt) * meanService,
  }
}

test('a queue before one server is as long as theory says', () => {
  // M/M/1: wait = ρ / (1 − ρ), in lengths of service.
  expect(counter(1, 0.7).waited / (0.7 / 0.3)).toBeCloseTo(1, 1)
})

test('a queue before four servers is as long as theory says', () => {
  // M/M/4 at ρ = 0.8, by Erlang's C formula: 0.5964 of the customers wait, 1 / (4 × 0.2) each.
  expect(counter(4, 0.8).waited / (0.5964 / 0.8)).toBeCloseTo(1, 1)
})

test('as many wait as come in the time that one waits: Little’s law', () => {
  const { waited, inQueue, arrivalsPerTime } = counter(3, 0.9)
  expect(inQueue).toBeCloseTo(arrivalsPerTime * waited, 1)
})

function* failing(atNs: number, words: string): Process {
  yield atNs
  throw new Error(words)
}

function* lasting(lengthNs: number): Process {
  yield lengthNs
}

test('all ends when the last has ended, and throws what the first threw', () => {
  const simulation = new Simulation()
  let caught = ''
  simulation.start(
    (function* (): Process {
      try {
        yield* all(simulation, [lasting(100), failing(20, 'second'), failing(10, 'first to fail, but third')])
      } catch (error) {
        caught = `${String(error)} at ${simulation.now}`
      }
    })(),
  )
  simulation.run(1_000)
  expect(caught).toBe('Error: second at 100')
})

test('a mistake in a process that nobody waits for is not lost', () => {
  const simulation = new Simulation()
  simulation.start(failing(5, 'a mistake'))
  expect(() => simulation.run(10)).toThrow('a mistake')
})

test('a channel hands out in order, to whoever waits longest', () => {
  const simulation = new Simulation()
  const channel = new Channel<string>()
  const got: string[] = []
  function* taker(name: string): Process {
    for (let count = 0; count < 2; count++) got.push(`${name} ${yield* channel.take()}`)
  }
  simulation.start(taker('a'))
  simulation.start(taker('b'))
  for (const item of ['1', '2', '3', '4', '5']) channel.put(item)
  expect(got).toEqual(['a 1', 'b 2', 'a 3', 'b 4'])
  expect(channel.length).toBe(1)
})
