import { expect, test } from 'vitest'
import { factsLast, isFresh, learning } from './learning'

const never = new AbortController().signal
const refused = () => Promise.reject(new Error('refused'))

interface Facts {
  readonly names: readonly string[]
  readonly sampled: number
}

const learn = (before: Facts | undefined, sample: () => Promise<number>, signal = never) =>
  learning<Facts>(
    signal,
    () => before,
    async (_, part) => ({ names: ['app'], sampled: await part(sample(), 0) }),
  )

const staleAfter = (data: unknown, dataUpdatedAt = Date.now()): number =>
  factsLast.staleTime({ state: { data, dataUpdatedAt } })

test('a part that fails costs itself alone, and is looked for again sooner', async () => {
  const whole = await learn(undefined, () => Promise.resolve(7))
  expect(whole).toMatchObject({ names: ['app'], sampled: 7, isPart: false })
  const cut = await learn(undefined, refused)
  expect(cut).toMatchObject({ names: ['app'], sampled: 0, isPart: true })
  expect(staleAfter(cut)).toBeLessThan(staleAfter(whole))
})

test('what was known before stays where a part is missing', async () => {
  const before = { names: ['job'], sampled: 9 }
  expect(await learn(before, refused)).toMatchObject({ ...before, isPart: true })
})

test('learning that is given up ends, whatever its parts', async () => {
  const abort = new AbortController()
  abort.abort(new Error('given up'))
  await expect(learn(undefined, refused, abort.signal)).rejects.toThrow('given up')
})

const hourMs = 3_600_000

test('what was learned lasts six hours from then on, whatever was added to it since', () => {
  const learned = { isPart: false, tookMs: 1, learnedMs: 1_000 }
  expect(staleAfter(learned, 1_000)).toBe(6 * hourMs)
  expect(staleAfter(learned, 1_000 + 2 * hourMs)).toBe(4 * hourMs)
  expect(staleAfter(learned, 1_000 + 7 * hourMs)).toBe(0)
})

test.each([
  ['just learned', false, 0, true],
  ['of this morning', false, 5 * hourMs, true],
  ['older', false, 6 * hourMs, false],
  ['just learned, with a part missing', true, 0, false],
  ['of a clock that was put back', false, -hourMs, false],
])('what is kept is good where it is %s', (_, isPart, ageMs, good) => {
  const nowMs = 1e12
  expect(isFresh({ isPart, tookMs: 1, learnedMs: nowMs - ageMs }, nowMs)).toBe(good)
})
