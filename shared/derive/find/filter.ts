/** What a find asks of a span, as a tree; parse-filter.ts makes it from text, search.ts answers it. The grammar is in grammar.md. */

/** How a text must be. Case matters only where `exact` says so. */
export type TextTest =
  | { readonly kind: 'contains'; readonly text: string }
  | { readonly kind: 'exact'; readonly text: string; readonly caseMatters: boolean }
  /** The text between `*`s, in order; the first and last touch the ends. */
  | { readonly kind: 'wildcard'; readonly parts: readonly string[] }
  | { readonly kind: 'regex'; readonly regex: RegExp }

export type Comparison = '<' | '<=' | '>' | '>=' | '='

export type Filter =
  /** Name, service, key, value, event: anything a span says, its resource and scope. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'attribute'; readonly key: string; readonly test: TextTest }
  | {
      readonly kind: 'attribute-number'
      readonly key: string
      readonly op: Comparison
      readonly value: number
    }
  | { readonly kind: 'service' | 'name'; readonly test: TextTest }
  | { readonly kind: 'kind'; readonly spanKind: number }
  | { readonly kind: 'status'; readonly status: 'error' | 'ok' | 'unset' }
  | { readonly kind: 'has'; readonly what: 'events' | 'links' | 'error' }
  /** Nanoseconds for `duration` and `self`. */
  | {
      readonly kind: 'measure'
      readonly column: 'duration' | 'self' | 'depth'
      readonly op: Comparison
      readonly value: number
    }
  /** `span` undefined: every span of that trace; `trace` undefined: the span of any. */
  | { readonly kind: 'id'; readonly trace: string | undefined; readonly span: string | undefined }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] }

/** Why a text is not a filter: a sentence, and the characters it is about. */
export interface FilterError {
  readonly message: string
  readonly from: number
  readonly to: number
}

/** Thrown within parsing only; `parseFilter` returns it. */
export class FilterSyntaxError extends Error {
  readonly from: number
  readonly to: number
  constructor(message: string, from: number, to: number) {
    super(message)
    this.name = 'FilterSyntaxError'
    this.from = from
    this.to = to
  }
}
