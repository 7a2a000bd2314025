/** How the connections to one server are made: certificates, proxies, and how many are kept. */
import { createSecureContext, getCACertificates, rootCertificates, type SecureContext } from 'node:tls'
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici'
import type { SourceTarget } from './target.ts'
import { tlsRefusal } from './tls-refusal.ts'

/** Connections of one source. */
export interface Connections {
  readonly dispatcher: Dispatcher
  /** Requests may go through a proxy named in the environment. */
  readonly usesProxy: boolean
  /** Why the server hangs up during or after the handshake; undefined where that cannot be or need not be found out. */
  readonly refusal: ((signal: AbortSignal) => Promise<Error | undefined>) | undefined
}

/** Where HTTP_PROXY, HTTPS_PROXY and NO_PROXY are looked up. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Names for this machine itself. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  )
}

/** Opens nothing yet; the dispatcher connects when it is first asked. */
export function createConnections(target: SourceTarget, environment: Environment = process.env): Connections {
  const url = new URL(target.url)
  const { hostname } = url
  const tls = url.protocol === 'https:' ? tlsOptions(target) : undefined
  const options = {
    // Time-outs are kept in exchange.ts, where a reader that pauses does not count as a server that is slow.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 4_000,
    allowH2: false,
  }
  const connect = { ...tls, timeout: target.timeoutMs }
  const httpProxy = environment['http_proxy'] ?? environment['HTTP_PROXY']
  const httpsProxy = environment['https_proxy'] ?? environment['HTTPS_PROXY']
  const noProxy = environment['no_proxy'] ?? environment['NO_PROXY']
  const usesProxy = !isLoopback(hostname) && ((httpProxy ?? '') !== '' || (httpsProxy ?? '') !== '')
  return {
    usesProxy,
    refusal: tls === undefined || usesProxy ? undefined : (signal) => tlsRefusal(url, tls, signal),
    dispatcher: usesProxy
      ? new EnvHttpProxyAgent({ ...options, connect, requestTls: tls ?? {}, httpProxy, httpsProxy, noProxy })
      : new Agent({ ...options, connect }),
  }
}

interface TlsConnect {
  readonly rejectUnauthorized: boolean
  readonly secureContext?: SecureContext
  readonly ca?: string[]
  readonly cert?: string
  readonly key?: string
}

/**
 * One context for all connections of a source: with the 270 authorities of a plain machine each takes 20 to 40 ms to make.
 * What cannot be read is left to the connecting, whose error says so beside the request.
 */
function tlsOptions({ tls }: SourceTarget): TlsConnect {
  const rejectUnauthorized = !tls.skipVerify
  const files = {
    ca: authorities(tls.ca),
    cert: tls.clientCert === '' ? undefined : tls.clientCert,
    key: tls.clientKey === '' ? undefined : tls.clientKey,
  }
  try {
    return { rejectUnauthorized, secureContext: createSecureContext(files) }
  } catch {
    return { rejectUnauthorized, ...files }
  }
}

/**
 * `ca` replaces Node's own list, so that list and the one of the operating system (where companies put theirs, and which
 * every browser on the machine trusts) are added again. Reading them takes 130 ms, once.
 */
function authorities(extra: string): string[] {
  known ??=
    typeof getCACertificates === 'function'
      ? [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
      : [...rootCertificates]
  return extra.trim() === '' ? known : [...known, extra]
}
let known: string[] | undefined
