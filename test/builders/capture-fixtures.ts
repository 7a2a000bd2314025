/**
 * Writes the fixtures that real servers answer with: starts Jaeger, Tempo and Zipkin, feeds them the hand-written traces, and keeps
 * their answers byte by byte. Run it with `node test/builders/capture-fixtures.ts` after `node test/servers/build.ts`.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { type Backend, startBackend } from '../servers/backends.ts'

const fixtures = new URL('../fixtures/', import.meta.url)
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const ZIPKIN_ID = '000000000000000a0000000000000b0c'

await using started = new AsyncDisposableStack()

async function start(kind: 'jaeger' | 'tempo' | 'zipkin'): Promise<Backend> {
  return started.adopt(await startBackend(kind), (backend) => backend.stop())
}

/** Sends a fixture file to a server. */
async function feed(url: string, file: string): Promise<void> {
  const body = await readFile(new URL(file, fixtures))
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
}

/** Keeps an answer, once it holds what was fed. */
async function capture(url: string, file: string, holds: string, accept?: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt++) {
    const response = await fetch(url, accept === undefined ? {} : { headers: { accept } })
    const bytes = Buffer.from(await response.arrayBuffer())
    if (response.ok && bytes.includes(holds)) {
      await writeFile(new URL(file, fixtures), bytes)
      console.log(`${file}: ${bytes.length} bytes`)
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`${url} did not answer with ${holds}`)
}

const jaeger = await start('jaeger')
await feed(`${jaeger.otlpUrl}/v1/traces`, 'otlp/checkout.json')
await capture(`${jaeger.url}/api/traces/${TRACE_ID}`, 'jaeger/checkout.json', 'orders process')
await capture(`${jaeger.url}/api/v3/traces/${TRACE_ID}`, 'jaeger/checkout-v3.json', 'orders process')
await capture(`${jaeger.url}/api/traces?service=nobody`, 'jaeger/none-found.json', 'data')

const tempo = await start('tempo')
await feed(`${tempo.otlpUrl}/v1/traces`, 'otlp/checkout.json')
await capture(`${tempo.url}/api/traces/${TRACE_ID}`, 'tempo/checkout-v1.json', 'orders process')
await capture(`${tempo.url}/api/v2/traces/${TRACE_ID}`, 'tempo/checkout-v2.json', 'orders process')
const protobuf = 'application/protobuf'
await capture(`${tempo.url}/api/traces/${TRACE_ID}`, 'tempo/checkout-v1.pb', 'orders process', protobuf)
await capture(`${tempo.url}/api/v2/traces/${TRACE_ID}`, 'tempo/checkout-v2.pb', 'orders process', protobuf)
await capture(`${tempo.url}/api/v2/traces/1`, 'tempo/none-found-v2.json', 'trace')

const zipkin = await start('zipkin')
await feed(`${zipkin.url}/api/v2/spans`, 'zipkin/orders.source.json')
await capture(`${zipkin.url}/api/v2/trace/${ZIPKIN_ID}`, 'zipkin/orders.json', 'on-message')
await capture(
  `${zipkin.url}/api/v2/traces?endTs=1793000100000&lookback=1000000&limit=10`,
  'zipkin/orders-search.json',
  'on-message',
)
