/** Which parts of the detail panel are open: remembered from span to span, and in this browser. */
import { useCallback, useState } from 'react'
import { machineStorage } from '../state/browser-storage'

const storageKey = 'clew.detail-sections'

/** Where it ran is seldom the question; these are closed until they are opened. */
const closedAtFirst = ['kubernetes', 'container', 'host', 'cloud', 'process', 'telemetry', 'scope', 'raw']

function read(): ReadonlySet<string> {
  const text = machineStorage.get(storageKey)
  return new Set(text === undefined ? closedAtFirst : text.split(' '))
}

export interface OpenSections {
  isOpen(id: string): boolean
  toggle(id: string): void
}

export function useOpenSections(): OpenSections {
  const [closed, setClosed] = useState(read)
  const toggle = useCallback(
    (id: string) =>
      setClosed((closed) => {
        const next = new Set(closed)
        if (!next.delete(id)) next.add(id)
        machineStorage.set(storageKey, [...next].join(' '))
        return next
      }),
    [],
  )
  return { isOpen: (id) => !closed.has(id), toggle }
}
