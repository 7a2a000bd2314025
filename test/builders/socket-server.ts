/** The server's end of a WebSocket, as far as a tail needs it: it sends texts, and notices when the other end closes. */
import { createHash } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** One socket that is open. */
export interface ServerSocket {
  /** Path and query it was opened with. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly send: (text: string) => void
  /** Says goodbye, as a server that has had enough. */
  readonly close: () => void
  /** Hangs up without a word. */
  readonly breakOff: () => void
  /** The other end has closed it. */
  readonly closed: Promise<void>
}

/** Takes every WebSocket that is opened to the server. */
export function takeSockets(server: Server, take: (socket: ServerSocket) => void): void {
  server.on('upgrade', (request: IncomingMessage, stream: Duplex) => {
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const accept = createHash('sha1').update(key).digest('base64')
    stream.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    stream.on('error', () => stream.destroy())
    // Its frames are masked; of them only the goodbye (opcode 8) matters.
    stream.on('data', (bytes: Buffer) => {
      if ((bytes[0] & 15) === 8) stream.end()
    })
    const { promise: closed, resolve: close } = Promise.withResolvers<void>()
    stream.on('close', close)
    take({
      closed,
      path: request.url ?? '',
      headers: request.headers,
      send: (text) => stream.write(frame(1, Buffer.from(text))),
      close: () => stream.end(frame(8, Buffer.from([3, 232]))),
      breakOff: () => stream.destroy(),
    })
  })
}

function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload
  const head =
    length < 126
      ? Buffer.from([128 | opcode, length])
      : length < 65_536
        ? Buffer.from([128 | opcode, 126, length >> 8, length & 255])
        : Buffer.from([128 | opcode, 127, 0, 0, 0, 0, ...uint32(length)])
  return Buffer.concat([head, payload])
}

const uint32 = (value: number): number[] => [
  value >>> 24,
  (value >> 16) & 255,
  (value >> 8) & 255,
  value & 255,
]
