import { useEffect, useRef, useSyncExternalStore } from 'react'
import { arrivalsAgain, watchArrivals } from '../ui/arrival'

/** What most pages are for; the others begin at their heading. */
const rows = '[role=treegrid], [role=grid], [role=tree]'

/**
 * Gives the focus to what a page is for when somebody arrives there: it was on something of the page before, and would fall to the
 * document, from where everything is many Tabs away. Rows may come late, after the heading. Whatever the page itself gave the focus
 * to keeps it, and the first key, click or turn of the wheel ends the waiting. The page one starts with is left to the browser.
 */
export function useArrivalFocus(place: string): void {
  const arrival = `${useSyncExternalStore(watchArrivals, arrivalsAgain)} ${place}`
  const last = useRef(arrival)
  useEffect(() => {
    const page = document.querySelector<HTMLElement>('#page')
    if (last.current === arrival || !page) return undefined
    last.current = arrival
    let given = document.activeElement
    const look = () => {
      const now = document.activeElement
      // A dialog that closes gives the focus back to where it was: to the page before.
      if (now?.closest('[role=dialog], [role=alertdialog]')) return
      if (now !== page && page.contains(now) && now !== given) return end()
      // The page's own, which it opened with, or one of the page before, which leaves in a moment: then this looks again.
      if (now?.matches('input, textarea')) return
      const target = page.querySelector<HTMLElement>(rows) ?? page.querySelector('h1')
      if (!target || target === now) return
      if (!target.hasAttribute('tabindex')) target.tabIndex = -1
      target.focus({ preventScroll: true })
      given = target
    }
    const observer = new MutationObserver(look)
    const acts = ['keydown', 'pointerdown', 'wheel'] as const
    const end = () => {
      observer.disconnect()
      for (const act of acts) window.removeEventListener(act, end, true)
    }
    observer.observe(page, { childList: true, subtree: true })
    for (const act of acts) window.addEventListener(act, end, { capture: true, passive: true })
    look()
    return end
  }, [arrival])
}
