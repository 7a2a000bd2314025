import type { ServerKind } from '#shared/api/contract'
import type { Backend } from './backend.ts'
import type { SourceClient } from './http.ts'
import { withDeadlines } from './deadline.ts'
import { createJaeger } from './jaeger.ts'
import { createLoki } from './loki.ts'
import { createPrometheus } from './prometheus.ts'
import { createTempo } from './tempo.ts'
import { createZipkin } from './zipkin.ts'

const creators: Readonly<Record<ServerKind, (client: SourceClient) => Backend>> = {
  jaeger: createJaeger,
  tempo: createTempo,
  zipkin: createZipkin,
  loki: createLoki,
  prometheus: createPrometheus,
}

/** The backend that fits the kind of the client's source. */
export function createBackend(client: SourceClient): Backend {
  const { kind, timeoutMs } = client.target
  return withDeadlines(creators[kind](client), timeoutMs)
}
