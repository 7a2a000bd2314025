/** Which rows are folded, as the URL says it and as rows. */
import type { RowNode, RowTree } from '#shared/derive/row-tree'
import { rowsOfSpanIds, spanIdOfRow } from '#shared/derive/span-ids'

/** A base for all rows, and the spans (by id) that differ from it. The same shape as in the URL (renderer/state/trace-location.ts). */
export interface Folding {
  /** `open`: nothing folded; `closed`: everything; a number: all rows at that level and deeper. */
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

function foldedByBase(tree: RowTree, base: Folding['base'], node: RowNode): boolean {
  if (base === 'open') return false
  return base === 'closed' || tree.level[node] >= base
}

function idOf(tree: RowTree, node: RowNode): string {
  return spanIdOfRow(tree.spans, tree.row[node])
}

/** Nodes of these ids that are in the tree. */
function nodesOf(tree: RowTree, ids: readonly string[]): RowNode[] {
  return rowsOfSpanIds(tree.spans, ids)
    .map((row) => tree.at[row])
    .filter((node) => node >= 0)
}

/** One byte per node, 1 where it is folded (leaves too: it means nothing there). Cost: one walk over the tree, 3 ms for a million. */
export function foldedNodes(tree: RowTree, folding: Folding): Uint8Array {
  const folded = new Uint8Array(tree.length)
  const { base } = folding
  if (base === 'closed') folded.fill(1)
  else if (base !== 'open')
    for (let node = 0; node < tree.length; node++) if (tree.level[node] >= base) folded[node] = 1
  for (const node of nodesOf(tree, folding.toggled)) folded[node] ^= 1
  return folded
}

/** Whether a node is folded. Cost: none to speak of. */
export function isFolded(tree: RowTree, folding: Folding, node: RowNode): boolean {
  return foldedByBase(tree, folding.base, node) !== folding.toggled.includes(idOf(tree, node))
}

/** Folds an open node, opens a folded one. */
export function toggleNode(tree: RowTree, folding: Folding, node: RowNode): Folding {
  const id = idOf(tree, node)
  const toggled = folding.toggled.includes(id)
    ? folding.toggled.filter((other) => other !== id)
    : [...folding.toggled, id]
  return shorten(tree, { base: folding.base, toggled })
}

/** Folds or opens one node; the same folding if it is so already. */
export function setFolded(tree: RowTree, folding: Folding, node: RowNode, folded: boolean): Folding {
  return isFolded(tree, folding, node) === folded ? folding : toggleNode(tree, folding, node)
}

/** Opens every folded ancestor of a node, so that it can be seen; the same folding if it can be already. Cost: the node's level. */
export function openAncestors(tree: RowTree, folding: Folding, node: RowNode): Folding {
  const toggled = new Set(folding.toggled)
  let changed = false
  for (let above = tree.parent[node] ?? -1; above >= 0; above = tree.parent[above]) {
    const id = idOf(tree, above)
    if (foldedByBase(tree, folding.base, above) === toggled.has(id)) continue
    changed = true
    if (!toggled.delete(id)) toggled.add(id)
  }
  if (!changed) return folding
  // A row thousands of levels down would put thousands of ids into the link: opening everything above its level says it in one number.
  if (toggled.size > maxToggled) return { base: tree.level[node], toggled: [] }
  return { base: folding.base, toggled: [...toggled] }
}

function shorten(tree: RowTree, folding: Folding): Folding {
  if (folding.toggled.length <= maxToggled) return folding
  const folded = foldedNodes(tree, folding)
  const seen = folding.toggled.filter((id) => {
    const [node] = nodesOf(tree, [id])
    if (node === undefined) return false
    for (let above = tree.parent[node]; above >= 0; above = tree.parent[above])
      if (folded[above] === 1) return false
    return true
  })
  return { base: folding.base, toggled: seen.slice(-maxToggled) }
}
