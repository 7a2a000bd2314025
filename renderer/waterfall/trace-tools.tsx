import type { Ref } from 'react'
import type { TimeWindow } from '#shared/derive/time-window'
import type { SpanIndex, Trace } from '#shared/trace/table'
import type { TraceLocation, TraceViewName } from '../state/trace-location'
import { flushLive } from '../state/use-live'
import { ColorMenu } from './color-menu'
import { FindField } from './find-field'
import { ReduceMenu } from './reduce-menu'
import type { FindInTrace } from './use-find-in-trace'
import type { SoughtLines } from './use-selected-line'
import type { Reduce } from './use-reductions'
import type { LinesOfTrace } from '../state/trace-lines'
import type { Repeats } from './use-repeats'
import { WaterfallTools } from './waterfall-tools'

interface Props {
  readonly session: string
  readonly trace: Trace
  readonly isBuilt: boolean
  readonly location: TraceLocation
  readonly adjust: (change: Partial<TraceLocation>) => void
  /** What is on screen. */
  readonly view: TraceViewName
  readonly views: readonly TraceViewName[]
  readonly repeats: Repeats
  readonly lines: LinesOfTrace
  readonly sought: FindInTrace
  readonly soughtLines: SoughtLines
  /** Which of the matches is selected, from 1; undefined where none is. */
  readonly matchAt: number | undefined
  /** Spans that are not taken out of view. */
  readonly leftCount: number
  readonly selected: SpanIndex
  readonly window: TimeWindow
  readonly reduce: Reduce
  readonly isDropping: boolean
  readonly onDropping: (isOpen: boolean) => void
  readonly findInput: Ref<HTMLInputElement>
  /** From match to match. */
  readonly walk: (step: 1 | -1) => void
  readonly onLeaveFind: () => void
  readonly onCollapseAll: () => void
  readonly onExpandAll: () => void
}

/** The line of controls over a trace: how it is looked at, what is sought, what is taken out, how it is coloured. */
export function TraceTools(props: Props) {
  const { session, trace, isBuilt, location, adjust, view, views, repeats, sought, matchAt, leftCount } =
    props
  const { selected, window, reduce, isDropping, onDropping, findInput, walk, onLeaveFind } = props
  return (
    <WaterfallTools
      view={view}
      views={views}
      matchesOnly={location.matchesOnly}
      criticalPath={location.criticalPath}
      onView={(view) => {
        flushLive()
        adjust({ view })
      }}
      onMatchesOnly={(matchesOnly) => adjust({ matchesOnly })}
      onCriticalPath={(criticalPath) => adjust({ criticalPath })}
      lines={props.lines}
      repeatsFolded={repeats.isFolded}
      onRepeats={repeats.set}
      onCollapseAll={props.onCollapseAll}
      onExpandAll={props.onExpandAll}
    >
      <FindField
        sought={sought}
        soughtLines={props.soughtLines}
        matchAt={matchAt}
        spanCount={leftCount}
        isReading={!isBuilt}
        inputRef={findInput}
        onNext={() => walk(1)}
        onPrevious={() => walk(-1)}
        onLeave={onLeaveFind}
      />
      <ReduceMenu
        trace={trace}
        selected={selected}
        window={window}
        reduce={reduce}
        isDropping={isDropping}
        onDropping={onDropping}
      />
      {isBuilt && (
        <ColorMenu
          session={session}
          trace={trace}
          color={location.color}
          onColor={(color) => adjust({ color })}
        />
      )}
    </WaterfallTools>
  )
}
