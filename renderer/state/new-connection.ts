/** What a new connection starts with: its name, its plain settings, and what was typed for it elsewhere. */
import type { SourceInput, SourceKind } from '#shared/api/contract'
import { readAddress } from './address'
import { kindNames } from './connections-location'

export const defaultTimeoutS = 30

/** The name it gets when none is typed: its kind, or kind and host when that name is taken. */
export function defaultName(kind: SourceKind, url: string, taken: readonly string[]): string {
  const plain = kindNames[kind]
  if (!taken.includes(plain)) return plain
  const address = readAddress(url)
  const withHost = 'error' in address ? plain : `${plain} ${new URL(address.url).host}`
  if (!taken.includes(withHost)) return withHost
  let number = 2
  while (taken.includes(`${withHost} ${number}`)) number++
  return `${withHost} ${number}`
}

/** A connection with nothing but an address. */
export function plainInput(kind: SourceKind, url: string, taken: readonly string[]): SourceInput {
  return {
    kind,
    name: defaultName(kind, url, taken),
    url,
    auth: { kind: 'none' },
    headers: [],
    tenant: '',
    tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
    timeoutMs: defaultTimeoutS * 1000,
  }
}

const plainUrl = (url: string): string =>
  url.replace(/^(https?:\/\/)(127\.0\.0\.1|\[::1\])(?=[:/]|$)/, '$1localhost').replace(/\/+$/, '')

/** Whether two addresses lead to the same place; this machine goes by several names. */
export function isSameServer(one: string, other: string): boolean {
  return plainUrl(one) === plainUrl(other)
}

/**
 * User and password that stood in an address typed on the start page, on their way to the form of the new connection.
 * They travel in memory, for the URL that opens the form must not hold a secret.
 */
interface Credentials {
  readonly url: string
  readonly user: string
  readonly password: string
}

let waiting: Credentials | undefined

/** Keeps them for the form that is about to open. */
export function handOverCredentials(credentials: Credentials): void {
  waiting = credentials
}

/** Those for the form of this address. */
export function credentialsFor(url: string): Credentials | undefined {
  return waiting?.url === url ? waiting : undefined
}

/** The form is done with. */
export function forgetCredentials(): void {
  waiting = undefined
}
