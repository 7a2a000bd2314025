/** How the connections to one server are made: certificates, proxies, and how many are kept. */
import { getCACertificates, rootCertificates } from 'node:tls'
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici'
import type { SourceTarget } from './target.ts'

/** Connections of one source. */
export interface Connections {
  readonly dispatcher: Dispatcher
  /** Requests may go through a proxy named in the environment. */
  readonly usesProxy: boolean
}

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
export function createConnections(
  target: SourceTarget,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Connections {
  const { hostname, protocol } = new URL(target.url)
  const tls =
    protocol === 'https:'
      ? {
          rejectUnauthorized: !target.tls.skipVerify,
          ca: authorities(target.tls.ca),
          cert: target.tls.clientCert === '' ? undefined : target.tls.clientCert,
          key: target.tls.clientKey === '' ? undefined : target.tls.clientKey,
        }
      : {}
  const options = {
    // Time-outs are kept in exchange.ts, where a reader that pauses does not count as a server that is slow.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 4_000,
    allowH2: false,
  }
  const connect = { ...tls, timeout: target.timeoutMs }
  const usesProxy = !isLoopback(hostname) && hasProxy(environment)
  return {
    usesProxy,
    dispatcher: usesProxy
      ? new EnvHttpProxyAgent({ ...options, connect, requestTls: tls })
      : new Agent({ ...options, connect }),
  }
}

function hasProxy(environment: Readonly<Record<string, string | undefined>>): boolean {
  return ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].some(
    (name) => (environment[name] ?? '') !== '',
  )
}

/**
 * `ca` replaces Node's own list, so that list and the one of the operating system (where companies put theirs, and which
 * every browser on the machine trusts) are added again.
 */
function authorities(extra: string): string[] {
  const known =
    typeof getCACertificates === 'function'
      ? new Set([...getCACertificates('default'), ...getCACertificates('system')])
      : rootCertificates
  return extra.trim() === '' ? [...known] : [...known, extra]
}
