import { afterEach, describe, expect, it } from 'vitest'
import type { ApiError } from '#shared/api/contract'
import { closeHandlers, errorIn, get, handlerOver, noFiles, send } from './handler-over'
import { defaultPreferences, type OpenedFiles } from './stores'

afterEach(closeHandlers)

describe('the running program', () => {
  it('says what it is', async () => {
    const { handler } = handlerOver()
    const response = await get(handler, '/api/app')
    expect(await response.json()).toEqual({
      version: '1.2.3',
      shell: 'browser',
      startedMs: 1,
      secretStore: { kind: 'memory', sentence: 'Nowhere.' },
      files: [],
    })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('says that it is there with nothing but that', async () => {
    const { handler } = handlerOver()
    const response = await get(handler, '/api/there')
    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  it('keeps preferences, and those of a newer Clew with them', async () => {
    const { handler } = handlerOver()
    expect(await (await get(handler, '/api/preferences')).json()).toEqual(defaultPreferences)
    const next = { ...defaultPreferences, theme: 'dark', later: 1 }
    await send(handler, 'PUT', '/api/preferences', next)
    expect(await (await get(handler, '/api/preferences')).json()).toEqual(next)
  })

  it('streams an opened file and closes it when its reader leaves', async () => {
    let closed = false
    const stream = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        pull: (controller) => controller.enqueue(new TextEncoder().encode('{}')),
        cancel: () => {
          closed = true
        },
      })
    const listed = { id: 'a', name: 'ä.json', size: 2, error: undefined }
    const files: OpenedFiles = {
      list: () => Promise.resolve([listed]),
      open: (id) =>
        Promise.resolve(id === 'a' ? { name: listed.name, sizeBytes: 2, stream: stream() } : undefined),
    }
    const { handler } = handlerOver({}, { files })
    const response = await get(handler, '/api/files/a')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-length': '2',
      'x-clew-source': '%C3%A4.json',
    })
    const reader = response.body?.getReader()
    expect((await reader?.read())?.value).toHaveLength(2)
    await reader?.cancel()
    expect(closed).toBe(true)
    expect((await get(handler, '/api/files/b')).status).toBe(404)
  })

  it('says why a file cannot be read', async () => {
    const error: ApiError = {
      kind: 'forbidden',
      message: 'You may not read /x.',
      detail: undefined,
      advice: 'Copy it.',
      status: undefined,
    }
    const files: OpenedFiles = {
      ...noFiles,
      list: () => Promise.resolve([{ id: 'a', name: 'x', size: 0, error }]),
    }
    const { handler } = handlerOver({}, { files })
    expect(await errorIn(await get(handler, '/api/files/a'))).toMatchObject({
      http: 403,
      message: 'You may not read /x.',
    })
  })

  it('answers an unknown route with a sentence', async () => {
    const { handler } = handlerOver()
    expect(await errorIn(await get(handler, '/api/nothing'))).toMatchObject({
      http: 404,
      kind: 'not-found',
      message: 'Clew has no answer to GET /api/nothing.',
    })
  })

  it('says so when it fails itself', async () => {
    const files: OpenedFiles = { ...noFiles, list: () => Promise.reject(new Error('disk gone')) }
    const { handler } = handlerOver({}, { files })
    expect(await errorIn(await get(handler, '/api/app'))).toMatchObject({
      http: 500,
      kind: 'internal',
      detail: 'disk gone',
    })
  })
})
