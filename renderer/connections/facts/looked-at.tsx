import { useEffect, useState } from 'react'
import { formatAgo } from '#shared/derive/durations'
import type { FactsOfSource } from '../../state/fact-rows'

const againMs = 20_000

/** When sources were looked at: the one that was so longest ago. */
export function LookedAt({ found }: { readonly found: readonly FactsOfSource[] }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), againMs)
    return () => clearInterval(timer)
  }, [])
  const looked = found.flatMap(({ lookedMs }) => lookedMs ?? [])
  const isLooking = found.some((one) => one.isLooking)
  return (
    <span className="t3 small" role="status">
      {isLooking
        ? 'Looking…'
        : looked.length > 0
          ? `Looked ${formatAgo(now - Math.min(...looked))}`
          : undefined}
    </span>
  )
}
