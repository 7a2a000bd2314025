import { useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { endedDemo } from '../state/demo'
import { closedFiles } from '../state/opened-source'
import { useSources } from '../state/sources'
import { askedSources } from '../state/unknown-sources'
import { ClosedFiles } from './closed-files'
import { EndedDemo } from './ended-demo'

/** A page, or, where it asks files that are no source yet or a run of the demo shop that has ended, what becomes of them. */
export function UnlessEnded({ children }: { readonly children: ReactNode }) {
  const path = useLocation({ select: (location) => location.pathname })
  const search = useLocation({ select: (location) => location.searchStr })
  const known = useSources().data
  if (!known) return children
  const asked = askedSources(path, new URLSearchParams(search))
  const files = closedFiles(asked, known)
  if (files.length > 0) return <ClosedFiles files={files} />
  // Figures of a run are shown by whoever is there; what stood in it is not.
  const ended = /^\/traces?$/.test(path) ? endedDemo(asked, known) : undefined
  return ended ? <EndedDemo choice={ended} isTrace={path === '/trace'} /> : children
}
