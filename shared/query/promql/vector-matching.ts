/** Operators between two instant vectors: each series with its partner of the other side. */
import { type Column, Kind, emptyColumn, mergeColumns, setAt, valueAt } from './columns.ts'
import type { Context } from './context.ts'
import { type Binary, type Matching, comparisonOperators } from './expression.ts'
import {
  type Labels,
  labelKey,
  labelValue,
  labelsText,
  onlyLabels,
  withLabel,
  withoutLabels,
  withoutMetadata,
} from './labels.ts'
import type { Operation } from './operators.ts'
import { PromqlError } from './promql-error.ts'
import { matchAll, matchedLabels, signatureOf } from './signature.ts'

/** The operator's results; undefined of an operation leaves a step out. */
export async function matchVectors(
  binary: Binary,
  left: readonly Column[],
  right: readonly Column[],
  context: Context,
  operate: Operation,
): Promise<Column[]> {
  const { matching = matchAll } = binary
  const { count } = context.grid
  // Below, `many` are those that may share a partner, or the left side when none may.
  const swapped = matching.many === 'right'
  const [many, one] = swapped ? [right, left] : [left, right]
  const partners = Map.groupBy(one, ({ labels }) => signatureOf(matching, labels))
  checkUnique(partners, many, binary, matching, count)

  const results: Column[] = []
  const taken = new Map<string, Uint8Array>()
  for (const column of many) {
    const signature = signatureOf(matching, column.labels)
    for (const partner of partners.get(signature) ?? []) {
      await context.budget.spend(count, binary)
      const labels = resultLabels(binary, matching, column.labels, partner.labels)
      // A group may give several results, each of its own labels; otherwise a partner gives one.
      const claim = matching.many === 'none' ? signature : `${signature}\ud800${labelKey(labels)}`
      const claimed = taken.get(claim) ?? new Uint8Array(count)
      taken.set(claim, claimed)
      const result = emptyColumn(labels, count)
      for (let step = 0; step < count; step++) {
        if (column.kinds[step] === Kind.none || partner.kinds[step] === Kind.none) continue
        const [value, other] = [valueAt(column, step), valueAt(partner, step)]
        if (value === undefined || other === undefined) continue
        if (claimed[step] === 1) throw manyMatches(binary, matching)
        claimed[step] = 1
        setAt(result, step, swapped ? operate(other, value) : operate(value, other))
      }
      results.push(result)
    }
  }
  return mergeColumns(results, binary)
}

/** Refuses two partners at one step, unless the other side is empty then. */
function checkUnique(
  partners: ReadonlyMap<string, readonly Column[]>,
  many: readonly Column[],
  binary: Binary,
  matching: Matching,
  count: number,
): void {
  for (const columns of partners.values()) {
    if (columns.length < 2) continue
    for (let step = 0; step < count; step++) {
      const present = columns.filter(({ kinds }) => kinds[step] !== Kind.none)
      if (present.length < 2 || many.every(({ kinds }) => kinds[step] === Kind.none)) continue
      const side = matching.many === 'right' ? 'left' : 'right'
      const [first, second] = present
      throw new PromqlError(
        'execution',
        binary,
        `Two series on the ${side} belong to the group ${labelsText(matchedLabels(matching, first.labels))}: ` +
          `${labelsText(first.labels)} and ${labelsText(second.labels)}. One at most may.`,
      )
    }
  }
}

function manyMatches(binary: Binary, { many }: Matching): PromqlError {
  return new PromqlError(
    'execution',
    binary,
    many === 'none'
      ? 'Several series on the left match one on the right: that needs group_left or group_right.'
      : 'Several results have the same labels: those of the group must tell them apart.',
  )
}

function resultLabels({ op, bool }: Binary, matching: Matching, many: Labels, one: Labels): Labels {
  const changes = bool || !comparisonOperators.has(op)
  let labels = changes ? withoutMetadata(many) : many
  if (matching.many === 'none') {
    const names = new Set(matching.labels)
    labels = matching.on ? onlyLabels(labels, names) : withoutLabels(labels, names)
  }
  for (const name of matching.include) labels = withLabel(labels, name, labelValue(one, name))
  return labels
}
