import { useRef } from 'react'
import styles from './splitter.module.css'

interface Props {
  /** What it resizes: `Width of the detail panel`. */
  readonly label: string
  readonly sizePx: number
  readonly minPx: number
  readonly maxPx: number
  readonly onChange: (sizePx: number) => void
  /** Double click, and Backspace: the size it had at first. */
  readonly onReset: () => void
  /** `column`: a vertical line, changes a width. `row`: a horizontal line, changes a height. */
  readonly between?: 'column' | 'row' | undefined
  /** The sized panel comes `before` the line (left, above) or `after` it. */
  readonly panel?: 'before' | 'after' | undefined
  readonly className?: string | undefined
}

/** Arrow keys move by this. */
const stepPx = 16

/** The line between two panels: drag it, or move it with the arrow keys. */
export function Splitter({
  label,
  sizePx,
  minPx,
  maxPx,
  onChange,
  onReset,
  between = 'column',
  panel = 'before',
  className,
}: Props) {
  const start = useRef<{ readonly at: number; readonly sizePx: number } | undefined>(undefined)
  const isColumn = between === 'column'
  const sign = panel === 'before' ? 1 : -1
  const set = (next: number) => onChange(Math.round(Math.min(maxPx, Math.max(minPx, next))))
  const keys: Readonly<Record<string, () => void>> = {
    [isColumn ? 'ArrowLeft' : 'ArrowUp']: () => set(sizePx - sign * stepPx),
    [isColumn ? 'ArrowRight' : 'ArrowDown']: () => set(sizePx + sign * stepPx),
    Home: () => set(minPx),
    End: () => set(maxPx),
    Backspace: onReset,
  }
  return (
    // A separator that can be focused is a widget of its own (WAI-ARIA window splitter).
    <div
      className={['splitter', !isColumn && styles.row, className].filter(Boolean).join(' ')}
      role="separator"
      aria-label={label}
      aria-orientation={isColumn ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(sizePx)}
      aria-valuemin={minPx}
      aria-valuemax={Math.round(maxPx)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.focus()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { at: isColumn ? event.clientX : event.clientY, sizePx }
      }}
      onPointerMove={(event) => {
        if (!start.current) return
        const moved = (isColumn ? event.clientX : event.clientY) - start.current.at
        if (moved !== 0) set(start.current.sizePx + sign * moved)
      }}
      onPointerUp={() => {
        start.current = undefined
      }}
      onPointerCancel={() => {
        start.current = undefined
      }}
      onKeyDown={(event) => {
        const act = event.altKey || event.ctrlKey || event.metaKey ? undefined : keys[event.key]
        if (!act) return
        event.preventDefault()
        event.stopPropagation()
        act()
      }}
    />
  )
}
