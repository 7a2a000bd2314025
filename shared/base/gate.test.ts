import { describe, expect, it } from 'vitest'
import { createGate } from './gate'

const never = new AbortController().signal

describe('a gate', () => {
  it('lets in as many as it is wide, then one for each that leaves, in order', async () => {
    const gate = createGate(2)
    const entered: number[] = []
    const ways: (() => void)[] = []
    for (const number of [1, 2, 3, 4]) {
      void gate.enter(never).then((leave) => {
        entered.push(number)
        ways.push(leave)
      })
    }
    await Promise.resolve()
    await Promise.resolve()
    expect(entered).toEqual([1, 2])
    ways[0]()
    ways[0]()
    await new Promise(setImmediate)
    expect(entered).toEqual([1, 2, 3])
    ways[1]()
    await new Promise(setImmediate)
    expect(entered).toEqual([1, 2, 3, 4])
  })

  it('lets a waiting one leave the line without losing its place to nobody', async () => {
    const gate = createGate(1)
    const leave = await gate.enter(never)
    const impatient = new AbortController()
    const first = gate.enter(impatient.signal)
    const second = gate.enter(never)
    impatient.abort()
    await expect(first).rejects.toMatchObject({ name: 'AbortError' })
    leave()
    await expect(second).resolves.toBeTypeOf('function')
  })

  it('does not let in who has already given up', async () => {
    const gate = createGate(1)
    await expect(gate.enter(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
    await expect(gate.enter(never)).resolves.toBeTypeOf('function')
  })
})
