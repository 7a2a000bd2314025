/** What a new connection starts with, wherever it is made: the page, the start page, the command line. */
import type { ServerKind, SourceInput, SourceKind } from '#shared/api/contract'

export const defaultTimeoutMs = 30_000

/** How each kind is called: servers by their product. */
export const productNames: Readonly<Record<SourceKind, string>> = {
  jaeger: 'Jaeger',
  tempo: 'Tempo',
  zipkin: 'Zipkin',
  loki: 'Loki',
  prometheus: 'Prometheus',
  local: 'Embedded',
  files: 'Files',
}

/** The name it gets when none is typed: the product's, with the host where that is taken, with a number where that is taken too. */
export function defaultName(kind: ServerKind, url: string, taken: readonly string[]): string {
  const plain = productNames[kind]
  if (!taken.includes(plain)) return plain
  const host = /^https?:\/\/([^/?#\s]+)/.exec(url)?.[1]
  const withHost = host === undefined ? plain : `${plain} ${host}`
  if (!taken.includes(withHost)) return withHost
  let number = 2
  while (taken.includes(`${withHost} ${number}`)) number++
  return `${withHost} ${number}`
}

/** A connection with nothing but an address; `taken` are the names there are. */
export function plainSource(kind: ServerKind, url: string, taken: readonly string[]): SourceInput {
  return {
    kind,
    name: defaultName(kind, url, taken),
    url,
    auth: { kind: 'none' },
    headers: [],
    tenant: '',
    tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
    timeoutMs: defaultTimeoutMs,
  }
}
