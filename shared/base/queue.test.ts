import { expect, test } from 'vitest'
import { createQueue } from './queue'

test('one is done after the other; what fails fails for whoever asked, and holds nobody up', async () => {
  const inTurn = createQueue()
  const done: string[] = []
  const { promise: isHeld, resolve: letGo } = Promise.withResolvers<void>()
  const first = inTurn(async () => {
    await isHeld
    done.push('first')
  })
  const second = inTurn(() => Promise.reject(new Error('no')))
  const third = inTurn(() => Promise.resolve(done.push('third')))
  letGo()
  await expect(second).rejects.toThrow('no')
  await Promise.all([first, third])
  expect(done).toEqual(['first', 'third'])
})
