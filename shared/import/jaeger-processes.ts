/** The processes of Jaeger's JSON: which one a span belongs to, though most are described only after the spans. */
import { UNKNOWN_SERVICE } from '#shared/trace/compact'
import type { ByteRange } from '#shared/trace/table'
import { JsonKind, type JsonScanner, KeySet } from './json-scanner.ts'
import type { Reading } from './reading.ts'
import { TextInterner } from './text-interner.ts'

const PROCESS_KEYS = new KeySet(['serviceName'])

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** From process ids to scopes, trace by trace. */
export class JaegerProcesses {
  /** Processes that spans belong to and that have not been described (yet). */
  undescribed = 0
  readonly #reading: Reading
  readonly #scanner: JsonScanner
  /** Process ids as they are spelled; `p1` of one trace is not `p1` of the next. */
  readonly #ids = new TextInterner()
  /** From process id to scope, within the trace that is being read. */
  #scopes = new Map<number, number>()
  /** Of embedded processes, by their resource. */
  readonly #embedded = new Map<number, number>()

  constructor(reading: Reading, scanner: JsonScanner) {
    this.#reading = reading
    this.#scanner = scanner
  }

  /** A new trace begins: its processes are its own. */
  beginTrace(): void {
    this.#scopes = new Map()
  }

  /** The index of the process id that was just read. */
  idOf(): number {
    const { bytes, textStart, textEnd, textEscaped } = this.#scanner
    return this.#ids.add(bytes, textStart, textEnd, textEscaped)
  }

  /** The scope of a process of this trace; -1 = of none. Until its description comes it is called by its id. */
  scopeOf(process: number): number {
    let scope = this.#scopes.get(process)
    if (scope === undefined) {
      const name = process < 0 ? '' : this.#ids.texts[process]
      scope = this.#addScope(name === '' ? UNKNOWN_SERVICE : name, undefined)
      this.#scopes.set(process, scope)
      if (process >= 0) this.undescribed++
    }
    return scope
  }

  /** Reads the process whose id was just read as a key. */
  readProcess(): void {
    const scanner = this.#scanner
    const process = this.idOf()
    if (scanner.kind() !== JsonKind.object) {
      scanner.skipValue()
      return
    }
    const start = scanner.pos
    const service = this.#readServiceName()
    const scope = this.#reading.intake.scopes[this.scopeOf(process)]
    if (service >= 0) scope.service = service
    if (scope.resource === undefined) this.undescribed--
    scope.resource = { start: scanner.base + start, end: scanner.base + scanner.pos }
  }

  /** Reads a process that stands in its span, as in files of 2017; -1 = it is something else. */
  readEmbedded(): number {
    const scanner = this.#scanner
    const reading = this.#reading
    if (scanner.kind() !== JsonKind.object) {
      scanner.skipValue()
      return -1
    }
    const start = scanner.pos
    const service = this.#readServiceName()
    const entry = reading.resourceOf(scanner.bytes, start, scanner.pos, scanner.base, () => service)
    let scope = this.#embedded.get(entry.index)
    if (scope === undefined) {
      scope = this.#addScope(
        service < 0 ? UNKNOWN_SERVICE : reading.intake.services.texts[service],
        entry.range,
      )
      this.#embedded.set(entry.index, scope)
    }
    return scope
  }

  #addScope(service: string, resource: ByteRange | undefined): number {
    const { intake, document } = this.#reading
    return intake.addScope({
      service: intake.services.addString(service),
      format: 'jaeger-json',
      document,
      resource,
      scope: undefined,
    })
  }

  #readServiceName(): number {
    const scanner = this.#scanner
    let service = -1
    scanner.expect(OPEN_OBJECT)
    while (!scanner.closes(CLOSE_OBJECT)) {
      if (scanner.readKey(PROCESS_KEYS) !== 0) scanner.skipValue()
      else if (scanner.readText() && scanner.textIsString && scanner.textEnd > scanner.textStart) {
        const { bytes, textStart, textEnd, textEscaped } = scanner
        service = this.#reading.intake.services.add(bytes, textStart, textEnd, textEscaped)
      }
    }
    return service
  }
}
