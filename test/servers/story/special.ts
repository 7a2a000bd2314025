/** Traces that are hard for a client: odd ids, a trace in two servers, one over Tempo's size limit. */
import { type FedTrace, type Random, TraceWriter } from './span.ts'

/** A three-span trace of a service of its own, so that a search by service finds it alone. */
export function writeSmall(traceId: string, service: string, startNs: bigint, random: Random): FedTrace {
  const trace = new TraceWriter(traceId, startNs, random)
  const root = trace.add({
    service,
    name: 'nightly-job',
    kind: 'internal',
    atMs: 0,
    forMs: 40,
    attributes: { 'job.name': service },
  })
  trace.add({ parent: root, name: 'read', atMs: 2, forMs: 10 })
  trace.add({ parent: root, name: 'write', atMs: 15, forMs: 20 })
  return trace
}

/** Twenty spans in a row under one root; `split` sends some to each of two servers. */
export function writeShared(traceId: string, startNs: bigint, random: Random): FedTrace {
  const trace = new TraceWriter(traceId, startNs, random)
  const root = trace.add({
    service: 'shipping-service',
    name: 'POST /shipments',
    kind: 'server',
    atMs: 0,
    forMs: 400,
  })
  for (let step = 0; step < 19; step++)
    trace.add({
      parent: root,
      service: step < 10 ? 'shipping-service' : 'carrier-service',
      name: `step ${step + 1}`,
      atMs: 10 + step * 20,
      forMs: 18,
    })
  return trace
}

/** The first 12 spans, and the last 12: each holder lacks 8, both hold 4, and the second one lacks the root. */
export function split(trace: FedTrace): { readonly first: FedTrace; readonly second: FedTrace } {
  return {
    first: { traceId: trace.traceId, spans: trace.spans.slice(0, 12) },
    second: { traceId: trace.traceId, spans: trace.spans.slice(-12) },
  }
}

/** A batch job of `spanCount` spans over three levels, with texts long enough that 20,000 of them pass 5 MB as protobuf. */
export function writeLarge(traceId: string, startNs: bigint, random: Random, spanCount: number): FedTrace {
  const trace = new TraceWriter(traceId, startNs, random)
  const perChunk = 100
  const root = trace.add({
    service: 'batch-service',
    name: 'reindex catalog',
    kind: 'internal',
    atMs: 0,
    forMs: spanCount,
  })
  for (let chunk = 0; trace.spans.length < spanCount; chunk++) {
    const atMs = chunk * perChunk
    const parent = trace.add({
      parent: root,
      name: 'reindex chunk',
      atMs,
      forMs: perChunk - 1,
      attributes: { 'batch.chunk': chunk },
    })
    for (let row = 0; row < perChunk - 1 && trace.spans.length < spanCount; row++)
      trace.add({
        parent,
        service: 'catalog-service',
        name: 'UPDATE products',
        kind: 'client',
        atMs: atMs + row,
        forMs: 0.8,
        attributes: {
          'db.system.name': 'postgresql',
          'db.operation.name': 'UPDATE',
          'db.collection.name': 'products',
          'db.query.text': `UPDATE products SET search_text = to_tsvector('english', $1), indexed_at = now() WHERE sku = $2 /* chunk ${chunk} row ${row} */`,
          'db.response.returned_rows': 1,
        },
      })
  }
  return trace
}
