/** A Jaeger of the first generation that holds the traces it is given. */
import { jaegerAnswers, startServer, text, type Answer, type FakeServer } from './fake-servers.ts'

/** Sends a document in pieces, so long apart. */
export interface Slowly {
  readonly pieces: number
  readonly everyMs: number
}

/** Starts it; documents by trace id. A trace it does not hold is answered as Jaeger does. */
export function startJaeger(
  documents: Readonly<Record<string, string>>,
  slowly?: Slowly,
): Promise<FakeServer> {
  return startServer(jaegerWith(documents, slowly))
}

export function jaegerWith(documents: Readonly<Record<string, string>>, slowly?: Slowly): Answer {
  const others = jaegerAnswers([])
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0]
    if (path.startsWith('/api/v3/traces')) return text('404 page not found', 404)(request, response)
    const id = /^\/api\/traces\/([0-9a-f]+)$/.exec(path)?.[1]
    const document = id === undefined ? undefined : documents[id]
    if (document === undefined) return others(request, response)
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(document),
    })
    if (!slowly) return void response.end(document)
    const length = Math.ceil(document.length / slowly.pieces)
    let at = 0
    const timer = setInterval(() => {
      response.write(document.slice(at, at + length))
      at += length
      if (at < document.length) return
      clearInterval(timer)
      response.end()
    }, slowly.everyMs)
    response.on('close', () => clearInterval(timer))
    return undefined
  }
}
