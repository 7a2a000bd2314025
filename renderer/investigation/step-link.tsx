import type { ReactNode } from 'react'
import type { Step } from '#shared/thread/thread'
import { useOpenStep } from '../state/thread-step'

interface Props {
  readonly step: Step
  readonly className: string
  readonly children: ReactNode
}

/** Leads to a step as it was; with a modifier the browser does with the link as with any other. */
export function StepLink({ step, className, children }: Props) {
  const open = useOpenStep()
  return (
    <a
      className={className}
      href={step.place}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        open(step)
      }}
    >
      {children}
    </a>
  )
}
