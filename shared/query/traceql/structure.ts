/** Who is below whom in a trace. */
import type { Relation } from './expression.ts'
import { orphan, root } from './traces.ts'

/**
 * The tree of a trace, as Tempo numbers it: depth first from each root, a number when a span is entered and one when it is left. What hangs
 * below a span that never arrived has no numbers, and is related to nothing.
 */
export interface Structure {
  /** Number of the parent, or `root`; `orphan` for all that no root leads to. */
  readonly parents: Int32Array
  /** Numbered spans, each before those below it. */
  readonly order: Int32Array
  /** 0 for spans without numbers. */
  readonly left: Int32Array
  readonly right: Int32Array
}

export function structureOf(given: Int32Array): Structure {
  const count = given.length
  const firstChild = new Int32Array(count).fill(-1)
  const nextSibling = new Int32Array(count).fill(-1)
  for (let span = count - 1; span >= 0; span--) {
    const parent = given[span]
    if (parent < 0) continue
    nextSibling[span] = firstChild[parent]
    firstChild[parent] = span
  }
  const parents = new Int32Array(count).fill(orphan)
  const order = new Int32Array(count)
  const left = new Int32Array(count)
  const right = new Int32Array(count)
  let numbered = 0
  let bound = 1
  for (let start = 0; start < count; start++) {
    if (given[start] !== root) continue
    for (let span = start; span >= 0;) {
      if (left[span] === 0) {
        parents[span] = given[span]
        order[numbered++] = span
        left[span] = bound++
        if (firstChild[span] >= 0) {
          span = firstChild[span]
          continue
        }
      }
      right[span] = bound++
      span = nextSibling[span] >= 0 ? nextSibling[span] : given[span]
    }
  }
  return { parents, order: order.subarray(0, numbered), left, right }
}

/** What a relation is, seen from its other side. */
export const inverse: Readonly<Record<Relation, Relation>> = {
  '>': '<',
  '<': '>',
  '>>': '<<',
  '<<': '>>',
  '~': '~',
}

/**
 * Which spans are related to one of those given, all as a 1 for each span: for `>` those with a parent among them, for `<` with a child, for
 * `>>` with an ancestor, for `<<` with a descendant, for `~` with a sibling. In proportion to the spans.
 */
export function relatives({ parents, order }: Structure, relation: Relation, given: Uint8Array): Uint8Array {
  const found = new Uint8Array(given.length)
  switch (relation) {
    case '>':
      for (const span of order) if (parents[span] >= 0) found[span] = given[parents[span]]
      return found
    case '<':
      for (const span of order) if (parents[span] >= 0 && given[span] === 1) found[parents[span]] = 1
      return found
    case '>>':
      for (const span of order)
        if (parents[span] >= 0) found[span] = given[parents[span]] | found[parents[span]]
      return found
    case '<<':
      for (let at = order.length - 1; at >= 0; at--) {
        const span = order[at]
        if (parents[span] >= 0 && (given[span] | found[span]) === 1) found[parents[span]] = 1
      }
      return found
    default: {
      // Roots are siblings of one another; they are counted last.
      const counts = new Int32Array(given.length + 1)
      const group = (span: number): number => (parents[span] === root ? given.length : parents[span])
      for (const span of order) counts[group(span)] += given[span]
      for (const span of order) found[span] = counts[group(span)] > given[span] ? 1 : 0
      return found
    }
  }
}
