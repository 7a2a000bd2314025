import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Paths of the pages that show a stretch of time, the same on all of them. */
const timedPaths: ReadonlySet<string> = new Set([
  '/overview',
  '/service',
  '/rules',
  '/traces',
  '/logs',
  '/metrics',
])

/** What was looked at last: kept while one is on a page that shows no time. */
let last = ''

/** The stretch of time that is looked at, as the `?…` of a link to another page; empty where it is the usual one. */
export function useTimeOfPlace(): string {
  const here = useLocation({
    select: ({ pathname, searchStr }) => {
      if (!timedPaths.has(pathname)) return undefined
      const params = new URLSearchParams(searchStr)
      const [from, to] = [params.get('from'), params.get('to')]
      return from !== null && to !== null ? `?${new URLSearchParams({ from, to })}` : ''
    },
  })
  useEffect(() => {
    if (here !== undefined) last = here
  }, [here])
  return here ?? last
}
