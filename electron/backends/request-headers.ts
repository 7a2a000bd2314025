import type { ServerKind } from '#shared/api/contract'
import { failure } from './source-error.ts'
import { isLoopback } from './dispatcher.ts'
import type { SourceTarget } from './target.ts'

/** Jaeger has a tenant header of its own, Zipkin has no tenants; the others share Cortex's. */
const tenantHeaders: Readonly<Record<ServerKind, string | undefined>> = {
  jaeger: 'x-tenant',
  tempo: 'x-scope-orgid',
  loki: 'x-scope-orgid',
  prometheus: 'x-scope-orgid',
  zipkin: undefined,
}

/** What every request to a source carries. Throws a SourceError, without the value, when one cannot be sent. */
export function requestHeaders(target: SourceTarget, accept: string): Record<string, string> {
  const headers: Record<string, string> = { accept, 'user-agent': 'clew' }
  // On this machine packing and unpacking costs more than the bytes it saves.
  if (isLoopback(new URL(target.url).hostname)) headers['accept-encoding'] = 'identity'
  const { auth } = target
  if (auth.kind === 'basic') {
    headers['authorization'] = `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`
  }
  if (auth.kind === 'bearer') headers['authorization'] = `Bearer ${auth.token}`
  const tenantHeader = tenantHeaders[target.kind]
  if (target.tenant !== '' && tenantHeader !== undefined) headers[tenantHeader] = target.tenant
  for (const { name, value } of target.headers) headers[name.toLowerCase()] = value
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw failure(
        'bad-request',
        `The value of ${name} for ${target.name} has a character that no header can carry.`,
        'Enter it again in the connection settings, without line breaks.',
      )
    }
  }
  return headers
}
