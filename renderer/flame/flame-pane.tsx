import { useMemo, useRef } from 'react'
import { formatDuration } from '#shared/derive/durations'
import type { FlameArrangement } from '#shared/derive/flame'
import { boxName, errorsOf, type FlameScene } from '#shared/derive/flame-names'
import { flameSvg } from '#shared/derive/flame-svg'
import { countOf } from '#shared/derive/quantities'
import { frameSpan, isWhole, panBy, type TimeWindow, wholeWindow, zoomAt } from '#shared/derive/time-window'
import { picturePalette } from '../state/picture-palette'
import type { RowColors } from '../state/row-colors'
import type { TraceLocation } from '../state/trace-location'
import type { TracePaneProps } from '../state/trace-pane'
import { useAttributeKeys, useFlame } from '../state/use-flame'
import { useLive } from '../state/use-live'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { useKeys } from '../ui/keys'
import { ProgressBar } from '../ui/progress-bar'
import { FlameGraph } from './flame-graph'
import { FlameTools } from './flame-tools'
import { slotOfBox } from './use-flame-picture'
import styles from './flame.module.css'

const zoomStep = 0.75
const panStep = 0.1

/** The trace as a flame graph: in order of time, or merged. */
export function FlamePane(props: TracePaneProps) {
  const {
    session,
    trace,
    colors,
    included,
    matches,
    selected,
    path,
    reveal,
    location,
    actions,
    onSelect,
    onWindow,
  } = props
  const arrangement = location.flame
  const isMerged = arrangement.kind === 'merged'
  const isAllTime = isWhole(props.window, trace.durationNs)
  const {
    laidOut: scene,
    isWaiting,
    error,
  } = useFlame(
    session,
    trace,
    arrangement,
    { included, keepsCallers: location.matchesOnly && matches !== undefined },
    isMerged && !isAllTime ? props.window : undefined,
  )
  const attributes = useAttributeKeys(session, trace, isMerged)
  const names = useMemo(() => attributes.keys.map(({ key }) => key), [attributes.keys])
  const drawsTime = scene?.arrangement.kind === 'time'
  const extentNs = scene?.flame.extentNs ?? 1
  const pane = useRef<HTMLDivElement>(null)
  const pointer = useRef<number | undefined>(undefined)

  const zoom = useLive(location.flameZoom, (flameZoom) => actions.adjust({ flameZoom }), sameZoom)
  const window = useMemo<TimeWindow>(() => {
    if (drawsTime) return props.window
    return zoom.value
      ? { from: zoom.value.from * extentNs, to: zoom.value.to * extentNs }
      : wholeWindow(extentNs)
  }, [drawsTime, props.window, zoom.value, extentNs])
  const setPart = (next: TimeWindow | ((now: TimeWindow) => TimeWindow)) =>
    zoom.set((now) => {
      const from = now ? { from: now.from * extentNs, to: now.to * extentNs } : wholeWindow(extentNs)
      const to = typeof next === 'function' ? next(from) : next
      return isWhole(to, extentNs) ? undefined : { from: to.from / extentNs, to: to.to / extentNs }
    })
  const setWindow = drawsTime ? onWindow : setPart
  const frame = () => {
    const box = selected < 0 ? -1 : (scene?.flame.boxOfRow[selected] ?? -1)
    if (scene && box >= 0)
      setPart(frameSpan(scene.flame.from[box], scene.flame.to[box] - scene.flame.from[box], extentNs))
  }
  const zoomBy = (factor: number) => () =>
    setPart((now) => zoomAt(now, pointer.current ?? (now.from + now.to) / 2, factor, extentNs))
  const pan = (share: number) => () => setPart((now) => panBy(now, share, extentNs))
  useKeys({
    scope: 'Flame graph',
    bindings: [
      {
        keys: ['ArrowDown', 'ArrowUp'],
        title: 'To the boxes; then from box to box',
        run: () => pane.current?.querySelector<HTMLElement>('[role=tree]')?.focus(),
      },
      ...(isMerged
        ? [
            { keys: ['W', 'Shift+ArrowUp'], title: 'Zoom in, at the pointer', run: zoomBy(zoomStep) },
            { keys: ['S', 'Shift+ArrowDown'], title: 'Zoom out', run: zoomBy(1 / zoomStep) },
            { keys: ['A', 'ArrowLeft', 'Shift+ArrowLeft'], title: 'Pan to the left', run: pan(-panStep) },
            { keys: ['D', 'ArrowRight', 'Shift+ArrowRight'], title: 'Pan to the right', run: pan(panStep) },
            { keys: 'F', title: 'Frame the selection', run: frame },
            { keys: '0', title: 'All boxes', run: () => setPart(wholeWindow(extentNs)) },
          ]
        : []),
    ],
  })

  const arrange = (flame: FlameArrangement) => {
    zoom.show(undefined)
    actions.adjust({ flame, flameZoom: undefined })
  }
  return (
    <div ref={pane} className={styles.pane}>
      <FlameTools
        arrangement={arrangement}
        keys={names}
        isLoading={attributes.isLoading}
        problem={attributes.error?.message}
        summary={scene ? summaryOf(scene, isAllTime) : ''}
        isZoomed={!drawsTime && zoom.value !== undefined}
        onArrangement={arrange}
        onWhole={() => setPart(wholeWindow(extentNs))}
        picture={scene && scene.flame.length > 0 ? () => pictureOf(scene, colors, window) : undefined}
      />
      {error && <ErrorNote error={error} />}
      {scene && scene.flame.length > 0 && (
        <FlameGraph
          scene={scene}
          rowColors={colors}
          matches={matches}
          path={path}
          selected={selected}
          reveal={reveal}
          window={window}
          extentNs={extentNs}
          isStale={isWaiting}
          pointer={pointer}
          onWindow={setWindow}
          onSelect={onSelect}
        />
      )}
      {scene && scene.flame.length === 0 && !isWaiting && (
        <EmptyState
          title="No span is in view."
          action={
            !isAllTime && <Button onClick={() => onWindow(wholeWindow(trace.durationNs))}>Whole trace</Button>
          }
        >
          {isAllTime ? 'Undo what was taken out of view.' : 'None runs in this part of the time.'}
        </EmptyState>
      )}
      {!scene && isWaiting && <ProgressBar label="Laying out the flame graph" />}
    </div>
  )
}

/** What is in view, in the colours of the theme. */
function pictureOf(scene: FlameScene, colors: RowColors, window: TimeWindow): string {
  const { trace, flame } = scene
  const palette = picturePalette()
  return flameSvg({
    title: `Trace ${trace.traceId}, ${formatDuration(trace.durationNs)}`,
    flame,
    window,
    name: (box) => Object.values(boxName(scene, box)).filter(Boolean).join(' '),
    // Slots are counted from 1; the one behind them stands for what has no colour of its own.
    color: (box) => palette.others[slotOfBox(scene, colors, box) - 1] ?? palette.muted,
    isFailed: (box) => errorsOf(scene, box) > 0,
    palette,
  })
}

/** How much is drawn, and of what. */
function summaryOf({ flame }: FlameScene, isAllTime: boolean): string {
  if (!flame.merged) return `${countOf(flame.length, 'span')} in ${countOf(flame.laneCount, 'lane')}`
  const spans = flame.merged.count.reduce((sum, count) => sum + count, 0)
  const when = isAllTime ? '' : ' in the time selected above'
  const total = `${formatDuration(flame.extentNs)} of work${when}`
  return `${countOf(flame.length, 'box', 'boxes')} of ${countOf(spans, 'span')}, ${total}`
}

function sameZoom(a: TraceLocation['flameZoom'], b: TraceLocation['flameZoom']): boolean {
  if (!a || !b) return a === b
  return Math.abs(a.from - b.from) < 1e-7 && Math.abs(a.to - b.to) < 1e-7
}
