/** Whether rows fly by faster than anybody reads, as when the scroll bar is dragged: then each frame is a screen of other rows. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

/** Two jumps within this are a drag, one alone is a key or a link; and after this long without one, rows are read again. */
const jumpsWithinMs = 150

/** Tells jumps in a row from single ones; `now` in ms. */
export class Jumps {
  #top = 0
  #lastAt = -Infinity

  /** Hears where the list is scrolled to, px; true when this was a jump further than the list is high, soon after another. */
  isHurried(top: number, height: number, now: number): boolean {
    const isJump = Math.abs(top - this.#top) > height
    this.#top = top
    if (!isJump) return false
    const isSoon = now - this.#lastAt < jumpsWithinMs
    this.#lastAt = now
    return isSoon
  }

  /** Hears that the page itself moved the list, so that what a person sees stays where it is. */
  moveTo(top: number): void {
    this.#top = top
  }
}

export interface Hurry {
  /** The list whose rows fly by; undefined when they can be read. */
  readonly hurriedIn: HTMLElement | undefined
  readonly onScroll: (list: HTMLElement) => void
  /** The page moved the list to there itself: that is no hurry. */
  readonly onMoved: (top: number) => void
}

export function useHurry(): Hurry {
  const [hurriedIn, setHurriedIn] = useState<HTMLElement | undefined>(undefined)
  const [jumps] = useState(() => new Jumps())
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const onScroll = useCallback(
    (list: HTMLElement) => {
      if (!jumps.isHurried(list.scrollTop, list.clientHeight, performance.now())) return
      setHurriedIn(list)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setHurriedIn(undefined), jumpsWithinMs)
    },
    [jumps],
  )
  const onMoved = useCallback((top: number) => jumps.moveTo(top), [jumps])
  return useMemo(() => ({ hurriedIn, onScroll, onMoved }), [hurriedIn, onScroll, onMoved])
}
