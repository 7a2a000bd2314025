import { describe, expect, it } from 'vitest'
import { createGenerations, isAbsentRoute } from './generations'
import { failure } from './source-error'

const absent = failure('not-found', '', '', { status: 404, detail: '404 page not found' })

describe('generations of an API', () => {
  it('are tried in order, and an absent one is not asked again', async () => {
    const asked: string[] = []
    const generations = createGenerations(isAbsentRoute)
    const attempts = {
      new: () => Promise.reject(asked.push('new') > 0 ? absent : absent),
      old: () => Promise.resolve(asked.push('old')),
    }
    await generations.first(attempts)
    await generations.first(attempts)
    expect(asked).toEqual(['new', 'old', 'old'])
  })

  it('are all asked again when all were absent', async () => {
    const generations = createGenerations(isAbsentRoute)
    let there = false
    const attempts = { only: () => (there ? Promise.resolve('here') : Promise.reject(absent)) }
    await expect(generations.first(attempts)).rejects.toBe(absent)
    there = true
    await expect(generations.first(attempts)).resolves.toBe('here')
  })

  it('do not hide a failure behind an older one', async () => {
    const generations = createGenerations(isAbsentRoute)
    const down = failure('server-error', '', '', { status: 500 })
    const attempts = { new: () => Promise.reject(down), old: () => Promise.resolve(1) }
    await expect(generations.first(attempts)).rejects.toBe(down)
  })
})

describe('an absent route', () => {
  it.each([
    [failure('not-found', '', '', { status: 404, detail: '404 page not found' }), true],
    [failure('not-found', '', '', { status: 404 }), true],
    [failure('bad-query', '', '', { status: 405 }), true],
    [failure('wrong-product', '', '', { status: 200, detail: 'Jaeger UI' }), true],
    [failure('not-found', '', '', { status: 404, detail: 'trace not found' }), false],
    [failure('login-page', '', '', { status: 200 }), false],
    [failure('wrong-product', '', ''), false],
    [failure('server-error', '', '', { status: 500 }), false],
  ])('is told from one that failed (%#)', (error, expected) => {
    expect(isAbsentRoute(error)).toBe(expected)
  })
})
