import { describe, expect, it } from 'vitest'
import type { SourceInput } from '#shared/api/contract'
import { createSourceStore, sourceId } from './source-store'
import type { StoredSource } from './stores'

const input: SourceInput = {
  name: 'Shop Tempo',
  kind: 'tempo',
  url: 'http://tempo.test',
  auth: { kind: 'bearer', token: { kind: 'new', value: 'abc' } },
  headers: [],
  tenant: '',
  tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
  timeoutMs: 1000,
}

describe('the connections', () => {
  it('are added, changed and removed', async () => {
    const store = createSourceStore()
    const added = await store.add(input)
    expect(added).toMatchObject({ id: 'shop-tempo', lasts: 'kept', auth: { token: { kind: 'kept' } } })
    expect(await store.get('shop-tempo')).toMatchObject({ auth: { kind: 'bearer', token: 'abc' } })
    await store.change('shop-tempo', {
      ...input,
      name: 'other',
      auth: { kind: 'bearer', token: { kind: 'kept' } },
    })
    expect(await store.get('shop-tempo')).toMatchObject({ name: 'other', auth: { token: 'abc' } })
    expect(await store.remove('shop-tempo')).toBe(true)
    expect([await store.list(), await store.remove('shop-tempo')]).toEqual([[], false])
    expect(await store.change('shop-tempo', input)).toBeUndefined()
  })

  it('are written one change at a time, without those of this run', async () => {
    const written: string[][] = []
    let writing = 0
    const store = createSourceStore({
      async save(sources) {
        writing += 1
        expect(writing).toBe(1)
        await new Promise(setImmediate)
        written.push(sources.map((source) => source.id))
        writing -= 1
      },
    })
    await Promise.all([store.add(input), store.add(input, 'run'), store.add(input)])
    expect(written).toEqual([['shop-tempo'], ['shop-tempo', 'shop-tempo-3']])
  })

  it('stay as they were when they cannot be written', async () => {
    const initial: StoredSource[] = []
    const store = createSourceStore({ initial, save: () => Promise.reject(new Error('disk full')) })
    await expect(store.add(input)).rejects.toThrow('disk full')
    expect(await store.list()).toEqual([])
    await expect(store.add(input, 'run')).resolves.toMatchObject({ lasts: 'run' })
  })
})

describe('the id of a connection', () => {
  it.each([
    ['Shop Tempo', [], 'shop-tempo'],
    ['Zürich / Prod', [], 'zu-rich-prod'],
    ['Shop', ['shop', 'shop-2'], 'shop-3'],
    ['店', [], 'source'],
    ['http://localhost:16686', [], 'http-localhost-16686'],
  ])('of %s is made for links', (name, taken, id) => {
    expect(sourceId(name, taken)).toBe(id)
  })
})
