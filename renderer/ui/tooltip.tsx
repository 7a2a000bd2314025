import { cloneElement, type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import styles from './tooltip.module.css'

interface Props {
  readonly text: ReactNode
  /** One element that can hold focus and takes `aria-describedby`, such as a Button. */
  readonly children: ReactElement<{ 'aria-describedby'?: string }>
  readonly placement?: 'top' | 'bottom' | undefined
}

/** Long enough that sweeping across a tool bar shows nothing (--d-hover). */
const hoverMs = 120

/** A sentence beside what the pointer or the focus is on. Never the only way to learn or do a thing. */
export function Tooltip({ text, children, placement = 'bottom' }: Props) {
  const id = useId()
  const anchor = `--tip-${id.replace(/[^a-z0-9]/gi, '')}`
  const tip = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [isShown, setShown] = useState(false)
  const hide = () => {
    clearTimeout(timer.current)
    setShown(false)
  }
  const showAfter = (delayMs: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown(true), delayMs)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (isShown) tip.current?.showPopover()
  }, [isShown])
  return (
    // Only listens to what happens to the element inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <span
      className={styles.anchor}
      style={{ anchorName: anchor }}
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') showAfter(hoverMs)
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) showAfter(0)
      }}
      onBlur={hide}
      onKeyDown={(event) => {
        if (event.key === 'Escape') hide()
      }}
    >
      {isShown ? cloneElement(children, { 'aria-describedby': id }) : children}
      {isShown && (
        <span
          ref={tip}
          id={id}
          role="tooltip"
          popover="manual"
          className={`${styles.tooltip} ${styles[placement]}`}
          style={{ positionAnchor: anchor }}
        >
          {text}
        </span>
      )}
    </span>
  )
}
