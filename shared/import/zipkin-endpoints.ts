/** Endpoints of Zipkin, v1 and v2: who sent a span. */
import { UNKNOWN_SERVICE } from '#shared/trace/compact'
import type { TraceFormat } from '#shared/trace/table'
import { JsonKind, type JsonScanner, KeySet } from './json-scanner.ts'
import type { Reading, ResourceEntry } from './reading.ts'

const ENDPOINT_KEYS = new KeySet(['serviceName'])

const CLOSE_OBJECT = 0x7d

/** Reads the endpoints of one document, and makes scopes of them. */
export class ZipkinEndpoints {
  readonly #reading: Reading
  readonly #scanner: JsonScanner
  readonly #format: TraceFormat
  /** By the index of the endpoint. */
  readonly #scopes = new Map<number, number>()

  constructor(reading: Reading, scanner: JsonScanner, format: TraceFormat) {
    this.#reading = reading
    this.#scanner = scanner
    this.#format = format
  }

  /** Reads one; undefined where something else stands in its place. */
  read(): ResourceEntry | undefined {
    const scanner = this.#scanner
    const reading = this.#reading
    if (scanner.kind() !== JsonKind.object) {
      scanner.skipValue()
      return undefined
    }
    const start = scanner.pos
    let service = -1
    scanner.pos++
    while (!scanner.closes(CLOSE_OBJECT)) {
      if (scanner.readKey(ENDPOINT_KEYS) !== 0) scanner.skipValue()
      else if (scanner.readText() && scanner.textIsString && scanner.textEnd > scanner.textStart) {
        const { bytes, textStart, textEnd, textEscaped } = scanner
        service = reading.intake.services.add(bytes, textStart, textEnd, textEscaped)
      }
    }
    const { bytes, pos, base } = scanner
    return reading.resourceOf(bytes, start, pos, base, () => service)
  }

  /** The scope of its spans; of those without an endpoint where it is undefined. */
  scopeOf(endpoint: ResourceEntry | undefined): number {
    const index = endpoint?.index ?? -1
    let scope = this.#scopes.get(index)
    if (scope === undefined) {
      const { intake, document } = this.#reading
      const service = endpoint?.service ?? -1
      scope = intake.addScope({
        service: service < 0 ? intake.services.addString(UNKNOWN_SERVICE) : service,
        format: this.#format,
        document,
        resource: endpoint?.range,
        scope: undefined,
      })
      this.#scopes.set(index, scope)
    }
    return scope
  }
}
