/** A query as other tools can ask it again: a command, a page of Grafana. Secrets are left to whoever asks. */
import type { ServerSource, Source } from '#shared/api/contract'
import type { LogWindow } from '#shared/api/logs'

interface OverTime {
  readonly query: string
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly stepMs: number
}

/** A query as it was asked of a source. */
export type AskedQuery =
  | ({ readonly kind: 'metrics' } & OverTime)
  /** Numbers counted from lines. */
  | ({ readonly kind: 'log-metric' } & OverTime)
  | {
      readonly kind: 'lines'
      readonly query: string
      readonly window: LogWindow
      readonly order: 'newest' | 'oldest'
      readonly limit: number
    }

/** In single quotes a shell changes nothing but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** `X-Api-Key` → `$X_API_KEY`, for the shell to fill in. */
const placeholder = (header: string): string => `"$${header.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}"`

function paramsOf(asked: AskedQuery): Readonly<Record<string, string>> {
  const { kind, query } = asked
  if (kind === 'lines') {
    const { window, order, limit } = asked
    const direction = order === 'newest' ? 'backward' : 'forward'
    return { query, start: window.startNs, end: window.endNs, limit: String(limit), direction }
  }
  const { startMs, endMs } = asked.window
  const step = String(asked.stepMs / 1_000)
  return kind === 'metrics'
    ? { query, start: String(startMs / 1_000), end: String(endMs / 1_000), step }
    : { query, start: `${Math.round(startMs)}000000`, end: `${Math.round(endMs)}000000`, step }
}

function headersOf({ tenant, auth, headers, tls }: ServerSource): readonly string[] {
  return [
    ...(tenant === '' ? [] : [`-H ${quoted(`X-Scope-OrgID: ${tenant}`)}`]),
    ...(auth.kind === 'bearer' ? [`-H 'Authorization: Bearer '"$TOKEN"`] : []),
    // It asks for the password.
    ...(auth.kind === 'basic' ? [`-u ${quoted(auth.user)}`] : []),
    ...headers.map(({ name }) => `-H ${quoted(`${name}: `)}${placeholder(name)}`),
    ...(tls.skipVerify ? ['-k'] : []),
    ...(tls.ca === '' ? [] : ['--cacert ca.pem']),
    ...(tls.clientCert === '' ? [] : ['--cert client.pem --key client.key']),
  ]
}

/** A command that asks the server the same. Undefined for what is no server. */
export function curlOf(source: Source, asked: AskedQuery): string | undefined {
  if (!('url' in source)) return undefined
  const path = asked.kind === 'metrics' ? '/api/v1/query_range' : '/loki/api/v1/query_range'
  return [
    `curl -G ${quoted(`${source.url}${path}`)}`,
    ...(asked.kind === 'lines' ? [`-H 'X-Loki-Response-Encoding-Flags: categorize-labels'`] : []),
    ...headersOf(source),
    ...Object.entries(paramsOf(asked)).map(
      ([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`,
    ),
  ].join(' ')
}

/** Scheme, host with its port, and path; who is named before an `@` is left out. */
const address =
  /^(?:(https?):\/\/)?(?:[^/?#]*@)?((?:[^\s/?#@:]+|\[[\da-f:.]+\])(?::\d+)?)(\/[^\s?#]*)?(?:[?#]\S*)?$/i

/** Where a Grafana is, from its address or that of any of its pages; undefined where it is none. Holds no user, password or query. */
export function grafanaBase(text: string): string | undefined {
  const found = address.exec(text.trim())
  if (!found) return undefined
  const [, scheme = 'https', host, path = ''] = found
  const prefix = path.replace(/\/(explore|d|dashboards|login|alerting|connections)(\/.*)?$/, '')
  return `${scheme.toLowerCase()}://${host}${prefix.replace(/\/+$/, '')}`
}

const msOf = (ns: string): string => ns.slice(0, -6)

/** The page of Grafana's Explore that asks the same; `datasource` is what the source is called there, empty for whichever comes first. */
export function exploreUrl(base: string, datasource: string, asked: AskedQuery): string {
  const type = asked.kind === 'metrics' ? 'prometheus' : 'loki'
  const named = datasource.trim()
  const query = {
    refId: 'A',
    expr: asked.query,
    editorMode: 'code',
    ...(type === 'loki' ? { queryType: 'range' } : { range: true }),
    datasource: named === '' ? { type } : { type, uid: named },
  }
  const range =
    asked.kind === 'lines'
      ? { from: msOf(asked.window.startNs), to: msOf(asked.window.endNs) }
      : { from: String(Math.round(asked.window.startMs)), to: String(Math.round(asked.window.endMs)) }
  const pane = { ...(named === '' ? {} : { datasource: named }), queries: [query], range }
  return `${base}/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify({ clew: pane }))}&orgId=1`
}
