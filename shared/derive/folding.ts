/** Which rows are folded, as the URL says it and as rows. */
import { groupOfNode } from '#shared/derive/repeated-rows'
import { type RowNode, type RowTree, spanOfNode } from '#shared/derive/row-tree'
import { rowsOfSpanIds, spanIdOfRow } from '#shared/derive/span-ids'

/** A base for all rows, and the spans (by id) that differ from it. The same shape as in the URL (renderer/state/trace-location.ts). */
export interface Folding {
  /**
   * `open`: nothing folded but repeated siblings; `all`: not those either; `closed`: everything; a number: all rows at that level and
   * deeper, and repeated siblings.
   */
  readonly base: 'open' | 'all' | 'closed' | number
  /** A group of repeated siblings is told by `*` and the id of its first. */
  readonly toggled: readonly string[]
}

/** More ids than these would make the link too long to be copied: then folds that cannot be seen go first, then the oldest. */
export const maxToggled = 200

/** Nothing folded but repeated siblings. */
export const allOpen: Folding = { base: 'open', toggled: [] }

/** Nothing folded at all. */
export const everythingOpen: Folding = { base: 'all', toggled: [] }

/** Everything folded. */
export const allClosed: Folding = { base: 'closed', toggled: [] }

/** Whether two are written the same. */
export function sameFolding(a: Folding, b: Folding): boolean {
  return a === b || (a.base === b.base && a.toggled.join() === b.toggled.join())
}

/** Shows that many levels of rows: 1 shows the roots only. */
export function openToLevel(level: number): Folding {
  return { base: Math.max(0, level - 1), toggled: [] }
}

/** Before the id of a group's first member. */
const groupMark = '*'

/** Whether nothing in the tree is folded. */
export function isAllOpen(tree: RowTree, { base, toggled }: Folding): boolean {
  return toggled.length === 0 && (base === 'all' || (base === 'open' && tree.groups === undefined))
}

function foldedByBase(tree: RowTree, base: Folding['base'], node: RowNode): boolean {
  if (base === 'all') return false
  if (groupOfNode(tree, node) >= 0) return true
  return base !== 'open' && (base === 'closed' || tree.level[node] >= base)
}

function idOf(tree: RowTree, node: RowNode): string {
  const group = groupOfNode(tree, node)
  const id = spanIdOfRow(tree.spans, spanOfNode(tree, node))
  return group < 0 ? id : groupMark + id
}

/** Nodes of these ids that are in the tree. */
function nodesOf(tree: RowTree, ids: readonly string[]): RowNode[] {
  const { groups, at, row, parent, spans } = tree
  const nodes = rowsOfSpanIds(spans, ids).map((span) => at[span])
  const marked = ids.filter((id) => id.startsWith(groupMark)).map((id) => id.slice(groupMark.length))
  if (groups && marked.length > 0)
    for (const span of rowsOfSpanIds(spans, marked)) {
      const above = at[span] < 0 ? -1 : parent[at[span]]
      if (above >= 0 && groups.first[row[above] - spans.length] === span) nodes.push(above)
    }
  return nodes.filter((node) => node >= 0)
}

/** One byte per node, 1 where it is folded (leaves too: it means nothing there). Cost: one walk over the tree, 3 ms for a million. */
export function foldedNodes(tree: RowTree, folding: Folding): Uint8Array {
  const folded = new Uint8Array(tree.length)
  const { base } = folding
  if (base === 'closed') folded.fill(1)
  else if (typeof base === 'number')
    for (let node = 0; node < tree.length; node++) if (tree.level[node] >= base) folded[node] = 1
  const groups = base === 'all' ? 0 : (tree.groups?.count ?? 0)
  for (let group = 0; group < groups; group++) folded[tree.at[tree.spans.length + group]] = 1
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
  if (toggled.size > maxToggled) return tree.groups ? everythingOpen : { base: tree.level[node], toggled: [] }
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
