/**
 * What people paste where an address is asked for, as the address the API hangs under: a page of the server's own UI, an API call,
 * or a data source of Grafana, all lead to the base. `shared` has no `URL`, so the address is taken apart here; the handler checks the
 * result with the platform's parser as well.
 */
import type { ServerKind } from '#shared/api/contract'

/** A pasted address, read. */
export type CleanedUrl =
  | {
      readonly kind: 'url'
      /** http or https, lower-case host, with the path prefix, without a trailing slash, user, password, query or fragment. */
      readonly url: string
      /** What stood before an `@`: to be moved into basic authentication. */
      readonly credentials: { readonly user: string; readonly password: string } | undefined
      /** Which server it looks like, from its path or usual port. */
      readonly guess: ServerKind | undefined
    }
  | { readonly kind: 'refused'; readonly message: string; readonly advice: string }

/** Usual ports of each kind's HTTP API. */
export const usualPorts: Readonly<Record<ServerKind, number>> = {
  jaeger: 16686,
  tempo: 3200,
  loki: 3100,
  prometheus: 9090,
  zipkin: 9411,
}

/**
 * Where a path stops being a prefix and starts being the server's own: pages of its UI and calls of its API. A page word counts
 * only where the rest of the path fits it, so that a prefix such as `/search/jaeger` stays whole.
 */
const tails: readonly { readonly kind: ServerKind; readonly tail: RegExp }[] = [
  { kind: 'loki', tail: /\/(loki\/api\/v1|loki\/api|otlp\/v1\/logs|api\/prom)(\/.*)?$/ },
  {
    kind: 'zipkin',
    tail: /\/(api\/v2\/(spans|services|traces|traceMany|trace\/[^/]+|dependencies)|config\.json)$/,
  },
  { kind: 'zipkin', tail: /(?<=\/zipkin)\/(traces\/[^/]+|dependency|index\.html)$/ },
  { kind: 'jaeger', tail: /\/api\/(v3\/.*|v3|services.*|operations|dependencies|traces\/?)$/ },
  {
    kind: 'tempo',
    tail: /\/api\/(v2\/(search|traces)|search|echo|metrics\/(query|query_range)|overrides)(\/.*)?$/,
  },
  { kind: 'prometheus', tail: /\/api\/v1(\/.*)?$/ },
  {
    kind: 'jaeger',
    tail: /\/(trace\/[^/]+|trace|search|dependencies|system-architecture|monitor|quality-metrics|compare(\/[^/]+)?)$/,
  },
  {
    kind: 'prometheus',
    tail: /\/(graph|query|alerts|rules|targets|tsdb-status|runtime-info|flags|config|service-discovery|status|federate|classic\/.*)$/,
  },
]

/** Pages and calls that several products have, so that they tell nothing of which it is. */
const commonTail =
  /\/(api\/traces\/[^/]+|api|ready|-\/ready|-\/healthy|health|metrics|status\/.*|index\.html)$/

/** Reads a pasted address; `kind` is what the person said the server is, where that is known. */
export function cleanSourceUrl(text: string, kind?: ServerKind): CleanedUrl {
  const trimmed = text.trim()
  if (trimmed === '') {
    return refuse('The address is empty.', 'Enter the address of the server, such as http://localhost:16686.')
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return refuse(`An address that starts with ${scheme}:// cannot be asked.`, schemeAdvice(scheme))
  }
  const word = schemesWithoutHost.exec(trimmed)?.[1]
  if (word !== undefined)
    return refuse(`An address that starts with ${word.toLowerCase()}: cannot be asked.`, schemeAdvice(word))
  const parts =
    /^(?:https?:\/\/)?(?:([^/?#]*)@)?(\[[0-9a-f:.%]+\]|[^:/?#\\\s[\]]+)(?::(\d{1,5}))?([/?#][^\s]*)?$/i.exec(
      trimmed,
    )
  if (parts === null) {
    return refuse(
      `“${short(withoutUserInfo(trimmed))}” is not an address.`,
      'Enter it as http://HOST:PORT, with a path behind it if the server has one.',
    )
  }
  const [, userInfo, hostText, portText, rest = ''] = parts
  if (leavesItsPlace(rest))
    return refuse(
      'The path of the address has a step up or aside in it (“..”, “.” or “\\”).',
      'Enter the path as it is in the end.',
    )
  const host = hostText.toLowerCase()
  const port = portText === undefined ? undefined : Number(portText)
  if (port !== undefined && (port < 1 || port > 65535)) {
    return refuse(`There is no port ${portText}.`, 'Ports go from 1 to 65535.')
  }
  if (port === 4317 || port === 4318) {
    return refuse(
      `Port ${port} is where a server takes traces in; it gives none out.`,
      `Enter the port of the query API: ${usualPorts.jaeger} for Jaeger, ${usualPorts.tempo} for Tempo.`,
    )
  }
  const protocol = scheme ?? (isNear(host) || (port !== undefined && port !== 443) ? 'http' : 'https')
  const defaultPort = protocol === 'http' ? 80 : 443
  const origin = `${protocol}://${host}${port === undefined || port === defaultPort ? '' : `:${port}`}`
  const { path, guess } = basePath(rest, kind)
  return {
    kind: 'url',
    url: origin + path,
    credentials: readCredentials(userInfo),
    guess: guess ?? kindOfPort(port),
  }
}

/** They would be read as a host with a port. */
const schemesWithoutHost = /^(javascript|vbscript|mailto|about|blob|view-source):/i

/** Whether platforms would read another path than the one that is shown. */
function leavesItsPlace(rest: string): boolean {
  const path = decode(/^[^?#]*/.exec(rest)?.[0] ?? '')
  return path.includes('\\') || path.split('/').some((step) => step === '..' || step === '.')
}

function refuse(message: string, advice: string): CleanedUrl {
  return { kind: 'refused', message, advice }
}

function schemeAdvice(scheme: string): string {
  if (scheme === 'grpc' || scheme === 'grpcs')
    return 'Enter the address of the HTTP API instead: it has its own port.'
  return 'Enter an address that starts with http:// or https://.'
}

/** An address as it may be shown: whatever stands before the last `@` may be a password. */
export const withoutUserInfo = (text: string): string =>
  text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, (_, scheme = '') => `${scheme}…@`)

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** Hosts that are reached without TLS as a rule: this machine, private networks, names without a dot. */
function isNear(host: string): boolean {
  return (
    !host.includes('.') ||
    /^(127|10)\./.test(host) ||
    host.startsWith('192.168.') ||
    /^172\.(1[6-9]|2\d|3[01])\./.test(host) ||
    host.endsWith('.localhost') ||
    host.endsWith('.local')
  )
}

function readCredentials(userInfo: string | undefined): { user: string; password: string } | undefined {
  if (userInfo === undefined || userInfo === '') return undefined
  const colon = userInfo.indexOf(':')
  const user = colon === -1 ? userInfo : userInfo.slice(0, colon)
  const password = colon === -1 ? '' : userInfo.slice(colon + 1)
  return { user: decode(user), password: decode(password) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A bare % that is no escape: people type passwords as they are.
    return text
  }
}

function kindOfPort(port: number | undefined): ServerKind | undefined {
  return (Object.keys(usualPorts) as ServerKind[]).find((kind) => usualPorts[kind] === port)
}

function basePath(
  rest: string,
  kind: ServerKind | undefined,
): { path: string; guess: ServerKind | undefined } {
  const whole = /^[^?#]*/.exec(rest)?.[0] ?? ''
  const grafana = grafanaProxy(whole, rest)
  if (grafana !== undefined) return { path: grafana, guess: undefined }
  const path = stripSlashes(whole)
  for (const { kind: tailKind, tail } of tails) {
    if (kind !== undefined && kind !== tailKind) continue
    const match = tail.exec(path)
    if (match !== null) return { path: stripSlashes(path.slice(0, match.index)), guess: tailKind }
  }
  const common = commonTail.exec(path)
  const base = common === null ? path : stripSlashes(path.slice(0, common.index))
  return { path: base, guess: base.endsWith('/zipkin') ? 'zipkin' : undefined }
}

function stripSlashes(path: string): string {
  return path.replace(/\/+$/, '')
}

/** A data source of Grafana, from its proxy address, its settings page, or an Explore link. */
function grafanaProxy(path: string, rest: string): string | undefined {
  const proxy = /^(.*\/api\/datasources\/proxy\/(?:uid\/)?[^/]+)/.exec(path)
  if (proxy !== null) return proxy[1]
  const resources = /^(.*\/api\/datasources)\/uid\/([^/]+)/.exec(path)
  if (resources !== null) return `${resources[1]}/proxy/uid/${resources[2]}`
  const page = /^(.*?)\/(?:connections\/)?datasources\/edit\/([^/]+)/.exec(path)
  if (page !== null) return `${page[1]}/api/datasources/proxy/uid/${page[2]}`
  const explore = /^(.*)\/explore\/?$/.exec(path)
  const uid =
    explore === null ? undefined : /"datasource":(?:\{[^{}]*?"uid":)?"([\w-]+)"/.exec(decode(rest))?.[1]
  return uid === undefined ? undefined : `${explore?.[1]}/api/datasources/proxy/uid/${uid}`
}
