import type { ReactNode } from 'react'
import type { TracePanes } from '../state/trace-pane'
import type { TraceViewName } from '../state/trace-location'
import type { LinesOfTrace } from '../state/trace-lines'
import { Button } from '../ui/button'
import type { IconName } from '../ui/icon'
import { Segmented } from '../ui/segmented'
import { LinesTool } from './lines-tool'
import styles from './tools.module.css'

interface Props {
  /** The find field. */
  readonly children: ReactNode
  readonly view: TraceViewName
  readonly views: readonly TraceViewName[]
  readonly matchesOnly: boolean
  readonly criticalPath: boolean
  readonly repeatsFolded: boolean
  readonly lines: LinesOfTrace
  readonly onView: (view: TraceViewName) => void
  readonly onMatchesOnly: (only: boolean) => void
  readonly onCriticalPath: (shown: boolean) => void
  readonly onRepeats: (folded: boolean) => void
  readonly onCollapseAll: () => void
  readonly onExpandAll: () => void
}

const labels: Readonly<Record<TraceViewName, string>> = {
  waterfall: 'Waterfall',
  flame: 'Flame',
  table: 'Table',
}

/** The ways of looking at a trace that there are. */
export function viewsOf(panes: TracePanes): readonly TraceViewName[] {
  return ['waterfall', ...(['flame', 'table'] as const).filter((name) => panes[name])]
}

interface ToolProps {
  readonly label: string
  readonly icon: IconName
  readonly pressed?: boolean
  readonly onClick: () => void
}

/** A button that is its icon alone where there is no room for its label. */
function Tool({ label, icon, pressed, onClick }: ToolProps) {
  return (
    <Button label={label} title={label} icon={icon} pressed={pressed} onClick={onClick}>
      <span className={styles.label}>{label}</span>
    </Button>
  )
}

/** The line of controls over the rows. */
export function WaterfallTools(props: Props) {
  const { children, view, views, matchesOnly, criticalPath } = props
  const { repeatsFolded, onRepeats, onView, onMatchesOnly, onCriticalPath, onCollapseAll, onExpandAll } =
    props
  const isWaterfall = view === 'waterfall'
  return (
    <div className={styles.tools}>
      {views.length > 1 && (
        <Segmented
          label="View"
          value={view}
          options={views.map((value) => ({ value, label: labels[value] }))}
          onChange={onView}
        />
      )}
      {children}
      <Button pressed={matchesOnly} onClick={() => onMatchesOnly(!matchesOnly)}>
        Matches only
      </Button>
      <span className={styles.space} />
      {view !== 'table' && (
        <Tool
          label="Critical path"
          icon="invest"
          pressed={criticalPath}
          onClick={() => onCriticalPath(!criticalPath)}
        />
      )}
      {isWaterfall && (
        <Tool
          label="Fold repeats"
          icon="repeat"
          pressed={repeatsFolded}
          onClick={() => onRepeats(!repeatsFolded)}
        />
      )}
      {isWaterfall && <LinesTool lines={props.lines} />}
      {isWaterfall && <Tool label="Collapse all" icon="outdent" onClick={onCollapseAll} />}
      {isWaterfall && <Tool label="Expand all" icon="indent" onClick={onExpandAll} />}
    </div>
  )
}
