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
