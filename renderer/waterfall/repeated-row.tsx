import type { CSSProperties, ReactNode } from 'react'
import { formatDuration, formatOffset } from '#shared/derive/durations'
import { countOf, formatCount } from '#shared/derive/quantities'
import type { RepeatedRows } from '#shared/derive/repeated-rows'
import type { RowNode } from '#shared/derive/row-tree'
import { slotOfRow } from '../state/row-colors'
import { slotColor } from '../state/service-colors'
import { Icon } from '../ui/icon'
import { indentPx, MatchesInside, showsService } from './name-cell'
import { threadTimesInside } from './critical-thread'
import { firstRowIndex } from './list-position'
import { RepeatBar } from './repeat-bar'
import type { Scene } from './scene'
import { Thread } from './thread'
import rowStyles from './span-row.module.css'
import styles from './repeated-row.module.css'

interface Props {
  readonly scene: Scene
  readonly node: RowNode
  readonly groups: RepeatedRows
  readonly group: number
  readonly isFolded: boolean
  /** What every row has: its place in the grid and on screen. */
  readonly row: { readonly id: string; readonly index: number; readonly style: CSSProperties }
  readonly className: string
}

/** Repeated siblings as one row: how many, how long each, when, and how many failed. */
export function RepeatedRow({ scene, node, groups, group, isFolded, row, className }: Props) {
  const { trace, tree } = scene
  const { spans } = trace
  const first = groups.first[group]
  const level = tree.level[node]
  const wantedPx = level * indentPx
  const indent = Math.min(wantedPx, scene.indentLimitPx)
  const errors = groups.errorCount[group]
  const color = slotColor(slotOfRow(scene.colors, first))
  return (
    <div
      id={row.id}
      role="row"
      aria-rowindex={scene.from + row.index + firstRowIndex}
      aria-level={level + 1}
      aria-expanded={!isFolded}
      aria-selected={false}
      data-index={row.index}
      className={className}
      style={{ ...row.style, '--c': color } as CSSProperties}
    >
      <div role="gridcell" className={rowStyles.name}>
        <i className={rowStyles.guides} style={{ width: indent }} />
        <span className={rowStyles.twist} style={{ marginLeft: indent }} data-part="fold">
          <Icon name={isFolded ? 'right' : 'down'} size="x" />
        </span>
        {wantedPx > indent && <span className="t3 micro">{level + 1}</span>}
        <span className={`sw ${rowStyles.swatch}`} />
        <span className={styles.name}>
          {showsService(scene, node) && (
            <b className={`cut ${rowStyles.service}`}>{trace.services[spans.service[first]]} </b>
          )}
          <span className="cut">{trace.names[spans.name[first]] || <span className="t3">no name</span>}</span>
        </span>
        <span className="tag">× {formatCount(groups.memberCount[group])}</span>
        <span className={styles.figures} title={inWords(groups, group)}>
          <Figure name="p50">{formatDuration(groups.p50Ns[group])}</Figure>
          <Figure name="p95">{formatDuration(groups.p95Ns[group])}</Figure>
          <Figure name="max">{formatDuration(groups.maxNs[group])}</Figure>
          <Figure name="total">{formatDuration(groups.totalNs[group])}</Figure>
        </span>
        <span className={rowStyles.marks}>
          {isFolded && <MatchesInside scene={scene} node={node} />}
          {errors > 0 && (
            <span className={rowStyles.errorsInside} title={countOf(errors, 'error')}>
              <Icon name="error" size="x" label={countOf(errors, 'error')} />
              {formatCount(errors)}
            </span>
          )}
        </span>
      </div>
      <div role="gridcell" className={`${rowStyles.figure} t2`}>
        {formatDuration(groups.to[group] - groups.from[group])}
      </div>
      <div role="gridcell" className={`${rowStyles.figure} t3`}>
        {formatDuration(groups.selfNs[group])}
      </div>
      <div role="gridcell" className={rowStyles.time}>
        <span className="sr">{inWords(groups, group)}</span>
        <RepeatBar groups={groups} group={group} timeline={scene.timeline}>
          {scene.path && (
            <Thread
              scene={scene}
              times={isFolded ? threadTimesInside(scene.path, tree, node) : new Float64Array(0)}
              index={scene.from + row.index}
            />
          )}
        </RepeatBar>
      </div>
    </div>
  )
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <span>
      <span className="t3">{name}</span> {children}
    </span>
  )
}

function inWords(groups: RepeatedRows, group: number): string {
  const part = (column: Float64Array) => formatDuration(column[group])
  const errors = groups.errorCount[group]
  return `${formatCount(groups.memberCount[group])} from ${formatOffset(groups.from[group])} to ${formatOffset(groups.to[group])}: p50 ${part(groups.p50Ns)}, p95 ${part(groups.p95Ns)}, max ${part(groups.maxNs)}, total ${part(groups.totalNs)}, ${errors === 0 ? 'no errors' : countOf(errors, 'error')}`
}
