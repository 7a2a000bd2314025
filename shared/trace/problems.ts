/** What `buildTrace` mended, as sentences for the person who reads the trace. */
import { countOf, countText } from '#shared/base/count-text'
import { durationText } from '#shared/base/duration-text'
import type { Draft } from './draft.ts'
import { type Problem, SpanFlag } from './table.ts'

/** Rows listed with each problem at most. */
export const PROBLEM_ROWS = 100

/** What is known once the rows have their places; arrays by draft row. */
export interface Findings {
  readonly draft: Draft
  readonly position: Int32Array
  readonly duration: Float64Array
  /** Nanoseconds that each start is off; undefined when no clock differs. */
  readonly skew: Float64Array | undefined
  /** Whether the starts were moved by it. */
  readonly adjusted: boolean
  readonly service: Int32Array
  readonly services: readonly string[]
}

/** Lists the problems of a trace, those that change the picture most first. */
export function findProblems(findings: Findings): Problem[] {
  const { draft } = findings
  const { flags, recorded, length } = draft
  const problems: Problem[] = []
  const add = (kind: Problem['kind'], rows: readonly number[], count: number, message: string): void => {
    if (count > 0) problems.push({ kind, count, message, rows: toPositions(rows, findings.position) })
  }
  const flagged = (bit: number, without = 0): { rows: number[]; count: number } => {
    const rows: number[] = []
    let count = 0
    for (let row = 0; row < recorded; row++) {
      if ((flags[row] & (bit | without)) !== bit) continue
      if (count++ < PROBLEM_ROWS) rows.push(row)
    }
    return { rows, count }
  }

  const orphans = flagged(SpanFlag.orphan)
  const missing = length - recorded
  add(
    'missing-parent',
    orphans.rows,
    orphans.count,
    `${spans(orphans.count, 'names a parent', 'name a parent')} that never arrived; ` +
      `${missing === 1 ? 'one dashed row stands' : `${countText(missing)} dashed rows stand`} for what is missing.`,
  )

  const roots: number[] = []
  let rootCount = 0
  for (let row = 0; row < length; row++) {
    if (draft.parent[row] < 0 && rootCount++ < PROBLEM_ROWS) roots.push(row)
  }
  if (rootCount > 1) {
    add(
      'several-roots',
      roots,
      rootCount,
      `The trace has ${countText(rootCount)} roots; they are shown one below the other.`,
    )
  }

  addSkew(findings, add)

  const duplicates = flagged(SpanFlag.duplicate)
  add(
    'duplicate-id',
    duplicates.rows,
    duplicates.count,
    `${spans(duplicates.count, 'shares its id', 'share their id')} with another, different span; all are shown, ` +
      `and children hang below the likelier one.`,
  )
  add(
    'merged',
    [],
    draft.merged,
    `${spans(draft.merged, 'came', 'came')} more than once and ${draft.merged === 1 ? 'is' : 'are'} shown once.`,
  )
  const cycles = flagged(SpanFlag.cycle)
  add(
    'cycle',
    cycles.rows,
    cycles.count,
    cycles.count === 1
      ? 'A chain of parents leads back to itself; its earliest span was made a root.'
      : `${countText(cycles.count)} chains of parents lead back to themselves; their earliest spans were made roots.`,
  )
  const negative = flagged(SpanFlag.negative)
  add(
    'negative-duration',
    negative.rows,
    negative.count,
    `${spans(negative.count, 'ends', 'end')} before the start; shown with a duration of 0.`,
  )
  const impossible = flagged(SpanFlag.impossibleStart)
  add(
    'impossible-time',
    impossible.rows,
    impossible.count,
    `${spans(impossible.count, 'begins', 'begin')} at a time that cannot be true, after the year 2262; shown at the start of the parent.`,
  )
  const untimed = flagged(SpanFlag.untimed, SpanFlag.impossibleStart)
  add(
    'no-time',
    untimed.rows,
    untimed.count,
    `${spans(untimed.count, 'has', 'have')} no start or no duration that can be true; shown with a duration of 0, at the start of the parent where the start is missing.`,
  )
  if (draft.withoutId > 0) {
    const rows: number[] = []
    for (let row = 0; row < recorded && rows.length < PROBLEM_ROWS; row++) {
      if (draft.idHigh[row] === 0 && draft.idLow[row] === 0) rows.push(row)
    }
    add(
      'no-id',
      rows,
      draft.withoutId,
      `${spans(draft.withoutId, 'has', 'have')} no id; nothing can be shown below ${draft.withoutId === 1 ? 'it' : 'them'}.`,
    )
  }
  return problems
}

function addSkew(
  findings: Findings,
  add: (kind: Problem['kind'], rows: readonly number[], count: number, message: string) => void,
): void {
  const { skew, service, services, draft, adjusted } = findings
  if (skew === undefined) return
  const rowsOf = new Map<number, number[]>()
  for (let row = 0; row < draft.recorded; row++) {
    if (skew[row] === 0) continue
    const rows = rowsOf.get(service[row])
    if (rows === undefined) rowsOf.set(service[row], [row])
    else rows.push(row)
  }
  for (const [index, rows] of rowsOf) {
    // The median: each call is moved by its own amount, because how long the way took is a guess.
    const amounts = Float64Array.from(rows, (row) => skew[row]).sort()
    const behind = durationText(amounts[amounts.length >> 1])
    const count = rows.length
    add(
      'clock-skew',
      rows.slice(0, PROBLEM_ROWS),
      count,
      adjusted
        ? `${services[index]} clock is ${behind} behind; ${spans(count, 'moved', 'moved')}.`
        : `${services[index]} clock is ${behind} behind; ${spans(count, 'is', 'are')} shown as recorded.`,
    )
  }
}

function spans(count: number, one: string, many: string): string {
  return `${countOf(count, 'span')} ${count === 1 ? one : many}`
}

function toPositions(rows: readonly number[], position: Int32Array): number[] {
  return rows.map((row) => position[row]).sort((a, b) => a - b)
}
