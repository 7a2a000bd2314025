/** What a person means by an address: typed in a hurry, copied from a browser's address bar, with or without a scheme. */
import type { ServerKind } from '#shared/api/contract'
import { cleanSourceUrl } from '#shared/api/source-url'

export interface Address {
  /** http or https, with the path prefix, without trailing slash, user, password or query. */
  readonly url: string
  /** Guessed from path, port and name; undefined when nothing tells. */
  readonly kind: ServerKind | undefined
  /** From `user:password@` in the text; empty for none. They never go into the page's own URL. */
  readonly user: string
  readonly password: string
}

/** Where neither path nor port tell, people's names for their servers do; relatives of Prometheus speak its language. */
const kindOfWord: readonly (readonly [RegExp, ServerKind])[] = [
  [/jaeger/, 'jaeger'],
  [/tempo/, 'tempo'],
  [/zipkin/, 'zipkin'],
  [/loki|logs-prod/, 'loki'],
  [/prom(etheus)?(?![a-z])|mimir|thanos|cortex/, 'prometheus'],
]

/** Reads an address; a sentence when it is none. */
export function readAddress(text: string): Address | { readonly error: string } {
  const read = cleanSourceUrl(text)
  if (read.kind === 'refused')
    return { error: text.trim() === '' ? read.advice : `${read.message} ${read.advice}` }
  return {
    url: read.url,
    kind: read.guess ?? kindOfWord.find(([word]) => word.test(read.url.toLowerCase()))?.[1],
    user: read.credentials?.user ?? '',
    password: read.credentials?.password ?? '',
  }
}
