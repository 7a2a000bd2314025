import type { SourceInput, SourceKind } from '#shared/api/contract'
import type { ConnectRequest } from './command-line.ts'

const productNames: Readonly<Record<SourceKind, string>> = {
  jaeger: 'Jaeger',
  tempo: 'Tempo',
  zipkin: 'Zipkin',
  loki: 'Loki',
  prometheus: 'Prometheus',
}

/** A `--connect` request as a connection: no secrets, the usual timeout, a name made of product and host. */
export function runSource({ kind, url }: ConnectRequest): SourceInput {
  return {
    name: `${productNames[kind]} at ${new URL(url).host}`,
    kind,
    url,
    auth: { kind: 'none' },
    headers: [],
    tenant: '',
    tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
    timeoutMs: 30_000,
  }
}
