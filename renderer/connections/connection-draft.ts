/** A connection as the form holds it, while it is being typed; and the way to and from what the handler keeps. */
import type { Auth, Secret, ServerSource, SourceInput, ServerKind } from '#shared/api/contract'
import { isOwnHeader } from '#shared/api/header-names'
import { staysSafe as mayReceiveKept } from '#shared/api/kept-secrets'
import { readAddress } from '../state/address'
import { defaultName, defaultTimeoutMs } from '#shared/api/new-source'

/** A secret in the form. The stored value never comes to the page: `isKept` says only that there is one. */
export interface SecretDraft {
  readonly isKept: boolean
  readonly text: string
}

export interface HeaderDraft {
  /** Stable while rows are added and removed. */
  readonly key: number
  readonly name: string
  readonly value: SecretDraft
}

export interface ConnectionDraft {
  readonly kind: ServerKind
  readonly name: string
  readonly url: string
  readonly authKind: Auth['kind']
  readonly user: string
  readonly password: SecretDraft
  readonly token: SecretDraft
  readonly headers: readonly HeaderDraft[]
  readonly tenant: string
  readonly ca: string
  readonly clientCert: string
  readonly clientKey: SecretDraft
  readonly skipVerify: boolean
  readonly timeoutS: string
}

export const noSecret: SecretDraft = { isKept: false, text: '' }

/** An empty form. */
export function newDraft(kind: ServerKind, url: string): ConnectionDraft {
  return {
    kind,
    name: '',
    url,
    authKind: 'none',
    user: '',
    password: noSecret,
    token: noSecret,
    headers: [],
    tenant: '',
    ca: '',
    clientCert: '',
    clientKey: noSecret,
    skipVerify: false,
    timeoutS: String(defaultTimeoutMs / 1000),
  }
}

const draftOfSecret = (secret: Secret): SecretDraft => ({ isKept: secret.kind === 'kept', text: '' })

/** The form of a connection that is there. */
export function draftOf(source: ServerSource): ConnectionDraft {
  const { auth, tls } = source
  return {
    kind: source.kind,
    name: source.name,
    url: source.url,
    authKind: auth.kind,
    user: auth.kind === 'basic' ? auth.user : '',
    password: auth.kind === 'basic' ? draftOfSecret(auth.password) : noSecret,
    token: auth.kind === 'bearer' ? draftOfSecret(auth.token) : noSecret,
    headers: source.headers.map(({ name, value }, key) => ({ key, name, value: draftOfSecret(value) })),
    tenant: source.tenant,
    ca: tls.ca,
    clientCert: tls.clientCert,
    clientKey: draftOfSecret(tls.clientKey),
    skipVerify: tls.skipVerify,
    timeoutS: String(source.timeoutMs / 1000),
  }
}

/** What is wrong, by field; empty when nothing is. Header rows are `header-KEY`. */
export type DraftErrors = Readonly<Record<string, string>>

const headerName = /^[!#$%&'*+.^_`|~\da-zA-Z-]+$/

/** What the person has to mend before the connection can be tried. */
export function errorsOf(draft: ConnectionDraft): DraftErrors {
  const errors: Record<string, string> = {}
  const address = readAddress(draft.url)
  if ('error' in address) errors.url = address.error
  const timeoutS = Number(draft.timeoutS)
  if (!(timeoutS >= 1 && timeoutS <= 600)) errors.timeout = 'Enter seconds between 1 and 600.'
  if (draft.authKind === 'basic' && draft.user.trim() === '' && !('user' in address && address.user !== ''))
    errors.user = 'Enter the user name.'
  if (draft.authKind === 'bearer' && draft.token.text.trim() === '' && !draft.token.isKept)
    errors.token = 'Enter the token.'
  for (const header of draft.headers) {
    if (header.name.trim() === '' && header.value.text === '' && !header.value.isKept) continue
    if (!headerName.test(header.name.trim()))
      errors[`header-${header.key}`] =
        header.name.trim() === ''
          ? 'Enter the name of the header.'
          : `“${header.name}” cannot be the name of a header.`
    else if (isOwnHeader(header.name))
      errors[`header-${header.key}`] = `${header.name.trim()} cannot be set: every request says it by itself.`
    else if (/[\r\n]/.test(header.value.text)) errors[`header-${header.key}`] = 'A value is one line.'
  }
  if (draft.ca.trim() !== '' && !draft.ca.includes('-----BEGIN CERTIFICATE-----'))
    errors.ca = 'Paste the certificate as PEM text: it begins with -----BEGIN CERTIFICATE-----.'
  const hasKey = draft.clientKey.isKept || draft.clientKey.text.trim() !== ''
  if (draft.clientCert.trim() !== '' && !hasKey) errors.clientKey = 'The certificate needs its private key.'
  if (draft.clientCert.trim() === '' && draft.clientKey.text.trim() !== '')
    errors.clientCert = 'The private key needs its certificate.'
  return errors
}

const secretOf = ({ isKept, text }: SecretDraft): Secret =>
  text !== '' ? { kind: 'new', value: text } : isKept ? { kind: 'kept' } : { kind: 'none' }

/** What the handler is told; ask `errorsOf` first. `taken`: names of the other connections. */
export function inputOf(draft: ConnectionDraft, taken: readonly string[]): SourceInput {
  const address = readAddress(draft.url)
  const url = 'error' in address ? draft.url.trim() : address.url
  const inUrl = 'error' in address || address.user === '' ? undefined : address
  const auth: Auth =
    draft.authKind === 'bearer'
      ? { kind: 'bearer', token: secretOf({ ...draft.token, text: draft.token.text.trim() }) }
      : draft.authKind === 'basic'
        ? {
            kind: 'basic',
            user: draft.user.trim() || (inUrl?.user ?? ''),
            password:
              draft.password.text === '' && inUrl
                ? { kind: 'new', value: inUrl.password }
                : secretOf(draft.password),
          }
        : inUrl
          ? { kind: 'basic', user: inUrl.user, password: { kind: 'new', value: inUrl.password } }
          : { kind: 'none' }
  return {
    kind: draft.kind,
    name: draft.name.trim() || defaultName(draft.kind, draft.url, taken),
    url,
    auth,
    headers: draft.headers
      .filter((header) => header.name.trim() !== '')
      .map((header) => ({ name: header.name.trim(), value: secretOf(header.value) })),
    tenant: draft.tenant.trim(),
    tls: {
      ca: draft.ca.trim(),
      clientCert: draft.clientCert.trim(),
      clientKey: draft.clientCert.trim() === '' ? { kind: 'none' } : secretOf(draft.clientKey),
      skipVerify: draft.skipVerify,
    },
    timeoutMs: Math.round(Number(draft.timeoutS) * 1000),
  }
}

const forget = (secret: SecretDraft): SecretDraft => ({ ...secret, isKept: false })

/** Kept secrets are only sent to the server they were kept for; at another one they must be entered again. */
export function forgetKept(draft: ConnectionDraft): ConnectionDraft {
  return {
    ...draft,
    password: forget(draft.password),
    token: forget(draft.token),
    clientKey: forget(draft.clientKey),
    headers: draft.headers.map((header) => ({ ...header, value: forget(header.value) })),
  }
}

/** Whether the secrets kept for one address may go to the other; an address that cannot be read yet goes nowhere. */
export function staysSafe(beforeUrl: string, afterUrl: string): boolean {
  const before = readAddress(beforeUrl)
  const after = readAddress(afterUrl)
  if ('error' in before || 'error' in after) return true
  return mayReceiveKept(new URL(before.url), new URL(after.url))
}
