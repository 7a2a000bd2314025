/**
 * Why a server hung up right after the handshake. In TLS 1.3 a server that misses a client certificate says so after the client has
 * already sent its request, and then resets the connection, which often destroys the alert before it is read. Whoever connects and
 * keeps silent always gets to read it.
 */
import { isIP } from 'node:net'
import { connect, type ConnectionOptions } from 'node:tls'

/** A server that has nothing to object says nothing; this is how long that is listened to. */
const patienceMs = 1000

/** The server's objection as Node words it; undefined when it has none. */
export function tlsRefusal(
  url: URL,
  options: ConnectionOptions,
  signal: AbortSignal,
): Promise<Error | undefined> {
  const host = url.hostname.replaceAll(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    const socket = connect({
      ...options,
      host,
      port: Number(url.port === '' ? 443 : url.port),
      // A name is needed for servers with several certificates; an address may not stand there.
      servername: isIP(host) === 0 ? host : '',
    })
    const finish = (error?: Error): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', give)
      socket.destroy()
      resolve(error)
    }
    const give = (): void => finish()
    const timer = setTimeout(give, patienceMs)
    signal.addEventListener('abort', give, { once: true })
    socket.on('error', finish)
    socket.on('close', give)
    socket.resume()
  })
}
