/** A loopback server that holds one trace, as a Jaeger of before API v3 does; and an empty page from which its bytes can be fetched. */
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GeneratedFile } from './generated-file.ts'

/** Runs `work` with the address of a server that answers for every trace id with this file. */
export async function withTraceServer<Result>(
  file: GeneratedFile,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    if (path.startsWith('/api/traces/')) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': file.bytes })
      createReadStream(file.path, { highWaterMark: 1 << 18 }).pipe(response)
    } else if (path === '/api/services') {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"data":["frontend"],"errors":null}')
    } else if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>')
    } else response.writeHead(404).end('404 page not found')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
