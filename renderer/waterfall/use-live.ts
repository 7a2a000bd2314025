/** A part of the URL that changes faster than a URL should: at once here, in the URL a moment later. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

/** Browsers refuse more than some 200 changes of the URL in 30 seconds; a drag makes 60 in one. */
const writeAfterMs = 250

export interface Live<Value> {
  readonly value: Value
  set(next: Value | ((now: Value) => Value)): void
  /** Writes what is not written yet; before going to another place. */
  flush(): void
}

/**
 * `place` is what the URL says, `write` changes it. A `place` that is not what was written last (Back, a link) wins at once.
 * `same` must hold for a value and what the URL makes of it.
 */
export function useLive<Value>(
  place: Value,
  write: (value: Value) => void,
  same: (a: Value, b: Value) => boolean,
): Live<Value> {
  const [value, setValue] = useState(place)
  const latest = useRef(value)
  const written = useRef(place)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const writer = useRef(write)
  writer.current = write

  if (!same(place, written.current)) {
    written.current = place
    if (!same(place, latest.current)) {
      clearTimeout(timer.current)
      timer.current = undefined
      latest.current = place
      setValue(place)
    }
  }

  const flush = useCallback(() => {
    if (timer.current === undefined) return
    clearTimeout(timer.current)
    timer.current = undefined
    written.current = latest.current
    writer.current(latest.current)
  }, [])
  const set = useCallback(
    (next: Value | ((now: Value) => Value)) => {
      latest.current = typeof next === 'function' ? (next as (now: Value) => Value)(latest.current) : next
      setValue(() => latest.current)
      clearTimeout(timer.current)
      timer.current = setTimeout(flush, writeAfterMs)
    },
    [flush],
  )
  // Nothing of this page may be written into the URL of the next one.
  useEffect(() => () => clearTimeout(timer.current), [])
  return useMemo(() => ({ value, set, flush }), [value, set, flush])
}
