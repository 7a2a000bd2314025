/** Places of the frame that a page fills: the right of the top bar, and the status line. */
import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'

type SlotName = 'top' | 'status'

/** Where the frame wants the page's part to appear. */
export function SlotTarget({ name, className }: { readonly name: SlotName; readonly className?: string }) {
  return <div id={`slot-${name}`} className={className} />
}

/** Puts its children into the frame's slot of that name. */
export function Slot({ name, children }: { readonly name: SlotName; readonly children: ReactNode }) {
  const [target, setTarget] = useState<HTMLElement | null>(null)
  useEffect(() => setTarget(document.getElementById(`slot-${name}`)), [name])
  return target ? createPortal(children, target) : null
}
