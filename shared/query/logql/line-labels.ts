/**
 * The labels of the line at hand: those of its stream, those sent along with it, and those that stages read out of it. One that is read and
 * is there already gets `_extracted` behind its name; one that was read once is not read again.
 */
import { getOrSet } from '#shared/base/get-or-set'
import { type Labels, labelsOf } from '#shared/query/promql/labels'
import type { LogStream } from './log-streams.ts'

export const errorLabel = '__error__'
export const errorDetailsLabel = '__error_details__'
const duplicateSuffix = '_extracted'
const keptErrorLabel = '__preserve_error__'

/** Which labels a metric query looks at: readers stop when they have all of them. Without, all are read. */
export interface Wanted {
  /** Empty where none is: then lines are not read at all. */
  readonly names: ReadonlySet<string>
}

/** Of each kind, what is left in the end. */
export interface SortedLabels {
  readonly stream: Labels
  readonly metadata: Labels
  readonly parsed: Labels
}

export class LineLabels {
  readonly #wanted: ReadonlySet<string> | undefined
  #stream: LogStream | undefined
  #base: ReadonlyMap<string, string> = new Map()
  /** In order of time, nearly every line is of another stream than the one before. */
  readonly #bases = new Map<LogStream, ReadonlyMap<string, string>>()
  #line = 0
  /** What was sent along with it; asked for when it is needed, as most lines are dropped before. */
  #labels: Labels | undefined
  #hasMetadata = false
  readonly #metadata = new Map<string, string>()
  readonly #parsed = new Map<string, string>()
  readonly #deleted = new Set<string>()
  readonly #extracted = new Set<string>()
  error = ''
  errorDetails = ''

  constructor(wanted: Wanted | undefined) {
    this.#wanted = wanted?.names
  }

  begin(stream: LogStream, line: number): void {
    if (stream !== this.#stream) {
      this.#stream = stream
      this.#base = getOrSet(this.#bases, stream, () => new Map(stream.labels))
    }
    this.#line = line
    this.#labels = undefined
    this.#hasMetadata = false
    if (this.#metadata.size > 0) this.#metadata.clear()
    if (this.#parsed.size > 0) this.#parsed.clear()
    if (this.#deleted.size > 0) this.#deleted.clear()
    if (this.#extracted.size > 0) this.#extracted.clear()
    this.error = ''
    this.errorDetails = ''
  }

  get #sent(): Map<string, string> {
    if (!this.#hasMetadata && this.#stream !== undefined) {
      this.#hasMetadata = true
      this.#labels ??= this.#stream.metadata(this.#line)
      for (const [name, value] of this.#labels)
        this.#metadata.set(this.#base.has(name) ? name + duplicateSuffix : name, value)
    }
    return this.#metadata
  }

  get(name: string): string | undefined {
    // Mostly nothing was changed, and one label is asked for: a map of them all would take longer than the rest of a query.
    const value = this.#hasMetadata ? this.#metadata.get(name) : this.#sentValue(name)
    if (value !== undefined) return value
    const parsed = this.#parsed.size === 0 ? undefined : this.#parsed.get(name)
    return parsed ?? (this.#deleted.has(name) ? undefined : this.#base.get(name))
  }

  /** A label of the line as it was sent; one that is called like a label of the stream is under another name. */
  #sentValue(name: string): string | undefined {
    if (this.#stream === undefined || this.#base.has(name)) return undefined
    if (name.endsWith(duplicateSuffix)) return this.#sent.get(name)
    this.#labels ??= this.#stream.metadata(this.#line)
    for (const [key, value] of this.#labels) if (key === name) return value
    return undefined
  }

  /** As a condition on text sees it: '' where it is not there. */
  text(name: string): string {
    return name === errorLabel ? this.error : (this.get(name) ?? '')
  }

  /** Whether a label of the stream or of the line has this name already. */
  isTaken(name: string): boolean {
    return this.#base.has(name) || this.#sent.has(name)
  }

  set(name: string, value: string): void {
    this.#sent.delete(name)
    this.#parsed.set(name, value)
    this.#extracted.add(name)
  }

  delete(name: string): void {
    this.#sent.delete(name)
    this.#parsed.delete(name)
    this.#deleted.add(name)
  }

  /** Whether readers have nothing left to do. */
  get isComplete(): boolean {
    if (this.#wanted === undefined) return false
    for (const name of this.#wanted) if (!this.#extracted.has(name)) return false
    return true
  }

  wants(name: string): boolean {
    return this.#wanted === undefined || this.#wanted.has(name)
  }

  wantsBelow(prefix: string): boolean {
    return this.#wanted === undefined || [...this.#wanted].some((name) => name.startsWith(prefix))
  }

  hasExtracted(name: string): boolean {
    return this.#extracted.has(name)
  }

  /** The name under which a reader may put what it found. */
  freeName(name: string): string {
    return this.isTaken(name) ? name + duplicateSuffix : name
  }

  /** Takes what a reader found, under the name it may have. */
  extract(name: string, value: string): void {
    const free = this.freeName(name)
    if (this.wants(free) && !this.#extracted.has(free)) this.set(free, value)
  }

  /** That the line is not what a reader takes it for. A metric query that asks for errors may keep it. */
  fail(error: string, details: string): void {
    this.error = error
    this.errorDetails = details
    if (this.#wanted?.has(errorLabel) === true) this.set(keptErrorLabel, 'true')
  }

  /** That a value is not of the kind it is compared with; what is wrong with the line itself says more. */
  failComparison(details: string): void {
    if (this.error !== '') return
    this.error = 'LabelFilterErr'
    this.errorDetails = details
  }

  /** Whether the error was asked for, and so does not end a metric query. */
  get keepsError(): boolean {
    return this.#parsed.has(keptErrorLabel)
  }

  /** All of them by name, the newest in place of older ones. */
  all(): Map<string, string> {
    const all = new Map<string, string>()
    for (const [name, value] of this.#base) if (!this.#deleted.has(name)) all.set(name, value)
    for (const [name, value] of this.#sent) all.set(name, value)
    for (const [name, value] of this.#parsed) all.set(name, value)
    if (this.error !== '') all.set(errorLabel, this.error)
    if (this.errorDetails !== '') all.set(errorDetailsLabel, this.errorDetails)
    return all
  }

  /** Each kind by itself. A label without a value is there: it was asked for. */
  sorted(): SortedLabels {
    const stream = [...this.#base].filter(
      ([name]) => !this.#deleted.has(name) && !this.#parsed.has(name) && !this.#sent.has(name),
    )
    const parsed = [...this.#parsed]
    if (this.error !== '') parsed.push([errorLabel, this.error])
    if (this.errorDetails !== '') parsed.push([errorDetailsLabel, this.errorDetails])
    return { stream, metadata: [...this.#sent], parsed }
  }

  /** Those of a series: all but some, or only some. */
  series({ names, without }: { readonly names: ReadonlySet<string>; readonly without: boolean }): Labels {
    if (without) return labelsOf([...this.all()].filter(([name]) => !names.has(name)))
    return labelsOf([...names].map((name) => [name, this.get(name) ?? '']))
  }
}
