import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { MapNode } from '#shared/map/graph'
import { useThemeColors } from '../ui/theme-colors'
import { Button } from '../ui/button'
import { useKeys } from '../ui/keys'
import type { Box } from '#shared/map/layout-graph'
import { slotTokens } from '../state/service-colors'
import { slotOfService } from '../state/trace-colors'
import { alone, without } from './apart'
import { drawMap, mapTokens, type Picture } from './draw-map'
import { kindWord, spokenFigures } from './figure-text'
import { boxesOfCurves, edgeNear } from './curves'
import { centred, fittingBeside, isWellSeen, neighbour, type Point, type View, zoomedAt } from './geometry'
import styles from './map-canvas.module.css'
import { exposed, wholePx } from './shifted'

interface Props {
  readonly picture: Picture
  readonly selected: string
  /** What was looked for by its name: it comes to the middle, large enough to be read. Another object for each time. */
  readonly found: { readonly name: string } | undefined
  readonly onSelect: (id: string) => void
  /** The traces of what is selected. */
  readonly onOpen: (id: string) => void
  /** A service was put elsewhere. */
  readonly onMove: (name: string, x: number, y: number) => void
  /** Another one whenever all was placed anew: then it is seen whole again. */
  readonly placing: object
}

const wheelFactor = 1.0015
const stepFactor = 1.25
/** Names are read from here on. */
const readableScale = 1
/** What a key moves the map by. */
const panPx = 80
const reachPx = 6
/** What the buttons in the corner take, with some room around them. */
const tools = { widthPx: 98, heightPx: 46 }
/** A press that moves less is a click. */
const clickPx = 3
/** So long after the last move it rests. */
const restMs = 150

/** How far something that lies `from` … `from + length` has to move to lie within 0 … `room`; its beginning comes first. */
const shiftInto = (from: number, length: number, room: number): number =>
  from < 0 ? -from : Math.min(0, Math.max(room - from - length, -from))

/** What a canvas shows: drawn of these things, seen so, with figures at its calls or without. */
interface Pictured {
  readonly about: readonly unknown[]
  readonly view: View
  readonly wearsLabels: boolean
}

interface Dragged {
  readonly name: string
  readonly of: Picture
  /** All but that. */
  readonly others: Picture
  /** How far, px at a scale of 1. */
  readonly by: Point
}

/** How a press ended: without a move, somewhere else, or let go of by Escape or by the system, and then nothing came of it. */
type Ending = 'click' | 'moved' | 'cancelled'

/** Follows a press until it ends: moved by `dx` and `dy` CSS pixels in all; not at all where it was a click. */
function follow(
  event: React.PointerEvent<HTMLElement>,
  moved: (dx: number, dy: number) => void,
  ended: (ending: Ending, dx: number, dy: number) => void,
): void {
  const target = event.currentTarget
  target.setPointerCapture(event.pointerId)
  const [startX, startY] = [event.clientX, event.clientY]
  const over = new AbortController()
  let isClick = true
  let [dx, dy] = [0, 0]
  const move = (now: PointerEvent) => {
    ;[dx, dy] = [now.clientX - startX, now.clientY - startY]
    if (Math.hypot(dx, dy) > clickPx) isClick = false
    if (!isClick) moved(dx, dy)
  }
  const end = (ending: Ending) => {
    over.abort()
    ended(ending, dx, dy)
  }
  const { signal } = over
  target.addEventListener('pointermove', move, { signal })
  target.addEventListener('pointerup', () => end(isClick ? 'click' : 'moved'), { signal })
  target.addEventListener('pointercancel', () => end('cancelled'), { signal })
  const pressed = (key: KeyboardEvent) => {
    if (key.key !== 'Escape') return
    // It would let go of what is selected as well.
    key.preventDefault()
    key.stopImmediatePropagation()
    end('cancelled')
  }
  globalThis.addEventListener('keydown', pressed, { capture: true, signal })
}

/**
 * The map: one canvas, and over it an option of a list for each service, which draws nothing: it takes the pointer and the keys, and has
 * its name for a screen reader.
 */
export function MapCanvas({ picture, selected, found, onSelect, onOpen, onMove, placing }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const view = useRef<View>({ scale: 1, x: 0, y: 0 })
  /** A person moved it since all was shown. */
  const isOwnView = useRef(false)
  /** The service that is dragged is drawn on a canvas of its own, over all the others, which are drawn once. */
  const over = useRef<HTMLCanvasElement>(null)
  const dragged = useRef<Dragged>(undefined)
  const hovered = useRef<string | undefined>(undefined)
  const drawn = useRef(0)
  /** What the canvas shows, so that a drag only adds what comes in at its edges. */
  const pictured = useRef<Pictured | undefined>(undefined)
  const colors = useThemeColors(mapTokens)
  const slots = useThemeColors(slotTokens)
  const [size, setSize] = useState({ width: 0, height: 0 })

  const draw = useCallback(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || size.width === 0) return
    const marked = { selected, hovered: hovered.current }
    // Only services have colours: what else there is has a shape of its own.
    const colorOf = ({ name, kind }: MapNode): string =>
      kind === 'service' ? slots[slotTokens[slotOfService(name)]] : colors['--line-control']
    const { width, height } = context.canvas
    const whole = { x: 0, y: 0, width, height }
    const drag = dragged.current
    const overContext = drag && over.current?.getContext('2d')
    // A canvas that shows nothing would cost every frame as much as one that does.
    if (over.current) over.current.hidden = drag === undefined
    if (overContext) {
      const moved = alone(picture, drag.name, drag.by)
      drawMap(overContext, moved, view.current, marked, colors, colorOf, whole)
    }
    const still = drag?.others ?? picture
    const about = [still, selected, colors, slots, size, hovered.current]
    const last = pictured.current
    const isSame = last !== undefined && about.every((one, at) => one === last.about[at])
    if (isSame && last.view === view.current) return
    const moved = isSame
      ? exposed(last.view, view.current, context.canvas, globalThis.devicePixelRatio)
      : undefined
    let wearsLabels = moved && last?.wearsLabels
    if (moved) {
      context.globalCompositeOperation = 'copy'
      context.drawImage(context.canvas, moved.dx, moved.dy)
      context.globalCompositeOperation = 'source-over'
    }
    for (const area of moved?.areas ?? [whole])
      wearsLabels = drawMap(context, still, view.current, marked, colors, colorOf, area, wearsLabels)
    pictured.current = { about, view: view.current, wearsLabels: wearsLabels === true }
    if (layer.current)
      layer.current.style.transform = `translate(${view.current.x}px, ${view.current.y}px) scale(${view.current.scale})`
  }, [picture, selected, colors, slots, size])
  useLayoutEffect(() => {
    // In another picture it stands where it was let go.
    if (dragged.current?.of !== picture) dragged.current = undefined
  }, [picture])
  const drawSoon = useCallback(() => {
    cancelAnimationFrame(drawn.current)
    drawn.current = requestAnimationFrame(draw)
  }, [draw])

  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return undefined
    const observer = new ResizeObserver(([{ contentRect }]) =>
      setSize({ width: contentRect.width, height: contentRect.height }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const fit = useCallback(() => {
    const boxes = [picture.places, picture.groups].flatMap((all) => [...all.values()])
    const all = [...boxes, ...boxesOfCurves(picture.curves.values())]
    view.current = fittingBeside(all, size.width, size.height, tools)
    isOwnView.current = false
    drawSoon()
  }, [picture, size, drawSoon])
  const fitted = useRef<object>(undefined)
  useLayoutEffect(() => {
    if (size.width === 0 || fitted.current === placing || picture.places.size === 0) return
    fitted.current = placing
    if (!isOwnView.current || !isWellSeen(picture.places.values(), view.current, size.width, size.height))
      fit()
  }, [placing, fit, picture, size])
  /** The window itself was made larger or smaller; details that open beside the map do not move it under the pointer. */
  const isResized = useRef(false)
  useEffect(() => {
    const resized = () => {
      isResized.current = true
    }
    globalThis.addEventListener('resize', resized)
    return () => globalThis.removeEventListener('resize', resized)
  }, [])
  useLayoutEffect(() => {
    if (isResized.current && !isOwnView.current && size.width > 0) fit()
    isResized.current = false
  }, [size, fit])
  const shownFound = useRef<{ readonly found: object; readonly view: View }>(undefined)
  useLayoutEffect(() => {
    const box = found && picture.places.get(found.name)
    const last = shownFound.current
    // Its details make the map narrower: it is still in the middle then, unless somebody has looked elsewhere since.
    if (!box || size.width === 0 || (last?.found === found && last.view !== view.current)) return
    view.current = centred(box, Math.max(view.current.scale, readableScale), size.width, size.height)
    shownFound.current = { found, view: view.current }
    drawSoon()
  }, [found, picture, size, drawSoon])
  useEffect(() => {
    drawSoon()
    return () => cancelAnimationFrame(drawn.current)
  }, [drawSoon])

  const settled = useRef(0)
  /** Moves what is seen; once it rests all of it is drawn anew, for what calls wear depends on how many are in view. */
  const pan = useCallback(
    (x: number, y: number) => {
      view.current = { ...view.current, x, y }
      isOwnView.current = true
      drawSoon()
      clearTimeout(settled.current)
      settled.current = window.setTimeout(() => {
        pictured.current = undefined
        drawSoon()
      }, restMs)
    },
    [drawSoon],
  )
  const zoom = useCallback(
    (factor: number, at = { x: size.width / 2, y: size.height / 2 }) => {
      view.current = zoomedAt(view.current, factor, at)
      isOwnView.current = true
      drawSoon()
    },
    [size, drawSoon],
  )
  useEffect(() => {
    const element = frame.current
    if (!element) return undefined
    // React's own listener is passive: it could not keep the page from zooming.
    const turned = (event: WheelEvent) => {
      event.preventDefault()
      const { left, top } = element.getBoundingClientRect()
      if (event.ctrlKey || event.metaKey)
        zoom(wheelFactor ** -event.deltaY, { x: event.clientX - left, y: event.clientY - top })
      else {
        const { x, y } = view.current
        const [dx, dy] = event.shiftKey ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
        pan(x - wholePx(dx), y - wholePx(dy))
      }
    }
    element.addEventListener('wheel', turned, { passive: false })
    return () => element.removeEventListener('wheel', turned)
  }, [zoom, pan])

  const panBy = (dx: number, dy: number) => pan(view.current.x + dx, view.current.y + dy)
  useKeys({
    scope: 'Map',
    bindings: [
      { keys: ['+', '='], shownKeys: ['+'], title: 'Zoom in', run: () => zoom(stepFactor) },
      { keys: '-', title: 'Zoom out', run: () => zoom(1 / stepFactor) },
      { keys: '0', title: 'Show all', run: fit },
      { keys: 'Shift+ArrowLeft', title: 'Look further left', run: () => panBy(panPx, 0) },
      { keys: 'Shift+ArrowRight', title: 'Look further right', run: () => panBy(-panPx, 0) },
      { keys: 'Shift+ArrowUp', title: 'Look further up', run: () => panBy(0, panPx) },
      { keys: 'Shift+ArrowDown', title: 'Look further down', run: () => panBy(0, -panPx) },
    ],
  })
  /** A service that has the focus is in view, however near the map is looked at. */
  const bringIntoView = (box: Box) => {
    const { scale, x, y } = view.current
    const dx = shiftInto(box.x * scale + x, box.width * scale, size.width)
    const dy = shiftInto(box.y * scale + y, box.height * scale, size.height)
    if (dx !== 0 || dy !== 0) panBy(wholePx(dx), wholePx(dy))
  }

  const onMapAt = (event: { readonly clientX: number; readonly clientY: number }) => {
    const { left = 0, top = 0 } = frame.current?.getBoundingClientRect() ?? {}
    const { x, y, scale } = view.current
    return { x: (event.clientX - left - x) / scale, y: (event.clientY - top - y) / scale }
  }
  const edgeAt = (event: React.PointerEvent) =>
    edgeNear(picture.curves, onMapAt(event), reachPx / view.current.scale)
  const drag = (name: string, dx: number, dy: number) => {
    const { scale } = view.current
    const last = dragged.current
    const others = last?.of === picture && last.name === name ? last.others : without(picture, name)
    dragged.current = { name, of: picture, others, by: { x: dx / scale, y: dy / scale } }
    drawSoon()
  }
  const putBack = () => {
    dragged.current = undefined
    drawSoon()
  }
  const hover = (id: string | undefined) => {
    if (hovered.current === id) return
    hovered.current = id
    if (frame.current) frame.current.style.cursor = id === undefined ? '' : 'pointer'
    drawSoon()
  }

  return (
    <div className={styles.map}>
      <div
        ref={frame}
        className={styles.frame}
        onPointerDown={(event) => {
          if (event.button !== 0 || event.target instanceof HTMLButtonElement) return
          const before = view.current
          const edge = edgeAt(event)
          follow(
            event,
            (dx, dy) => pan(before.x + wholePx(dx), before.y + wholePx(dy)),
            (ending) => {
              if (ending === 'click') onSelect(edge ?? '')
              if (ending === 'cancelled') pan(before.x, before.y)
            },
          )
        }}
        onPointerMove={(event) => {
          if (event.target === canvas.current || event.target === layer.current) hover(edgeAt(event))
        }}
        onPointerLeave={() => hover(undefined)}
      >
        <canvas
          ref={canvas}
          width={Math.round(size.width * globalThis.devicePixelRatio)}
          height={Math.round(size.height * globalThis.devicePixelRatio)}
          style={{ width: size.width, height: size.height }}
          aria-hidden="true"
        />
        <canvas
          ref={over}
          className={styles.over}
          hidden
          width={Math.round(size.width * globalThis.devicePixelRatio)}
          height={Math.round(size.height * globalThis.devicePixelRatio)}
          style={{ width: size.width, height: size.height }}
          aria-hidden="true"
        />
        <div ref={layer} className={styles.layer} role="listbox" aria-label="Services" tabIndex={-1}>
          {picture.nodes.map((node) => (
            <NodeOption
              key={node.name}
              node={node}
              picture={picture}
              isSelected={node.name === selected}
              isReachable={
                node.name === selected || (!picture.places.has(selected) && node === picture.nodes[0])
              }
              onHover={hover}
              onSelect={onSelect}
              onFocus={bringIntoView}
              onOpen={onOpen}
              onDrag={(event, box) =>
                follow(
                  event,
                  (dx, dy) => drag(node.name, dx, dy),
                  (ending, dx, dy) => {
                    const { scale } = view.current
                    if (ending === 'moved') onMove(node.name, box.x + dx / scale, box.y + dy / scale)
                    else putBack()
                  },
                )
              }
            />
          ))}
        </div>
      </div>
      <div className={styles.tools}>
        <Button look="ghost" icon="plus" label="Zoom in" onClick={() => zoom(stepFactor)} />
        <Button look="ghost" icon="minus" label="Zoom out" onClick={() => zoom(1 / stepFactor)} />
        <Button look="ghost" icon="fit" label="Show all" onClick={fit} />
      </div>
    </div>
  )
}

interface OptionProps {
  readonly node: MapNode
  readonly picture: Picture
  readonly isSelected: boolean
  readonly isReachable: boolean
  readonly onHover: (id: string | undefined) => void
  readonly onSelect: (id: string) => void
  readonly onFocus: (box: Box) => void
  readonly onOpen: (id: string) => void
  readonly onDrag: (
    event: React.PointerEvent<HTMLElement>,
    box: { readonly x: number; readonly y: number },
  ) => void
}

const directions = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const

function NodeOption({
  node: { name, namespace, kind, figures, within },
  picture,
  isSelected,
  isReachable,
  onHover,
  onSelect,
  onFocus,
  onOpen,
  onDrag,
}: OptionProps) {
  const own = useRef<HTMLDivElement>(null)
  const box = picture.places.get(name)
  if (!box) return undefined
  const spoken = spokenFigures(figures, picture.unit)
  return (
    <div
      ref={own}
      className={styles.node}
      role="option"
      aria-selected={isSelected}
      aria-label={[name, kindWord(kind), namespace && `in ${namespace}`, spoken, within && 'calls itself']
        .filter(Boolean)
        .join(', ')}
      tabIndex={isReachable ? 0 : -1}
      data-name={name}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      onPointerEnter={() => onHover(name)}
      onPointerLeave={() => onHover(undefined)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.stopPropagation()
        onSelect(name)
        onDrag(event, box)
      }}
      onDoubleClick={() => onOpen(name)}
      onFocus={(event) => {
        if (!isSelected) onSelect(name)
        // What a pointer is on is in view, and must not run away under it.
        if (event.currentTarget.matches(':focus-visible')) onFocus(box)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault()
          onOpen(name)
          return
        }
        if (!(event.key in directions) || event.shiftKey) return
        event.preventDefault()
        const next = neighbour(picture.places, name, directions[event.key as keyof typeof directions])
        if (next === undefined) return
        for (const sibling of own.current?.parentElement?.children ?? [])
          if (sibling instanceof HTMLElement && sibling.dataset['name'] === next)
            sibling.focus({ preventScroll: true })
      }}
    />
  )
}
