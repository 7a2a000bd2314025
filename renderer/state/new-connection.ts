/** Which server an address means, and what was typed for a new connection elsewhere. */

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
