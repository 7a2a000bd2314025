import type { ServerKind } from '#shared/api/contract'

/** How a server wants to know who asks, with the secret in the clear. */
export type TargetAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }

/**
 * A connection with its secrets in the clear: what the backends ask with.
 * It never leaves the main process: not to the page, not to a log. An empty text means there is no such secret.
 */
export interface SourceTarget {
  readonly id: string
  readonly name: string
  readonly kind: ServerKind
  /** http or https, with the path prefix, without a trailing slash; no user, password or query in it. */
  readonly url: string
  readonly auth: TargetAuth
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** Empty for none. */
  readonly tenant: string
  readonly tls: {
    readonly ca: string
    readonly clientCert: string
    readonly clientKey: string
    readonly skipVerify: boolean
  }
  /** To the first byte of an answer, and between two chunks of it. */
  readonly timeoutMs: number
}
