import type { ReactElement, ReactNode } from 'react'
import { Focusable, Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import styles from './tooltip.module.css'

interface Props {
  readonly text: ReactNode
  /** One element that can hold focus, such as a Button. */
  readonly children: ReactElement<object, string>
  readonly placement?: 'top' | 'bottom' | 'left' | 'right' | undefined
}

/** A sentence beside what the pointer or focus is on. Never the only way to learn or do a thing. */
export function Tooltip({ text, children, placement = 'bottom' }: Props) {
  return (
    // 120 ms is --d-hover: long enough that sweeping across a tool bar shows nothing.
    <TooltipTrigger delay={120} closeDelay={0}>
      <Focusable>{children}</Focusable>
      <AriaTooltip className={styles.tooltip} placement={placement} offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
