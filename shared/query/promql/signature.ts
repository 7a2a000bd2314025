/** What says that series of two sides belong together. */
import type { Matching } from './expression.ts'
import { type Labels, labelKey, labelsThatCount } from './labels.ts'

/** The labels that count: those named by `on`, or all but the name and those named by `ignoring`. */
export function matchedLabels({ on, labels }: Matching, of: Labels): Labels {
  return labelsThatCount(of, labels, !on)
}

export function signatureOf(matching: Matching, of: Labels): string {
  return labelKey(matchedLabels(matching, of))
}

export const matchAll: Matching = { on: false, labels: [], many: 'none', include: [] }
