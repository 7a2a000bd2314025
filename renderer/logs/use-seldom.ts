import { useEffect, useRef, useState } from 'react'

/** A value that changes often, passed on at most once in `everyMs`; at once where that is 0. */
export function useSeldom<Value>(value: Value, everyMs: number): Value {
  const [seldom, setSeldom] = useState(value)
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  useEffect(() => {
    if (everyMs === 0) return undefined
    const timer = setInterval(() => setSeldom(latest.current), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return everyMs === 0 ? value : seldom
}
