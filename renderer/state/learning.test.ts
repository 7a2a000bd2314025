import { expect, test } from 'vitest'
import { factsLast, learning } from './learning'

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

const staleAfter = (data: unknown): number => factsLast.staleTime({ state: { data } })

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
