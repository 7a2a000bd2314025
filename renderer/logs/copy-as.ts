/** A log query as others can ask it again. */
import type { Source } from '#shared/api/contract'
import type { LogRun } from '../state/log-run'
import { isServer } from '../state/sources'

/** In single quotes a shell changes nothing but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** A command that asks the server the same; secrets are left to whoever runs it. Undefined for what is no server. */
export function curlOf(
  source: Source,
  { query, window, order }: LogRun['question'],
  limit: number,
): string | undefined {
  if (!isServer(source)) return undefined
  const direction = order === 'newest' ? 'backward' : 'forward'
  const params = { query, start: window.startNs, end: window.endNs, limit: String(limit), direction }
  return [
    `curl -G ${quoted(`${source.url}/loki/api/v1/query_range`)}`,
    `-H 'X-Loki-Response-Encoding-Flags: categorize-labels'`,
    ...(source.tenant === '' ? [] : [`-H ${quoted(`X-Scope-OrgID: ${source.tenant}`)}`]),
    ...(source.auth.kind === 'bearer' ? [`-H "Authorization: Bearer $TOKEN"`] : []),
    ...(source.auth.kind === 'basic' ? [`-u ${quoted(source.auth.user)}`] : []),
    ...Object.entries(params).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`),
  ].join(' ')
}
