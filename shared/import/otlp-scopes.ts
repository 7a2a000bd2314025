/** Which scope the spans of an OTLP document belong to while its resources and instrumentation scopes go by. */
import { UNKNOWN_SERVICE } from '#shared/trace/compact'
import type { TraceFormat } from '#shared/trace/table'
import type { Reading, ResourceEntry } from './reading.ts'

/**
 * Follows the nesting resource > scope > spans. A resource or scope may come after its spans (the order of keys is free): then the
 * spans read before it are moved to it.
 */
export class OtlpScopes {
  readonly #reading: Reading
  readonly #format: TraceFormat
  readonly #known = new Map<number, number>()
  #resource: ResourceEntry | undefined
  #scope: ResourceEntry | undefined
  /** Index of the scope for the next span; -1 = to be found. */
  #current = -1
  /** Rows of this document from here on lie in the resource, and in the scope, that are being read. */
  #resourceRow = 0
  #scopeRow = 0

  constructor(reading: Reading, format: TraceFormat) {
    this.#reading = reading
    this.#format = format
  }

  /** A `resourceSpans` entry begins. */
  beginResource(): void {
    this.#resource = undefined
    this.#scope = undefined
    this.#current = -1
    this.#resourceRow = this.#reading.intake.spans.length
  }

  /** A `scopeSpans` entry begins. */
  beginScope(): void {
    this.#scope = undefined
    this.#current = -1
    this.#scopeRow = this.#reading.intake.spans.length
  }

  /** The resource of the entry was read. */
  setResource(resource: ResourceEntry | undefined): void {
    this.#resource = resource
    this.#current = -1
    if (resource === undefined) return
    this.#move(this.#resourceRow, (scope) => this.#find(resource, scope))
  }

  /** The instrumentation scope of the entry was read. */
  setScope(scope: ResourceEntry | undefined): void {
    this.#scope = scope
    this.#current = -1
    if (scope === undefined) return
    this.#move(this.#scopeRow, () => this.#find(this.#resource, scope))
  }

  /** Index of the scope that the next span belongs to. */
  current(): number {
    if (this.#current < 0) this.#current = this.#find(this.#resource, this.#scope)
    return this.#current
  }

  readonly #scopeEntries = new Map<number, ResourceEntry | undefined>()

  #find(resource: ResourceEntry | undefined, scope: ResourceEntry | undefined): number {
    const key = ((resource?.index ?? -1) + 1) * 2 ** 26 + (scope?.index ?? -1) + 1
    let index = this.#known.get(key)
    if (index === undefined) {
      const { intake, document } = this.#reading
      index = intake.addScope({
        service: resource === undefined ? intake.services.addString(UNKNOWN_SERVICE) : resource.service,
        format: this.#format,
        document,
        resource: resource?.range,
        scope: scope?.range,
      })
      this.#known.set(key, index)
      this.#scopeEntries.set(index, scope)
    }
    return index
  }

  /** Gives the rows of this document from `firstRow` on another scope. */
  #move(firstRow: number, scopeFor: (scope: ResourceEntry | undefined) => number): void {
    const { intake, document } = this.#reading
    const { spans } = intake
    for (let row = firstRow; row < spans.length; row++) {
      const old = spans.scope[row]
      if (intake.scopes[old].document === document) spans.scope[row] = scopeFor(this.#scopeEntries.get(old))
    }
  }
}
