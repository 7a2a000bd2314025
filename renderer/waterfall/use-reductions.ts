/** What a reader takes out of view, and puts back: each step is a place of its own, so that Back undoes it too. */
import { type DropReduction, formatReduction, type Reduction } from '#shared/derive/reduction'
import { useKeys } from '../ui/keys'
import { say } from '../ui/status-message'
import { spanIdOfRow } from '#shared/derive/span-ids'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { isMissingRow } from './span-facts'
import type { TimeWindow } from '#shared/derive/time-window'

/** The ways of taking something out of view; undefined where there is nothing to take. */
export interface Reduce {
  readonly list: readonly Reduction[]
  readonly focus: (row: SpanIndex) => void
  readonly hideService: (row: SpanIndex) => void
  /** Undefined while all the time there is, is in view. */
  readonly onlyThisTime: (() => void) | undefined
  /** Replaces what was dropped for its length before. */
  readonly dropShort: (reduction: DropReduction) => void
  readonly undo: () => void
  readonly clear: () => void
  readonly removeAt: (index: number) => void
}

interface Place {
  readonly trace: Trace
  readonly isBuilt: boolean
  readonly list: readonly Reduction[]
  readonly window: TimeWindow
  /** What is in view without a zoom. */
  readonly home: TimeWindow
  readonly isZoomed: boolean
  readonly selected: SpanIndex
  /** Goes to the same trace with these; `zoom` undefined shows all the time that is left. */
  readonly goTo: (list: readonly Reduction[], zoom: TimeWindow | undefined) => void
  /** Opens a row, so that its inside is seen. */
  readonly open: (row: SpanIndex) => void
  readonly onDropShort: () => void
}

const isDrop = ({ kind }: Reduction): boolean => kind === 'drop-short' || kind === 'drop-share'

/** Registers the keys too. */
export function useReductions(place: Place): Reduce {
  const { trace, isBuilt, list, window, home, isZoomed, selected, goTo, open, onDropShort } = place
  const zoom = isZoomed ? window : undefined
  const add = (reduction: Reduction, nextZoom: TimeWindow | undefined) => {
    const word = formatReduction(reduction)
    const others = list.filter((one) => formatReduction(one) !== word && !(isDrop(one) && isDrop(reduction)))
    goTo([...others, reduction], nextZoom)
  }
  const remove = (kept: readonly Reduction[]) => {
    const wasTime = list.some((one) => one.kind === 'select-time' && !kept.includes(one))
    // Rows outside of the time come back; the time in view is still the one that was chosen.
    goTo(kept, wasTime && !isZoomed ? home : zoom)
  }
  const reduce: Reduce = {
    list,
    focus: (row) => {
      open(row)
      add({ kind: 'focus', span: spanIdOfRow(trace.spans, row) }, undefined)
    },
    hideService: (row) => {
      if (isBuilt || isNamed(trace, row)) add({ kind: 'hide-service', service: serviceOf(trace, row) }, zoom)
      else
        say('The name of this service has not come yet. Hide it when the trace has been read.', {
          tone: 'warn',
        })
    },
    onlyThisTime: isZoomed
      ? () => {
          const from = Math.max(0, Math.round(window.from))
          add({ kind: 'select-time', from, to: Math.round(window.to) }, undefined)
        }
      : undefined,
    dropShort: (reduction) => add(reduction, zoom),
    undo: () => list.length > 0 && remove(list.slice(0, -1)),
    clear: () => list.length > 0 && remove([]),
    removeAt: (index) => remove(list.filter((_, at) => at !== index)),
  }
  const withSelection = (run: (row: SpanIndex) => void) => () =>
    selected < 0 ? say('Select a span first.', { tone: 'warn' }) : run(selected)
  useKeys({
    scope: 'Reduce',
    bindings: [
      { keys: 'Shift+F', title: 'Focus the subtree of the selection', run: withSelection(reduce.focus) },
      {
        keys: 'H',
        title: 'Hide the service of the selection',
        run: withSelection((row) => !isMissingRow(trace, row) && reduce.hideService(row)),
      },
      {
        keys: 'Shift+W',
        title: 'Only the time in view',
        run: reduce.onlyThisTime ?? (() => say('Zoom into the time you want first.', { tone: 'warn' })),
      },
      { keys: 'Shift+D', title: 'Drop short spans', run: onDropShort },
      { keys: 'U', title: 'Undo the last', run: reduce.undo },
      { keys: 'Shift+U', title: 'Show all spans', run: reduce.clear },
    ],
  })
  return reduce
}

/** Jaeger's JSON names services after their spans: until then one is called by its process, and would not be found again. */
function isNamed({ spans, scopes }: Trace, row: SpanIndex): boolean {
  const { format, resource } = scopes[spans.scope[row]]
  return format !== 'jaeger-json' || resource !== undefined
}

export function serviceOf({ spans, services }: Trace, row: SpanIndex): string {
  return services[spans.service[row]]
}
