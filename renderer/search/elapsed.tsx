import { useEffect, useState } from 'react'
import { formatDuration } from '#shared/derive/durations'

const tickMs = 100

/** How long something has been going on, counting. */
export function Elapsed({ sinceMs }: { readonly sinceMs: number }) {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs)
    return () => clearInterval(timer)
  }, [])
  const ms = Math.max(0, nowMs - sinceMs)
  return (
    <span aria-hidden="true">
      {ms < 1_000
        ? `${Math.floor(ms / 100) * 100} ms`
        : formatDuration(Math.floor(ms / 100) * 1e8).replace(/0 s$/, ' s')}
    </span>
  )
}
