import { linesBelow } from '#shared/derive/line-rows'
import { countOf, formatShortCount } from '#shared/derive/quantities'
import { hasBelow, type RowNode, spanOfNode } from '#shared/derive/row-tree'
import { SpanFlag } from '#shared/trace/table'
import { Icon } from '../ui/icon'
import type { Scene } from './scene'
import styles from './span-row.module.css'

interface Props {
  readonly scene: Scene
  readonly node: RowNode
  readonly isFolded: boolean
}

export const indentPx = 14

/** Fold mark, swatch, service where it changes, name, and what there is to know at a glance. */
export function NameCell({ scene, node, isFolded }: Props) {
  const { trace, tree, errorsBefore } = scene
  const { spans } = trace
  const row = tree.row[node]
  const flags = spans.flags[row]
  const level = tree.level[node]
  const isMissing = (flags & SpanFlag.missing) !== 0
  const wantedPx = level * indentPx
  const indent = Math.min(wantedPx, scene.indentLimitPx)
  const inside = tree.end[node] - node - 1 - linesBelow(tree, node)
  const errorsInside = errorsBefore[tree.end[node]] - errorsBefore[node + 1]
  return (
    <div role="gridcell" className={styles.name}>
      <i className={styles.guides} style={{ width: indent }} />
      <span className={styles.twist} style={{ marginLeft: indent }} data-part="fold">
        {hasBelow(tree, node) && <Icon name={isFolded ? 'right' : 'down'} size="x" />}
      </span>
      {wantedPx > indent && <span className="t3 micro">{level + 1}</span>}
      <span className={isMissing ? styles.noSwatch : `sw ${styles.swatch}`} />
      <span className={styles.text}>
        {isMissing ? (
          <em className="cut">parent not found, {countOf(spans.childCount[row], 'child', 'children')}</em>
        ) : (
          <>
            {showsService(scene, node) && (
              <b className={`cut ${styles.service}`}>{trace.services[spans.service[row]]} </b>
            )}
            <span className="cut">{trace.names[spans.name[row]] || <span className="t3">no name</span>}</span>
          </>
        )}
      </span>
      <span className={styles.marks}>
        {isFolded && <MatchesInside scene={scene} node={node} />}
        {isFolded && inside > 0 && (
          <span className="t3 small" title={`${countOf(inside, 'span')} inside`}>
            +{formatShortCount(inside)}
          </span>
        )}
        {isFolded && errorsInside > 0 && (flags & SpanFlag.error) === 0 && (
          <span className={styles.errorsInside} title={`${countOf(errorsInside, 'error')} inside`}>
            <Icon name="error" size="x" label={`${countOf(errorsInside, 'error')} inside`} />
            {formatShortCount(errorsInside)}
          </span>
        )}
        {spans.linkCount[row] > 0 && (
          <span className="t3" title={countOf(spans.linkCount[row], 'link')}>
            <Icon name="link" size="x" label={countOf(spans.linkCount[row], 'link')} />
          </span>
        )}
        {(flags & SpanFlag.database) !== 0 && (
          <span className="t3" title="database">
            <Icon name="db" size="x" label="database" />
          </span>
        )}
        {(flags & SpanFlag.messaging) !== 0 && (
          <span className="t3" title="messaging">
            <Icon name="queue" size="x" label="messaging" />
          </span>
        )}
        {(flags & SpanFlag.error) !== 0 && (
          <span className="err" title="error">
            <Icon name="error" size="x" label="error" />
          </span>
        )}
      </span>
    </div>
  )
}

/** How many matches a folded row hides. */
export function MatchesInside({ scene, node }: { readonly scene: Scene; readonly node: RowNode }) {
  const { matchesBefore, tree } = scene
  const count = matchesBefore ? matchesBefore[tree.end[node]] - matchesBefore[node + 1] : 0
  if (count === 0) return undefined
  return (
    <span className={styles.matchesInside} title={`${countOf(count, 'match', 'matches')} inside`}>
      <Icon name="search" size="x" label={`${countOf(count, 'match', 'matches')} inside`} />
      {formatShortCount(count)}
    </span>
  )
}

/** Said once: a child of the same service does not say it again. */
export function showsService({ trace: { spans }, tree }: Scene, node: RowNode): boolean {
  if (tree.parent[node] < 0) return true
  const parent = spanOfNode(tree, tree.parent[node])
  return (
    spans.service[parent] !== spans.service[spanOfNode(tree, node)] ||
    (spans.flags[parent] & SpanFlag.missing) !== 0
  )
}
