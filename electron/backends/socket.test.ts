import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { takeSockets, type ServerSocket } from '../../test/builders/socket-server'
import { fakeTarget } from './fake-server'
import { createSourceClient, type SourceClient } from './http'
import { createLoki } from './loki'

const opened: { readonly server: Server; readonly client: SourceClient }[] = []
afterEach(async () => {
  for (const { server, client } of opened.splice(0)) {
    // oxlint-disable-next-line no-await-in-loop -- one at a time is soon enough
    await client.close()
    server.closeAllConnections()
    server.close()
  }
})

/** A Loki that only tails; the sockets that are opened to it come one by one. */
async function tailing(refuses = false) {
  const { promise: socket, resolve } = Promise.withResolvers<ServerSocket>()
  const server = createServer((_, response) => response.writeHead(404).end())
  if (!refuses) takeSockets(server, resolve)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const client = createSourceClient(
    fakeTarget('loki', { url: `http://127.0.0.1:${port}`, tenant: 'red', timeoutMs: 5_000 }),
  )
  opened.push({ server, client })
  const { logs } = createLoki(client)
  const tail = (signal = new AbortController().signal) => {
    if (logs?.tail === undefined) throw new Error('Loki tails')
    return logs.tail('{a="b"}', '17', signal)
  }
  return { tail, socket }
}

describe('a tail of Loki', () => {
  it('is asked for with tenant and flags, and gives each frame as it comes', async () => {
    const { tail, socket } = await tailing()
    const reader = (await tail()).getReader()
    const { path, headers, send, close } = await socket
    expect(decodeURIComponent(path)).toBe('/loki/api/v1/tail?query={a="b"}&start=17&limit=1000')
    expect(headers).toMatchObject({
      'x-scope-orgid': 'red',
      'x-loki-response-encoding-flags': 'categorize-labels',
    })
    const long = 'ä'.repeat(70_000)
    send('{"streams":[]}')
    send(long)
    expect([await reader.read(), await reader.read()].map(({ value }) => value)).toEqual([
      '{"streams":[]}',
      long,
    ])
    close()
    expect(await reader.read()).toEqual({ done: true, value: undefined })
  })

  it('that breaks off ends with an error', async () => {
    const { tail, socket } = await tailing()
    const reader = (await tail()).getReader()
    ;(await socket).breakOff()
    await expect(reader.read()).rejects.toMatchObject({ error: { kind: 'cut-off' } })
  })

  it('that nobody reads is closed before it fills the memory', async () => {
    const { tail, socket } = await tailing()
    const frames = await tail()
    const { send, closed } = await socket
    for (let sent = 0; sent < 40; sent++) send('x'.repeat(1e6))
    await closed
    await expect(frames.getReader().read()).rejects.toMatchObject({ error: { kind: 'too-large' } })
  })

  it('that is not opened says so, and one that is not wanted any more is stopped', async () => {
    const { tail } = await tailing(true)
    await expect(tail()).rejects.toMatchObject({ error: { kind: 'bad-answer' } })
    const stop = new AbortController()
    const { tail: other, socket } = await tailing()
    const reader = (await other(stop.signal)).getReader()
    await socket
    stop.abort()
    await expect(reader.read()).rejects.toMatchObject({ error: { kind: 'cancelled' } })
  })
})
