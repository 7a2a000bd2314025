/** What an expression gives at every step of a query: one column per series. */
import type { Histogram } from './histogram.ts'
import { type Labels, compareLabels, labelKey } from './labels.ts'
import type { TextRange } from '#shared/query/query-error'
import { PromqlError } from './promql-error.ts'

/** The moments a query is asked for, evenly apart; an instant query has one. */
export interface Grid {
  readonly startMs: number
  readonly stepMs: number
  readonly count: number
}

export function timeAt({ startMs, stepMs }: Grid, step: number): number {
  return startMs + step * stepMs
}

/** What is at a step of a column. */
export const Kind = { none: 0, float: 1, histogram: 2 } as const

/** The values of one series, a row per step. */
export interface Column {
  readonly labels: Labels
  readonly kinds: Uint8Array
  /** Of meaning where the kind is `float`. */
  readonly values: Float64Array
  /** Of meaning where the kind is `histogram`; left out where none is. */
  histograms?: (Histogram | undefined)[]
}

export type Value =
  | { readonly kind: 'scalar'; readonly values: Float64Array }
  | { readonly kind: 'vector'; readonly columns: readonly Column[] }
  | { readonly kind: 'string'; readonly text: string }

export function emptyColumn(labels: Labels, count: number): Column {
  return { labels, kinds: new Uint8Array(count), values: new Float64Array(count) }
}

/** A scalar as the one series without labels. */
export function scalarColumn(values: Float64Array): Column {
  return { labels: [], kinds: new Uint8Array(values.length).fill(Kind.float), values }
}

/** Puts a number or a histogram at a step; undefined leaves it empty. */
export function setAt(column: Column, step: number, value: number | Histogram | undefined): void {
  if (value === undefined) return
  if (typeof value === 'number') {
    column.kinds[step] = Kind.float
    column.values[step] = value
  } else {
    column.kinds[step] = Kind.histogram
    column.histograms ??= []
    column.histograms[step] = value
  }
}

/** The number or histogram at a step; undefined where there is none. */
export function valueAt(column: Column, step: number): number | Histogram | undefined {
  const kind = column.kinds[step]
  if (kind === Kind.float) return column.values[step]
  return kind === Kind.histogram ? column.histograms?.[step] : undefined
}

export function isEmpty({ kinds }: Column): boolean {
  return kinds.every((kind) => kind === Kind.none)
}

/** The columns with anything in them, those of the same labels as one; two values at one step are refused. */
export function mergeColumns(columns: readonly Column[], range: TextRange): Column[] {
  const merged = new Map<string, Column>()
  for (const column of columns) {
    if (isEmpty(column)) continue
    const key = labelKey(column.labels)
    const first = merged.get(key)
    merged.set(key, first === undefined ? column : joinColumns(first, column, range))
  }
  return [...merged.values()]
}

function joinColumns(one: Column, other: Column, range: TextRange): Column {
  const joined = emptyColumn(one.labels, one.kinds.length)
  for (let step = 0; step < one.kinds.length; step++) {
    if (one.kinds[step] !== Kind.none && other.kinds[step] !== Kind.none) throw sameLabels(range)
    setAt(joined, step, valueAt(one, step) ?? valueAt(other, step))
  }
  return joined
}

export function sameLabels(range: TextRange): PromqlError {
  return new PromqlError('execution', range, 'Two series of the result have the same labels.')
}

/** In the order of labels, as every matrix is. */
export function sortColumns(columns: readonly Column[]): Column[] {
  return columns.toSorted((one, other) => compareLabels(one.labels, other.labels))
}
