/** What was sent along with lines, written as JSON while it is read: 60,000 objects of twenty names each take three times as long. */
import { levelOfFirst } from './level.ts'

/** A name that was met. */
interface Name {
  /** `"name":` */
  readonly key: string
  /** The line that has it, and where among that line's. */
  line: number
  at: number
}

/** Gathers names and texts, line by line. A name that comes again keeps its place, and the last text counts. */
export class Beside {
  readonly #names = new Map<string, Name>()
  readonly #common: (readonly [name: Name, text: string])[] = []
  #line = 0
  readonly #keys: string[] = []
  readonly #texts: string[] = []

  /** `common` is with every line, before what is its own. */
  constructor(common: ReadonlyMap<string, string>) {
    for (const [name, text] of common) this.#common.push([this.#name(name), text])
  }

  begin(): void {
    this.#line++
    this.#keys.length = 0
    this.#texts.length = 0
    for (const [name, text] of this.#common) this.#put(name, text)
  }

  add(name: string, text: string): void {
    this.#put(this.#names.get(name) ?? this.#name(name), text)
  }

  /** As `Extra` is kept in a batch; empty where there is nothing. */
  extra(): string {
    const keys = this.#keys
    if (keys.length === 0) return ''
    const pairs = this.#texts.map((text, at) => keys[at] + JSON.stringify(text))
    return `{"metadata":{${pairs.join(',')}},"parsed":{}}`
  }

  /** Index into `levels` of what it says of the line's level; 0 for nothing. */
  level(): number {
    return levelOfFirst((name) => {
      const known = this.#names.get(name)
      return known?.line === this.#line ? this.#texts[known.at] : undefined
    })
  }

  #put(name: Name, text: string): void {
    if (name.line === this.#line) {
      this.#texts[name.at] = text
      return
    }
    name.line = this.#line
    name.at = this.#keys.push(name.key) - 1
    this.#texts.push(text)
  }

  #name(name: string): Name {
    const known = { key: `${JSON.stringify(name)}:`, line: -1, at: 0 }
    this.#names.set(name, known)
    return known
  }
}
