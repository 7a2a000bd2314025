/** What Prometheus says besides the answer, each once, in its own words: https://prometheus.io/docs/prometheus/latest/querying/api/ */
import type { TextRange } from './promql-error.ts'

/** The gaps that were closed in classic histograms, over all steps. */
export interface MendedSteps {
  lowestBound: number
  highestBound: number
  greatestGap: number
  steps: number
  firstMs: number
  lastMs: number
}

const mendedWords =
  'input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)'

/** Collects warnings and infos of one query. */
export class Annotations {
  readonly #text: string
  readonly #warnings = new Set<string>()
  readonly #infos = new Set<string>()
  readonly #mended = new Map<string, MendedSteps>()

  constructor(text: string) {
    this.#text = text
  }

  warn(words: string, range: TextRange): void {
    this.#warnings.add(`PromQL warning: ${words} (${this.#place(range)})`)
  }

  inform(words: string, range: TextRange): void {
    this.#infos.add(`PromQL info: ${words} (${this.#place(range)})`)
  }

  /** One sentence for all steps at which the buckets of an expression had to be mended. */
  mended(
    range: TextRange,
    timeMs: number,
    gap: Pick<MendedSteps, 'lowestBound' | 'highestBound' | 'greatestGap'>,
  ): void {
    const place = this.#place(range)
    const known = this.#mended.get(place)
    if (known === undefined) {
      this.#mended.set(place, { ...gap, steps: 1, firstMs: timeMs, lastMs: timeMs })
      return
    }
    known.lowestBound = Math.min(known.lowestBound, gap.lowestBound)
    known.highestBound = Math.max(known.highestBound, gap.highestBound)
    known.greatestGap = Math.max(known.greatestGap, gap.greatestGap)
    known.firstMs = Math.min(known.firstMs, timeMs)
    known.lastMs = Math.max(known.lastMs, timeMs)
    known.steps++
  }

  get warnings(): string[] {
    return [...this.#warnings]
  }

  get infos(): string[] {
    const mended = [...this.#mended].map(
      ([place, { lowestBound, highestBound, greatestGap, steps, firstMs, lastMs }]) =>
        `PromQL info: ${mendedWords}, from buckets ${lowestBound} to ${highestBound}, with a max diff of ${greatestGap.toPrecision(2).replace(/\.?0+$/u, '')}, ` +
        `over ${steps} samples from ${wholeSecond(firstMs)} to ${wholeSecond(lastMs)} (${place})`,
    )
    return [...this.#infos, ...mended]
  }

  /** Line and column, as Prometheus counts them. */
  #place({ from }: TextRange): string {
    const lines = this.#text.slice(0, from).split('\n')
    return `${lines.length}:${lines[lines.length - 1].length + 1}`
  }
}

function wholeSecond(ms: number): string {
  return new Date(Math.trunc(ms / 1000) * 1000).toISOString().replace('.000', '')
}
