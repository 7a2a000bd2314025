/** Secrets on their way in and out: what the page sends becomes a target, what goes to the page has none. */
import type { Auth, Secret, ServerSource, SourceInput } from '#shared/api/contract'
import { capabilitiesOf } from '#shared/api/capabilities'
import { staysSafe } from '#shared/api/kept-secrets'
import type { SourceTarget, TargetAuth } from '../backends/target.ts'
import type { StoredSource } from './stores.ts'

/** A person's input cannot be used; the message is a sentence for the screen that names the field. */
export class InputError extends Error {
  readonly advice: string
  constructor(message: string, advice: string) {
    super(message)
    this.name = 'InputError'
    this.advice = advice
  }
}

/**
 * An input as a target. `kept` secrets come from `stored`; where the address now names another host or port, or plain
 * http after https, they are not sent there: the person must enter them again.
 */
export function withSecrets(input: SourceInput, id: string, stored: SourceTarget | undefined): SourceTarget {
  const mayKeep = stored !== undefined && staysSafe(new URL(stored.url), new URL(input.url))
  const secret = (value: Secret, kept: string | undefined, field: string): string => {
    if (value.kind === 'new') return value.value
    if (value.kind === 'none') return ''
    if (stored !== undefined && !mayKeep) {
      throw new InputError(
        `The address now names another server than the one the ${field} was kept for.`,
        `Enter the ${field} again.`,
      )
    }
    if (kept === undefined) {
      throw new InputError(`There is no ${field} kept for this connection.`, `Enter the ${field}.`)
    }
    return kept
  }
  return {
    id,
    name: input.name,
    kind: input.kind,
    url: input.url,
    auth: authWithSecret(input.auth, stored?.auth, secret),
    headers: input.headers.map(({ name, value }) => ({
      name,
      value: secret(
        value,
        stored?.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value,
        `value of the header ${name}`,
      ),
    })),
    tenant: input.tenant,
    tls: {
      ca: input.tls.ca,
      clientCert: input.tls.clientCert,
      clientKey: secret(input.tls.clientKey, stored?.tls.clientKey, 'private key'),
      skipVerify: input.tls.skipVerify,
    },
    timeoutMs: input.timeoutMs,
  }
}

function authWithSecret(
  auth: Auth,
  stored: TargetAuth | undefined,
  secret: (value: Secret, kept: string | undefined, field: string) => string,
): TargetAuth {
  if (auth.kind === 'none') return auth
  if (auth.kind === 'basic') {
    const kept = stored?.kind === 'basic' ? stored.password : undefined
    return { kind: 'basic', user: auth.user, password: secret(auth.password, kept, 'password') }
  }
  const kept = stored?.kind === 'bearer' ? stored.token : undefined
  return { kind: 'bearer', token: secret(auth.token, kept, 'token') }
}

/** A stored source as the page may see it: of every secret only whether there is one. */
export function withoutSecrets(stored: StoredSource): ServerSource {
  return {
    id: stored.id,
    name: stored.name,
    kind: stored.kind,
    url: stored.url,
    auth: authWithoutSecret(stored.auth),
    headers: stored.headers.map(({ name, value }) => ({ name, value: hidden(value) })),
    tenant: stored.tenant,
    tls: {
      ca: stored.tls.ca,
      clientCert: stored.tls.clientCert,
      clientKey: hidden(stored.tls.clientKey),
      skipVerify: stored.tls.skipVerify,
    },
    timeoutMs: stored.timeoutMs,
    lasts: stored.lasts,
    changedMs: stored.changedMs,
    capabilities: capabilitiesOf(stored.kind),
  }
}

function authWithoutSecret(auth: TargetAuth): Auth {
  if (auth.kind === 'none') return auth
  if (auth.kind === 'basic') return { kind: 'basic', user: auth.user, password: hidden(auth.password) }
  return { kind: 'bearer', token: hidden(auth.token) }
}

function hidden(secret: string): Secret {
  return secret === '' ? { kind: 'none' } : { kind: 'kept' }
}
