/** What a person means by an address: typed in a hurry, copied from a browser's address bar, with or without a scheme. */
import type { SourceKind } from '#shared/api/contract'

export interface Address {
  /** http or https, with the path prefix, without trailing slash, user, password or query. */
  readonly url: string
  /** Guessed from port, host and path; undefined when nothing tells. */
  readonly kind: SourceKind | undefined
  /** From `user:password@` in the text; empty for none. They never go into the page's own URL. */
  readonly user: string
  readonly password: string
  /** Something worth saying before it is tried. */
  readonly note: string | undefined
}

/** Ports the servers listen on unless told otherwise, and those of Prometheus' relatives. */
const kindOfPort: Readonly<Record<string, SourceKind>> = {
  16686: 'jaeger',
  3200: 'tempo',
  9411: 'zipkin',
  3100: 'loki',
  9090: 'prometheus',
  9009: 'prometheus',
  10902: 'prometheus',
}

const kindOfWord: readonly (readonly [RegExp, SourceKind])[] = [
  [/jaeger/, 'jaeger'],
  [/tempo/, 'tempo'],
  [/zipkin/, 'zipkin'],
  [/loki|logs-prod/, 'loki'],
  [/prom(etheus)?(?![a-z])|mimir|thanos|cortex/, 'prometheus'],
]

/** Where pages and calls of the servers begin: everything before is the prefix. */
const knownEnds: readonly RegExp[] = [
  /\/loki\/api\/v1(\/.*)?$/,
  /\/api\/(v[123]|traces|services|operations|search|echo|status|dependencies|metrics)(\/.*)?$/,
  /\/(search|trace|monitor|system-architecture)(\/.*)?$/,
  /\/(graph|query|targets|alerts|-\/(ready|healthy))$/,
  /\/ready$/,
]

const receivingPorts = new Set(['4317', '4318', '14268', '14250'])

function withScheme(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text
  const host = /^(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)(:\d+)?/.exec(text)
  const isNear =
    host !== null &&
    (host[2] !== undefined || /^(localhost|\[|\d+\.\d+\.\d+\.\d+$)/.test(host[1]) || !host[1].includes('.'))
  return `${isNear ? 'http' : 'https'}://${text}`
}

/** A stray percent sign is part of the name, not a mistake. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause
    return text
  }
}

/** Reads an address; a sentence when it is none. */
export function readAddress(text: string): Address | { readonly error: string } {
  const trimmed = text.trim()
  if (trimmed === '') return { error: 'Enter the address of the server, such as http://localhost:16686.' }
  let url: URL
  try {
    url = new URL(withScheme(trimmed))
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return { error: `“${trimmed}” is not an address. One looks like http://localhost:16686.` }
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return { error: `Clew speaks http and https, not ${url.protocol.replace(':', '')}.` }
  let path = url.pathname
  for (const end of knownEnds) path = path.replace(end, '')
  const clean = `${url.protocol}//${url.host}${path.replace(/\/+$/, '')}`
  const said = `${url.hostname}${url.pathname}`.toLowerCase()
  return {
    url: clean,
    kind: kindOfPort[url.port] ?? kindOfWord.find(([word]) => word.test(said))?.[1],
    user: decode(url.username),
    password: decode(url.password),
    note: receivingPorts.has(url.port)
      ? `Port ${url.port} takes telemetry in; questions are usually answered on another port, such as 16686 for Jaeger or 3200 for Tempo.`
      : undefined,
  }
}
