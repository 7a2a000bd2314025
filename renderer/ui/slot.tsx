/** Places of the frame that a page fills: the right of the top bar, and the status line. */
import { type ReactNode, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'

type SlotName = 'top' | 'status'

const targets = new Map<SlotName, HTMLElement>()
const listeners = new Set<() => void>()

function setTarget(name: SlotName, element: HTMLElement | null): void {
  if (element) targets.set(name, element)
  else targets.delete(name)
  for (const listener of listeners) listener()
}

const refs = {
  top: (element: HTMLElement | null) => setTarget('top', element),
  status: (element: HTMLElement | null) => setTarget('status', element),
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where the frame wants the page's part to appear. */
export function SlotTarget({ name, className }: { readonly name: SlotName; readonly className?: string }) {
  return <div ref={refs[name]} className={className} />
}

/** Puts its children into the frame's slot of that name. */
export function Slot({ name, children }: { readonly name: SlotName; readonly children: ReactNode }) {
  const target = useSyncExternalStore(subscribe, () => targets.get(name))
  return target ? createPortal(children, target) : null
}
