import { useLayoutEffect, useState } from 'react'

/**
 * An element for a group of rows that is the first in a grid, where a screen reader looks for a header: a List puts its children after
 * its rows. Fill it through a portal. `gridNow` has to find the grid when layout effects of the caller run.
 */
export function useFirstGroup(gridNow: () => HTMLElement | undefined, className: string): HTMLElement {
  const [group] = useState(() => {
    const element = document.createElement('div')
    element.role = 'rowgroup'
    element.className = className
    return element
  })
  useLayoutEffect(() => {
    gridNow()?.prepend(group)
    return () => group.remove()
  }, [gridNow, group])
  return group
}
