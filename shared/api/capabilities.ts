import type { Capabilities, SourceKind } from '#shared/api/contract'

const none: Capabilities = {
  traces: false,
  logs: false,
  metrics: false,
  traceql: false,
  vocabulary: false,
  dependencies: false,
  needsService: false,
  newestFirst: false,
}

const embedded: Capabilities = {
  ...none,
  traces: true,
  logs: true,
  metrics: true,
  traceql: true,
  vocabulary: true,
  dependencies: true,
  newestFirst: true,
}

const byKind: Readonly<Record<SourceKind, Capabilities>> = {
  jaeger: { ...none, traces: true, dependencies: true, needsService: true },
  tempo: { ...none, traces: true, traceql: true, vocabulary: true, newestFirst: true },
  zipkin: { ...none, traces: true, dependencies: true, newestFirst: true },
  loki: { ...none, logs: true },
  prometheus: { ...none, metrics: true },
  local: embedded,
  files: embedded,
}

/** What a source of this kind can answer. */
export function capabilitiesOf(kind: SourceKind): Capabilities {
  return byKind[kind]
}
