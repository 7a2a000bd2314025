/** What the parts of an evaluation share. */
import { Breath, type BreathOptions } from '#shared/query/breath'
import type { Annotations } from './annotations.ts'
import { type Column, type Grid, type Value, timeAt } from './columns.ts'
import type { Expression, Moment } from './expression.ts'
import type { TextRange } from '#shared/query/query-error'
import { PromqlError } from './promql-error.ts'
import type { SeriesStore } from './series-store.ts'

export interface EvaluationOptions extends BreathOptions {
  /** How old a sample may be and still stand for its series; 5 minutes where nothing is said. */
  readonly lookbackMs?: number | undefined
  /** Samples read and values made that a query may take. */
  readonly maxSamples?: number | undefined
}

const defaultLookbackMs = 300_000
/** Some 200 MB of columns; Prometheus allows 50 million, on a server's memory. */
const defaultMaxSamples = 20_000_000
/** Counts what a query costs, and stops it. */
export class Budget extends Breath {
  readonly #most: number
  #spent = 0

  constructor({ maxSamples = defaultMaxSamples, ...options }: EvaluationOptions) {
    super(options)
    this.#most = maxSamples
  }

  /** Counts samples; throws PromqlError when they are too many, and the signal's reason when it is given up. */
  spend(samples: number, range: TextRange): Promise<void> | undefined {
    this.#spent += samples
    if (this.#spent > this.#most) {
      const most = this.#most.toLocaleString('en')
      throw new PromqlError(
        'limit',
        range,
        `The query would take more than ${most} samples: ask for less time or fewer series.`,
      )
    }
    return this.work(samples)
  }
}

/** An evaluation over the moments of a grid. */
export interface Context {
  readonly store: SeriesStore
  readonly grid: Grid
  /** What `@ start()` and `@ end()` mean, inside of subqueries too. */
  readonly queryStartMs: number
  readonly queryEndMs: number
  readonly lookbackMs: number
  readonly annotations: Annotations
  readonly budget: Budget
  readonly evaluate: (expression: Expression, context: Context) => Promise<Value>
}

export function lookbackOf({ lookbackMs = defaultLookbackMs }: EvaluationOptions): number {
  return lookbackMs
}

/** The columns of an expression that is known to be an instant vector. */
export async function columnsOf(expression: Expression, context: Context): Promise<readonly Column[]> {
  const value = await context.evaluate(expression, context)
  if (value.kind !== 'vector') throw new Error('a vector was expected')
  return value.columns
}

/** The values of an expression that is known to be a scalar. */
export async function scalarOf(expression: Expression, context: Context): Promise<Float64Array> {
  const value = await context.evaluate(expression, context)
  if (value.kind !== 'scalar') throw new Error('a scalar was expected')
  return value.values
}

/** Where a selector or subquery looks from a step: that moment, or always the same one, and `offset` before it. */
export function lookingFrom({ at, offsetMs }: Moment, context: Context): (step: number) => number {
  const { grid, queryStartMs, queryEndMs } = context
  if (at === undefined) return (step) => timeAt(grid, step) - offsetMs
  const fixed = (at === 'start' ? queryStartMs : at === 'end' ? queryEndMs : at) - offsetMs
  return () => fixed
}
