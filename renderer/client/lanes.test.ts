import { expect, test } from 'vitest'
import { createLanes } from './lanes'

const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve))

/** Asks `names` (source, then anything) that never answer until they are let go; `asked` are those under way or over. */
function hanging(...names: readonly string[]) {
  const inLane = createLanes()
  const asked: string[] = []
  const ends = new Map<string, () => void>()
  const stops = new Map<string, AbortController>()
  for (const name of names) {
    const stop = new AbortController()
    stops.set(name, stop)
    inLane(name[0], stop.signal, () => {
      asked.push(name)
      return new Promise<void>((resolve) => void ends.set(name, resolve))
    }).catch(() => undefined)
  }
  return {
    asked,
    end: (name: string) => ends.get(name)?.(),
    stop: (name: string) => stops.get(name)?.abort(),
  }
}

test('a source is asked one thing at a time, and holds no place of another while it waits', async () => {
  const { asked, end } = hanging('a1', 'a2', 'a3', 'b1')
  await settled()
  expect(asked).toEqual(['a1', 'b1'])
  end('a1')
  await settled()
  expect(asked).toEqual(['a1', 'b1', 'a2'])
})

test('at most three are under way, however many sources there are', async () => {
  const { asked, end } = hanging('a1', 'b1', 'c1', 'd1')
  await settled()
  expect(asked).toEqual(['a1', 'b1', 'c1'])
  end('b1')
  await settled()
  expect(asked).toEqual(['a1', 'b1', 'c1', 'd1'])
})

test('what is stopped while it waits is never asked', async () => {
  const { asked, end, stop } = hanging('a1', 'a2', 'a3')
  await settled()
  stop('a2')
  end('a1')
  await settled()
  expect(asked).toEqual(['a1', 'a3'])
})
