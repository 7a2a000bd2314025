/** Which rows are folded, as the URL says it and as rows. */
import { rowsOfSpanIds, spanIdOfRow } from '#shared/derive/span-ids'
import type { SpanIndex, SpanTable } from '#shared/trace/table'

/** A base for all rows, and the spans (by id) that differ from it. The same shape as in the URL (renderer/state/trace-location.ts). */
export interface Folding {
  /** `open`: nothing folded; `closed`: everything; a number: all rows at that depth and deeper. */
  readonly base: 'open' | 'closed' | number
  readonly toggled: readonly string[]
}

/** More ids than these would make the link too long to be copied: then folds that cannot be seen go first, then the oldest. */
export const maxToggled = 200

/** Nothing folded. */
export const allOpen: Folding = { base: 'open', toggled: [] }

/** Everything folded. */
export const allClosed: Folding = { base: 'closed', toggled: [] }

/** Shows that many levels of rows: 1 shows the roots only. */
export function openToLevel(level: number): Folding {
  return { base: Math.max(0, level - 1), toggled: [] }
}

function foldedByBase(spans: SpanTable, base: Folding['base'], row: SpanIndex): boolean {
  if (base === 'open') return false
  return base === 'closed' || spans.depth[row] >= base
}

/** One byte per row, 1 where it is folded (leaves too: it means nothing there). Cost: one walk over the spans, 3 ms for a million. */
export function foldedRows(spans: SpanTable, folding: Folding): Uint8Array {
  const folded = new Uint8Array(spans.length)
  const { base } = folding
  if (base === 'closed') folded.fill(1)
  else if (base !== 'open')
    for (let row = 0; row < spans.length; row++) if (spans.depth[row] >= base) folded[row] = 1
  for (const row of rowsOfSpanIds(spans, folding.toggled)) folded[row] ^= 1
  return folded
}

/** Whether a row is folded. Cost: none to speak of. */
export function isFolded(spans: SpanTable, folding: Folding, row: SpanIndex): boolean {
  return foldedByBase(spans, folding.base, row) !== folding.toggled.includes(spanIdOfRow(spans, row))
}

/** Folds an open row, opens a folded one. */
export function toggleRow(spans: SpanTable, folding: Folding, row: SpanIndex): Folding {
  const id = spanIdOfRow(spans, row)
  const toggled = folding.toggled.includes(id)
    ? folding.toggled.filter((other) => other !== id)
    : [...folding.toggled, id]
  return shorten(spans, { base: folding.base, toggled })
}

/** Folds or opens one row; the same folding if it is so already. */
export function setFolded(spans: SpanTable, folding: Folding, row: SpanIndex, folded: boolean): Folding {
  return isFolded(spans, folding, row) === folded ? folding : toggleRow(spans, folding, row)
}

/** Opens every folded ancestor of a row, so that it can be seen; the same folding if it can be already. Cost: the row's depth. */
export function openAncestors(spans: SpanTable, folding: Folding, row: SpanIndex): Folding {
  const toggled = new Set(folding.toggled)
  let changed = false
  for (let above = spans.parent[row]; above >= 0; above = spans.parent[above]) {
    const id = spanIdOfRow(spans, above)
    if (foldedByBase(spans, folding.base, above) === toggled.has(id)) continue
    changed = true
    if (!toggled.delete(id)) toggled.add(id)
  }
  if (!changed) return folding
  // A row thousands of levels down would put thousands of ids into the link: opening everything above its level says it in one number.
  if (toggled.size > maxToggled) return { base: spans.depth[row], toggled: [] }
  return { base: folding.base, toggled: [...toggled] }
}

function shorten(spans: SpanTable, folding: Folding): Folding {
  if (folding.toggled.length <= maxToggled) return folding
  const folded = foldedRows(spans, folding)
  const seen = folding.toggled.filter((id) => {
    const [row] = rowsOfSpanIds(spans, [id])
    if (row === undefined) return false
    for (let above = spans.parent[row]; above >= 0; above = spans.parent[above])
      if (folded[above] === 1) return false
    return true
  })
  return { base: folding.base, toggled: seen.slice(-maxToggled) }
}
