/** Keys of the trace page, wherever the focus is. Inside the grid, arrows walk the tree: see treegrid-keys.ts. */
import type { TraceViewName } from '../state/trace-location'
import { type KeyBinding, useKeys } from '../ui/keys'
import { hoverMoment } from '../ui/hover-moment'
import { panBy, type TimeWindow, zoomAt } from '#shared/derive/time-window'

export interface WaterfallActions {
  readonly durationNs: number
  /** What is in view without any zoom. */
  readonly home: TimeWindow
  /** Whether the view has the trace's time as its axis; another binds these keys itself. */
  readonly hasTime: boolean
  /** What is on screen: others than the rows have such keys of their own. */
  readonly view: TraceViewName
  readonly setWindow: (next: (now: TimeWindow) => TimeWindow) => void
  readonly frame: () => void
  readonly focusFind: () => void
  readonly focusGrid: () => void
  readonly walk: (step: 1 | -1) => void
  readonly walkErrors: (step: 1 | -1) => void
  readonly walkPath: (step: 1 | -1) => void
  readonly unfoldToLevel: (level: number) => void
  readonly collapseAll: () => void
  readonly expandAll: () => void
  readonly toggleMatchesOnly: () => void
  readonly togglePath: () => void
  readonly toggleRepeats: () => void
  readonly escape: () => void
}

const levels = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
const zoomStep = 0.75
const panStep = 0.1

export function useWaterfallKeys(actions: WaterfallActions): void {
  const { durationNs, home, hasTime, view, setWindow } = actions
  const zoom = (factor: number) => () =>
    setWindow((now) => zoomAt(now, hoverMoment() ?? (now.from + now.to) / 2, factor, durationNs))
  const pan = (share: number) => () => setWindow((now) => panBy(now, share, durationNs))
  useKeys({
    scope: 'Time',
    bindings: !hasTime
      ? []
      : [
          { keys: ['W', 'Shift+ArrowUp'], title: 'Zoom in, at the pointer', run: zoom(zoomStep) },
          { keys: ['S', 'Shift+ArrowDown'], title: 'Zoom out', run: zoom(1 / zoomStep) },
          { keys: ['A', 'ArrowLeft', 'Shift+ArrowLeft'], title: 'Pan to earlier', run: pan(-panStep) },
          { keys: ['D', 'ArrowRight', 'Shift+ArrowRight'], title: 'Pan to later', run: pan(panStep) },
          { keys: 'F', title: 'Frame the selection', run: actions.frame },
          { keys: '0', title: 'All the time', run: () => setWindow(() => home) },
        ],
  })
  const toRows: KeyBinding = {
    keys: ['ArrowDown', 'ArrowUp'],
    title: 'To the rows; then row by row',
    run: actions.focusGrid,
  }
  const ofRows: readonly KeyBinding[] = [
    // In the rows these are of the row with the keyboard: see treegrid-keys.ts.
    { keys: ' ', title: 'Details of the row', run: actions.focusGrid },
    { keys: 'Enter', title: 'Details of the row; a log line on its page', run: actions.focusGrid },
  ]
  const folds: readonly KeyBinding[] = [
    {
      keys: levels,
      shownKeys: ['1', '…', '9'],
      title: 'Unfold to level 1 to 9',
      run: (event) => actions.unfoldToLevel(Number(event.key)),
    },
    { keys: '-', title: 'Collapse all', run: actions.collapseAll },
    { keys: ['+', '='], title: 'Expand all', run: actions.expandAll },
  ]
  useKeys({
    scope: 'Waterfall',
    bindings: [
      ...(view === 'flame' ? [] : [toRows]),
      ...(view === 'waterfall' ? ofRows : []),
      { keys: '/', title: 'Find', run: actions.focusFind },
      { keys: ['J', 'N'], title: 'Next match', run: () => actions.walk(1) },
      { keys: ['K', 'P'], title: 'Previous match', run: () => actions.walk(-1) },
      { keys: 'O', title: 'Matches only', run: actions.toggleMatchesOnly },
      { keys: 'E', title: 'Next error', run: () => actions.walkErrors(1) },
      { keys: 'Shift+E', title: 'Previous error', run: () => actions.walkErrors(-1) },
      { keys: 'X', title: 'Along the critical path', run: () => actions.walkPath(1) },
      { keys: 'Shift+X', title: 'Back along the critical path', run: () => actions.walkPath(-1) },
      { keys: 'Shift+P', title: 'Critical path on, off', run: actions.togglePath },
      { keys: 'Shift+R', title: 'Fold repeats on, off', run: actions.toggleRepeats },
      ...(view === 'waterfall' ? folds : []),
      { keys: 'Escape', title: 'Stop reading, clear, close', run: actions.escape },
    ],
  })
}
