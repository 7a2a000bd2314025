import { type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { CriticalPath } from '#shared/derive/critical-path'
import { type BoxIndex } from '#shared/derive/flame'
import type { FlameScene } from '#shared/derive/flame-names'
import { boxAt, levelOfBox, nextBox } from '#shared/derive/flame-view'
import { rulerTicks } from '#shared/derive/ruler-ticks'
import {
  frameSpan,
  momentAt,
  panBy,
  positionOf,
  type Timeline,
  type TimeWindow,
} from '#shared/derive/time-window'
import type { SpanIndex } from '#shared/trace/table'
import { bringIntoView } from '../ui/bring-into-view'
import { Hairline } from '../ui/hairline'
import { setHoverMoment } from '../ui/hover-moment'
import { TimeHeader } from '../ui/time-header'
import { useTimeWheel } from '../ui/use-time-wheel'
import type { RowColors } from '../state/row-colors'
import { boxHeightPx, drawFlame, laneHeightPx } from './draw-flame'
import { FlameTip } from './flame-tip'
import { boxSentence } from './flame-words'
import { slotOfBox, useFlameColors, useFlameMarks } from './use-flame-picture'
import styles from './flame.module.css'

interface Props {
  readonly scene: FlameScene
  readonly rowColors: RowColors
  readonly matches: Uint8Array | undefined
  readonly path: CriticalPath | undefined
  readonly selected: SpanIndex
  /** When this changes, the selected box is brought into view. */
  readonly reveal: string
  /** What of the axis is in view, and how long it is. */
  readonly window: TimeWindow
  readonly extentNs: number
  /** Another layout is being worked out. */
  readonly isStale: boolean
  /** Where the pointer is on the axis; kept by the pane, whose keys zoom there. */
  readonly pointer: { current: number | undefined }
  readonly onWindow: (next: TimeWindow | ((now: TimeWindow) => TimeWindow)) => void
  readonly onSelect: (row: SpanIndex) => void
}

/** Hover intent before a tooltip: --d-hover. */
const tooltipAfterMs = 120
/** So far a pointer may miss a narrow box. */
const nearPx = 3
/** Less than this is a click, not a drag. */
const dragPx = 4
const currentId = 'flame-box'

interface Pointed {
  readonly box: BoxIndex
  readonly xPx: number
  readonly yPx: number
  readonly hasTip: boolean
}

/** The boxes of a flame graph on a canvas that draws only what is in view; to those who do not see it, a tree with the box at hand. */
export function FlameGraph(props: Props) {
  const {
    scene,
    rowColors,
    matches,
    path,
    selected,
    reveal,
    window,
    extentNs,
    isStale,
    pointer,
    onWindow,
    onSelect,
  } = props
  const { flame, arrangement } = scene
  const isInTime = arrangement.kind === 'time'
  const box = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [size, setSize] = useState({ widthPx: 0, heightPx: 0 })
  const [scrollPx, setScrollPx] = useState(0)
  const [focus, setFocus] = useState<{
    readonly scene: FlameScene
    readonly box: BoxIndex
    readonly whenSelected: SpanIndex
  }>()
  const [hasRing, setRing] = useState(false)
  const [pointed, setPointed] = useState<Pointed>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const drag = useRef<{
    xPx: number
    yPx: number
    readonly from: { xPx: number; yPx: number }
    isDrag: boolean
  }>(undefined)
  const colors = useFlameColors()
  const marks = useFlameMarks(scene, matches)
  const ratio = globalThis.devicePixelRatio || 1
  const { widthPx, heightPx } = size
  const timeline = useMemo<Timeline>(() => ({ window, widthPx }), [window, widthPx])
  const ticks = useMemo(() => rulerTicks(timeline), [timeline])
  const selectedBox = selected >= 0 ? (flame.boxOfRow[selected] ?? -1) : -1
  const hasOwnFocus = focus?.scene === scene && focus.whenSelected === selected
  const current = hasOwnFocus ? focus.box : Math.max(selectedBox, 0)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const measure = () => setSize({ widthPx: element.clientWidth, heightPx: element.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])

  useLayoutEffect(() => {
    const element = canvas.current
    if (!element || widthPx === 0) return
    const deviceWidth = Math.round(widthPx * ratio)
    const deviceHeight = Math.round(heightPx * ratio)
    if (element.width !== deviceWidth) element.width = deviceWidth
    if (element.height !== deviceHeight) element.height = deviceHeight
    drawFlame(element, {
      scene,
      slotOf: (one) => slotOfBox(scene, rowColors, one),
      timeline,
      heightPx,
      scrollPx,
      ...marks,
      path: isInTime ? path : undefined,
      gridAt: ticks.map(({ at }) => at),
      colors,
    })
  }, [scene, rowColors, timeline, widthPx, heightPx, scrollPx, marks, path, isInTime, ticks, colors, ratio])

  const scrollTo = (one: BoxIndex) => {
    const element = scroller.current
    if (!element || one < 0) return
    const topPx = flame.lane[one] * laneHeightPx
    bringIntoView(element, { topPx, heightPx: laneHeightPx, roomPx: element.clientHeight }, 'center')
  }
  useLayoutEffect(() => {
    scrollTo(selectedBox)
    if (!isInTime && selectedBox >= 0)
      onWindow((now) => showing(now, flame.from[selectedBox], flame.to[selectedBox]))
    // Only a new request moves the view.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  }, [reveal, scene, selectedBox < 0, heightPx === 0])

  useTimeWheel(box, extentNs, onWindow, () => pointer.current)

  const laneAt = (clientY: number) => {
    const top = scroller.current?.getBoundingClientRect().top ?? 0
    return Math.floor((clientY - top + scrollPx) / laneHeightPx)
  }
  const xAt = (clientX: number) => clientX - (scroller.current?.getBoundingClientRect().left ?? 0)
  const boxUnder = ({ clientX, clientY }: { clientX: number; clientY: number }): BoxIndex =>
    boxAt(flame, laneAt(clientY), xAt(clientX), timeline, nearPx)
  const point = (event: PointerEvent) => {
    const xPx = xAt(event.clientX)
    pointer.current = xPx >= 0 && xPx <= widthPx ? momentAt(xPx, widthPx, window) : undefined
    if (isInTime) setHoverMoment(pointer.current)
    const one = event.buttons === 0 && scroller.current?.contains(event.target as Node) ? boxUnder(event) : -1
    if (one === pointed?.box) return
    clearTimeout(timer.current)
    if (one < 0) return setPointed(undefined)
    const place = { box: one, xPx: event.clientX, yPx: event.clientY }
    setPointed({ ...place, hasTip: false })
    timer.current = setTimeout(() => setPointed({ ...place, hasTip: true }), tooltipAfterMs)
  }
  const leave = () => {
    clearTimeout(timer.current)
    pointer.current = undefined
    setHoverMoment(undefined)
    setPointed(undefined)
  }
  const pull = (event: PointerEvent) => {
    const held = drag.current
    if (!held || event.buttons === 0) return
    if (!held.isDrag && Math.hypot(event.clientX - held.from.xPx, event.clientY - held.from.yPx) < dragPx)
      return
    if (!held.isDrag) event.currentTarget.setPointerCapture(event.pointerId)
    const byPx = held.xPx - event.clientX
    drag.current = { ...held, isDrag: true, xPx: event.clientX, yPx: event.clientY }
    if (widthPx > 0 && byPx !== 0) onWindow((now) => panBy(now, byPx / widthPx, extentNs))
    scroller.current?.scrollBy({ top: held.yPx - event.clientY, behavior: 'instant' })
  }
  const goTo = (one: BoxIndex) => {
    setFocus({ scene, box: one, whenSelected: selected })
    scrollTo(one)
    onWindow((now) => showing(now, flame.from[one], flame.to[one]))
  }
  const choose = (one: BoxIndex) => {
    setFocus({ scene, box: one, whenSelected: flame.row[one] })
    onSelect(flame.row[one])
  }
  const markStyle = (one: BoxIndex) => {
    const left = Math.max(positionOf(flame.from[one], timeline), -6)
    const right = Math.min(positionOf(flame.to[one], timeline), widthPx + 6)
    return {
      transform: `translate(${left}px, ${flame.lane[one] * laneHeightPx - scrollPx}px)`,
      width: Math.max(right - left, 2),
      height: boxHeightPx,
      display: right < -4 || left > widthPx + 4 ? 'none' : undefined,
    }
  }

  return (
    <div
      ref={box}
      className={isStale ? `${styles.graph} ${styles.stale}` : styles.graph}
      onPointerMove={point}
      onPointerLeave={leave}
    >
      <div className={styles.ruler} style={{ width: widthPx }}>
        <TimeHeader
          role="img"
          name={isInTime ? 'Timeline' : 'Time worked'}
          timeline={timeline}
          ticks={ticks}
          durationNs={extentNs}
          onWindow={onWindow}
        />
      </div>
      <div
        ref={scroller}
        role="tree"
        aria-label="Flame graph"
        aria-busy={isStale}
        aria-activedescendant={currentId}
        tabIndex={0}
        className={styles.scroller}
        onScroll={(event) => {
          setScrollPx(event.currentTarget.scrollTop)
          setPointed(undefined)
        }}
        onBlur={() => setRing(false)}
        onFocus={(event) => setRing(event.currentTarget.matches(':focus-visible'))}
        onPointerDown={(event) => {
          setRing(false)
          if (event.button !== 0) return
          const place = { xPx: event.clientX, yPx: event.clientY }
          drag.current = { ...place, from: place, isDrag: false }
        }}
        onPointerMove={pull}
        onClick={(event) => {
          if (drag.current?.isDrag) return
          const one = boxUnder(event)
          if (one >= 0) choose(one)
        }}
        onDoubleClick={(event) => {
          const one = boxUnder(event)
          if (one >= 0) onWindow(frameSpan(flame.from[one], flame.to[one] - flame.from[one], extentNs))
        }}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
          const next =
            event.key === 'Enter' || event.key === ' ' ? current : nextBox(flame, current, event.key)
          if (next === undefined) return
          event.preventDefault()
          setRing(true)
          if (event.key === 'Enter' || event.key === ' ') choose(next)
          else goTo(next)
        }}
      >
        <div style={{ height: flame.laneCount * laneHeightPx }} role="none">
          <div className={styles.view} style={{ height: heightPx }} role="none">
            <canvas
              ref={canvas}
              className={styles.canvas}
              style={{ width: widthPx, height: heightPx }}
              aria-hidden="true"
            />
            {pointed && pointed.box < flame.length && (
              <div className={`${styles.mark} ${styles.hovered}`} style={markStyle(pointed.box)} />
            )}
            {selectedBox >= 0 && (
              <div className={`${styles.mark} ${styles.selected}`} style={markStyle(selectedBox)} />
            )}
            <div
              // A new element for each box: it is read out when it comes.
              key={current}
              id={currentId}
              role="treeitem"
              aria-level={levelOfBox(flame, current)}
              aria-selected={current === selectedBox}
              aria-label={boxSentence(scene, current)}
              className={hasRing ? `${styles.mark} ${styles.focused}` : styles.mark}
              style={markStyle(current)}
            />
          </div>
        </div>
      </div>
      {isInTime && <Hairline timeline={timeline} leftPx={0} isLabelled />}
      {pointed?.hasTip && pointed.box < flame.length && (
        <FlameTip
          scene={scene}
          box={pointed.box}
          color={colors.slots[slotOfBox(scene, rowColors, pointed.box)] ?? ''}
          xPx={pointed.xPx}
          yPx={pointed.yPx}
        />
      )}
    </div>
  )

  /** The window moved as little as needed to show a box. */
  function showing(now: TimeWindow, from: number, to: number): TimeWindow {
    if (to >= now.from && from <= now.to && to - from >= (now.to - now.from) / Math.max(widthPx, 1))
      return now
    if (from >= now.from && to <= now.to) return now
    const length = Math.max(now.to - now.from, to - from)
    const middle = (from + to) / 2
    const start = Math.min(Math.max(0, middle - length / 2), Math.max(0, extentNs - length))
    return { from: start, to: start + length }
  }
}
