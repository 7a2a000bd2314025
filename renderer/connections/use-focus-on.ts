import { type RefObject, useCallback, useEffect, useState } from 'react'

/**
 * Where the focus goes when what had it leaves the page: to a connection in the list, or without one to the button that adds one.
 * Returns the function that says so; the list is drawn anew before the focus moves.
 */
export function useFocusOn(list: RefObject<HTMLElement | null>): (id: string | undefined) => void {
  const [wanted, setWanted] = useState<{ readonly id: string | undefined }>()
  useEffect(() => {
    if (!wanted) return undefined
    const move = () => {
      const row = wanted.id === undefined ? undefined : `[data-connection="${CSS.escape(wanted.id)}"]`
      const target =
        (row && list.current?.querySelector(row)) ?? list.current?.querySelector('[data-part=add]')
      if (target instanceof HTMLElement) target.focus()
    }
    // A menu that closes gives the focus back a frame later, to a button that may be gone.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(move)
    })
    return () => cancelAnimationFrame(frame)
  }, [wanted, list])
  return useCallback((id) => setWanted({ id }), [])
}
