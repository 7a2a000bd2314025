/** What Prometheus says besides the answer, each once, in its own words: https://prometheus.io/docs/prometheus/latest/querying/api/ */
import { floatText } from './answer-text.ts'
import type { TextRange } from '#shared/query/query-error'

/** The gaps that were closed in classic histograms. */
export interface Gap {
  readonly lowestBound: number
  readonly highestBound: number
  readonly greatestGap: number
}

const mendedWords =
  'input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)'

/** Collects warnings and infos of one query. What is said of several places is said of the first. */
export class Annotations {
  readonly #text: string
  readonly #warnings = new Map<string, TextRange>()
  readonly #infos = new Map<string, TextRange>()
  /** The gaps of all steps, and where their expression is. */
  #mended: (Gap & { steps: number; firstMs: number; lastMs: number; range: TextRange }) | undefined

  constructor(text: string) {
    this.#text = text
  }

  warn(words: string, range: TextRange): void {
    if (!this.#warnings.has(words)) this.#warnings.set(words, range)
  }

  inform(words: string, range: TextRange): void {
    if (!this.#infos.has(words)) this.#infos.set(words, range)
  }

  /** One sentence for all steps at which buckets had to be mended. */
  mended(range: TextRange, timeMs: number, gap: Gap): void {
    const known = this.#mended ?? { ...gap, steps: 0, firstMs: timeMs, lastMs: timeMs, range }
    this.#mended = {
      lowestBound: Math.min(known.lowestBound, gap.lowestBound),
      highestBound: Math.max(known.highestBound, gap.highestBound),
      greatestGap: Math.max(known.greatestGap, gap.greatestGap),
      steps: known.steps + 1,
      firstMs: Math.min(known.firstMs, timeMs),
      lastMs: Math.max(known.lastMs, timeMs),
      range,
    }
  }

  get warnings(): string[] {
    return [...this.#warnings].map(([words, range]) => `PromQL warning: ${words} (${this.#place(range)})`)
  }

  get infos(): string[] {
    const infos = [...this.#infos].map(([words, range]) => `PromQL info: ${words} (${this.#place(range)})`)
    if (this.#mended === undefined) return infos
    const { lowestBound, highestBound, greatestGap, steps, firstMs, lastMs, range } = this.#mended
    const bounds = `from buckets ${floatText(lowestBound)} to ${floatText(highestBound)}`
    const times = `from ${wholeSecond(firstMs)} to ${wholeSecond(lastMs)}`
    const gaps = `${bounds}, with a max diff of ${twoDigits(greatestGap)}, over ${steps} samples ${times}`
    return [...infos, `PromQL info: ${mendedWords}, ${gaps} (${this.#place(range)})`]
  }

  /** Line and column, as Prometheus counts them. */
  #place({ from }: TextRange): string {
    const lines = this.#text.slice(0, from).split('\n')
    return `${lines.length}:${lines[lines.length - 1].length + 1}`
  }
}

/** As Go writes `%.2g`: 0.33, 12, 1.2e+02. */
function twoDigits(value: number): string {
  return value
    .toPrecision(2)
    .replace(/(\.\d*?)0+(?=e|$)/u, '$1')
    .replace(/\.(?=e|$)/u, '')
    .replace(/e([-+])(\d)$/u, 'e$10$2')
}

function wholeSecond(ms: number): string {
  return new Date(Math.trunc(ms / 1000) * 1000).toISOString().replace('.000', '')
}

/** Words on the rank of a quantile. */
export function invalidQuantile(q: number): string {
  return `quantile value should be between 0 and 1, got ${floatText(q)}`
}
