/** The trace on screen and what can be done with it, told by its page to the palette. */
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { Held } from '#shared/base/held'
import type { SpanIndex, Trace } from '#shared/trace/table'

export interface OpenTrace {
  readonly session: string
  readonly trace: Trace
  /** Selects a span and brings it into view. */
  readonly show: (row: SpanIndex) => void
  readonly find: (text: string) => void
  /** Colours spans by an attribute. */
  readonly color: (key: string) => void
}

const open = new Held<OpenTrace | undefined>(undefined)

/** Undefined where no trace is on screen, or it is still being read. */
export const useOpenTrace = (): OpenTrace | undefined => useSyncExternalStore(open.subscribe, open.get)

/** Tells it for as long as the trace is on screen. What is done with it may be new at every render. */
export function useTellOpenTrace(offered: Omit<OpenTrace, 'trace'>, trace: Trace | undefined): void {
  const latest = useRef(offered)
  useLayoutEffect(() => {
    latest.current = offered
  })
  const { session } = offered
  useEffect(() => {
    if (!trace) return undefined
    open.set({
      session,
      trace,
      show: (row) => latest.current.show(row),
      find: (text) => latest.current.find(text),
      color: (key) => latest.current.color(key),
    })
    return () => open.set(undefined)
  }, [session, trace])
}
