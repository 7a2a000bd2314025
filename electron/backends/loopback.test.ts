/** The client against real sockets: what a fake fetch cannot show. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import * as z from 'zod/mini'
import { afterEach, describe, expect, it } from 'vitest'
import type { ApiError } from '#shared/api/contract'
import { fakeTarget } from './fake-server'
import { createSourceClient, type ClientOptions, type SourceClient } from './http'
import { selfSigned } from './self-signed'
import { SourceError } from './source-error'
import type { SourceTarget } from './target'

const signal = new AbortController().signal
const anything = z.unknown()
const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()))
})

async function listen(server: Server | TcpServer, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  cleanups.push(() => stop(server))
  return (server.address() as AddressInfo).port
}

async function stop(server: Server | TcpServer): Promise<void> {
  if ('closeAllConnections' in server) server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

function clientOf(
  url: string,
  changes: Partial<SourceTarget> = {},
  options: ClientOptions = {},
): SourceClient {
  const client = createSourceClient(fakeTarget('tempo', { url, timeoutMs: 5000, ...changes }), options)
  cleanups.push(() => client.close())
  return client
}

async function errorOf(work: Promise<unknown>): Promise<ApiError> {
  try {
    await work
  } catch (thrown) {
    if (thrown instanceof SourceError) return thrown.error
    throw thrown
  }
  throw new Error('It did not fail.')
}

/** A server that writes JSON for ever, as fast as it is read, and tells how much it wrote and when its client was gone. */
async function endless(): Promise<{ url: string; written: () => number; gone: Promise<void> }> {
  let written = 0
  const { promise: gone, resolve: left } = Promise.withResolvers<void>()
  const chunk = Buffer.alloc(64 * 1024, 0x20)
  chunk[0] = 0x7b
  const pump = (response: ServerResponse): void => {
    let room = true
    while (room && !response.destroyed) {
      room = response.write(chunk)
      written += chunk.length
    }
    response.once('drain', () => pump(response))
  }
  const port = await listen(
    createServer((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.once('close', left)
      pump(response)
    }),
  )
  return { url: `http://127.0.0.1:${port}`, written: () => written, gone }
}

async function readAll(body: ReadableStream<Uint8Array>): Promise<number> {
  let size = 0
  for await (const chunk of body) size += chunk.length
  return size
}

const answerFine = (_: unknown, response: ServerResponse): void => void response.end('{"fine":true}')

describe('a stream from a server', () => {
  // Its body failed with nobody listening, which ended Clew, and fails the test run.
  it.each([
    [204, 'shop answered /x with nothing at all.'],
    [205, 'shop answered /x with nothing at all.'],
    [304, 'shop answered /x with 304 and nowhere to go on.'],
  ])('may be a status without a body: %i', async (status, message) => {
    const port = await listen(createServer((_, response) => response.writeHead(status).end()))
    const client = clientOf(`http://127.0.0.1:${port}`)
    expect(await errorOf(client.json('/x', anything, { signal }))).toMatchObject({ message })
  })

  it('stands still while its reader does', async () => {
    const server = await endless()
    const { body } = await clientOf(server.url).stream('/x', { signal })
    const reader = body.getReader()
    await reader.read()
    // What sockets and streams hold between them, and no more.
    let before = 0
    await expect
      .poll(() => server.written() === before || void (before = server.written()), { interval: 200 })
      .toBe(true)
    expect(before).toBeLessThan(30e6)
    await reader.cancel()
  })

  it('is closed at the server when its body is cancelled', async () => {
    const server = await endless()
    const { body } = await clientOf(server.url).stream('/x', { signal })
    await body.cancel()
    await server.gone
  })

  it('is closed at the server when its signal fires, and its reader hears of it', async () => {
    const server = await endless()
    const stopping = new AbortController()
    const { body } = await clientOf(server.url).stream('/x', { signal: stopping.signal })
    const reader = body.getReader()
    await reader.read()
    stopping.abort()
    expect(await errorOf(reader.read())).toMatchObject({ kind: 'cancelled' })
    await server.gone
  })

  it('is closed at the server when the client is', async () => {
    const server = await endless()
    const client = clientOf(server.url)
    const { body } = await client.stream('/x', { signal })
    await client.close()
    await server.gone
    expect(await errorOf(readAll(body))).toMatchObject({ kind: 'cancelled' })
  })

  it('is cut at its limit', async () => {
    const server = await endless()
    const { body } = await clientOf(server.url, {}, { limits: { streamBytes: 1e6 } }).stream('/x', { signal })
    expect(await errorOf(readAll(body))).toMatchObject({ kind: 'too-large' })
    await server.gone
  })

  it('that breaks off says after how many bytes', async () => {
    const port = await listen(
      createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' })
        response.write(`{${' '.repeat(9_999)}`, () => setTimeout(() => response.destroy(), 50))
      }),
    )
    const { body, lengthBytes } = await clientOf(`http://127.0.0.1:${port}`).stream('/x', { signal })
    expect(lengthBytes).toBe(100_000)
    expect(await errorOf(readAll(body))).toMatchObject({
      kind: 'cut-off',
      message: 'The answer of shop broke off after 10,000 bytes.',
    })
  })

  it('that breaks off within its first bytes gives what came, and says so', async () => {
    const port = await listen(
      createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' })
        response.write('{"data":[', () => setTimeout(() => response.destroy(), 50))
      }),
    )
    const { body, ended } = await clientOf(`http://127.0.0.1:${port}`).stream('/x', { signal })
    expect(ended).toBe(false)
    const reader = body.getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('{"data":[')
    expect(await errorOf(reader.read())).toMatchObject({
      kind: 'cut-off',
      message: 'The answer of shop broke off after 9 bytes.',
    })
  })
})

describe('a server', () => {
  it('that is not there has refused', async () => {
    const server = createServer()
    const port = await listen(server)
    await stop(server)
    const error = await errorOf(clientOf(`http://127.0.0.1:${port}`).json('/x', anything, { signal }))
    expect(error).toMatchObject({
      kind: 'refused',
      message: `shop refused the connection: nothing listens at 127.0.0.1:${port}.`,
    })
  })

  it('that was restarted is asked again without anyone noticing', async () => {
    const first = createServer(answerFine)
    const port = await listen(first)
    const client = clientOf(`http://127.0.0.1:${port}`)
    await client.json('/x', anything, { signal })
    await stop(first)
    await listen(createServer(answerFine), port)
    await expect(client.json('/x', anything, { signal })).resolves.toEqual({ fine: true })
  })

  it('that never answers is given up and its connection closed', async () => {
    const { promise: gone, resolve: left } = Promise.withResolvers<void>()
    const port = await listen(createServer((request) => void request.once('close', left)))
    const client = clientOf(`http://127.0.0.1:${port}`, { timeoutMs: 150 })
    expect(await errorOf(client.json('/x', anything, { signal }))).toMatchObject({ kind: 'timeout' })
    await gone
  })

  it('that speaks something else than HTTP is said to', async () => {
    const port = await listen(
      createTcpServer(
        (socket) =>
          void socket
            .resume()
            .on('error', () => undefined)
            .end('\u0000\u0000\u0012\u0004 HTTP/2 frames\r\n\r\n'),
      ),
    )
    const error = await errorOf(clientOf(`http://127.0.0.1:${port}`).json('/x', anything, { signal }))
    expect(error.kind).toBe('wrong-product')
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('that packs its answer with %s is unpacked', async (encoding, pack) => {
    const port = await listen(
      createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
        response.end(pack('{"fine":true}'))
      }),
    )
    const client = clientOf(`http://127.0.0.1:${port}`)
    await expect(client.json('/x', anything, { signal })).resolves.toEqual({ fine: true })
    expect((await client.stream('/x', { signal })).lengthBytes).toBeUndefined()
  })

  it('whose packed answer ends in the middle is cut off, and what failed is told in its own words all the same', async () => {
    const packed = gzipSync(JSON.stringify({ text: 'x'.repeat(99) + Math.PI }))
    const port = await listen(
      createServer((request, response) => {
        const fails = request.url === '/fails'
        response.writeHead(fails ? 500 : 200, {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        })
        response.end(fails ? gzipSync('{"error":"the disk is full"}') : packed.subarray(0, -12))
      }),
    )
    const client = clientOf(`http://127.0.0.1:${port}`)
    expect((await errorOf(client.json('/x', anything, { signal }))).kind).toBe('cut-off')
    expect((await errorOf(client.json('/fails', anything, { signal }))).detail).toContain('the disk is full')
  })

  it('behind the proxy of the environment is asked through it, this machine is not', async () => {
    const seen: string[] = []
    const proxy = await listen(
      createServer((request, response) => {
        seen.push(request.url ?? '')
        response.end('{"from":"proxy"}')
      }),
    )
    const direct = await listen(createServer((_, response) => void response.end('{"from":"server"}')))
    const environment = { HTTP_PROXY: `http://127.0.0.1:${proxy}` }
    await expect(
      clientOf('http://shop.test/p', {}, { environment }).json('/x', anything, { signal }),
    ).resolves.toEqual({ from: 'proxy' })
    await expect(
      clientOf(`http://127.0.0.1:${direct}`, {}, { environment }).json('/x', anything, { signal }),
    ).resolves.toEqual({ from: 'server' })
    expect(seen).toEqual(['http://shop.test/p/x'])
  })
})

async function tlsServer(
  { cert, key }: { cert: string; key: string },
  options: { requestCert?: boolean; ca?: string } = {},
): Promise<number> {
  return listen(
    createTlsServer({ cert, key, rejectUnauthorized: options.requestCert, ...options }, answerFine),
  )
}

describe('a certificate', () => {
  const none = { ca: '', clientCert: '', clientKey: '', skipVerify: false }

  const ask = (port: number, tls: Partial<SourceTarget['tls']>, host = 'localhost'): Promise<unknown> =>
    clientOf(`https://${host}:${port}`, { tls: { ...none, ...tls } }).json('/x', anything, { signal })

  const good = selfSigned({ hosts: ['localhost', '127.0.0.1'] })

  it('that is self-signed is refused, and taken when it is entered or not checked', async () => {
    const port = await tlsServer(good)
    expect(await errorOf(ask(port, {}))).toMatchObject({
      kind: 'certificate',
      message: 'The certificate of shop is self-signed, so nobody vouches for it.',
    })
    await expect(ask(port, { ca: good.cert })).resolves.toEqual({ fine: true })
    await expect(ask(port, { ca: good.cert }, '127.0.0.1')).resolves.toEqual({ fine: true })
    await expect(ask(port, { skipVerify: true })).resolves.toEqual({ fine: true })
  })

  it('that has expired is said to have', async () => {
    const old = selfSigned({ hosts: ['localhost'], notBefore: new Date(0), notAfter: new Date(86_400_000) })
    expect(await errorOf(ask(await tlsServer(old), { ca: old.cert }))).toMatchObject({
      kind: 'certificate',
      message: 'The certificate of shop has expired.',
    })
  })

  it('that is not valid yet is said not to be', async () => {
    const early = selfSigned({
      hosts: ['localhost'],
      notBefore: new Date('2100-01-01'),
      notAfter: new Date('2101-01-01'),
    })
    expect(await errorOf(ask(await tlsServer(early), { ca: early.cert }))).toMatchObject({
      kind: 'certificate',
      message: 'The certificate of shop is not valid yet.',
    })
  })

  it('for another host names the hosts it is for', async () => {
    const other = selfSigned({ hosts: ['a.example', 'b.example'] })
    expect(await errorOf(ask(await tlsServer(other), { ca: other.cert }))).toMatchObject({
      kind: 'certificate',
      message: 'The certificate of shop is for another host than localhost: it is for a.example, b.example.',
    })
  })

  it('of the client is sent, and its absence explained', async () => {
    const client = selfSigned({ hosts: ['client'] })
    const port = await tlsServer(good, { requestCert: true, ca: client.cert })
    const own = { ca: good.cert, clientCert: client.cert, clientKey: client.key }
    await expect(ask(port, own)).resolves.toEqual({ fine: true })
    expect(await errorOf(ask(port, { ca: good.cert }))).toMatchObject({
      kind: 'certificate',
      message: 'shop asks for a client certificate, and this connection has none.',
    })
    const stranger = selfSigned({ hosts: ['client'] })
    const wrong = { ca: good.cert, clientCert: stranger.cert, clientKey: stranger.key }
    // Node's server takes note of a certificate it does not know, and hangs up without a word.
    expect((await errorOf(ask(port, wrong))).advice).toContain('client certificate')
  })

  it('that cannot be read is said to be unreadable', async () => {
    const port = await tlsServer(good)
    expect(await errorOf(ask(port, { clientCert: 'nonsense', clientKey: good.key }))).toMatchObject({
      kind: 'certificate',
      message: 'A certificate or key entered for shop cannot be read, or the two do not belong together.',
    })
  })

  it('is not what fails when https is asked of a plain server, or http of a TLS one', async () => {
    const plain = await listen(createServer((_, response) => void response.end('{}')))
    expect(await errorOf(ask(plain, {}))).toMatchObject({
      kind: 'certificate',
      message: `What answers at localhost:${plain} does not speak TLS.`,
    })
    const secure = await tlsServer(good)
    const error = await errorOf(clientOf(`http://localhost:${secure}`).json('/x', anything, { signal }))
    expect(error.kind).toBe('refused')
    expect(error.advice).toContain('https')
  })
})
