/** Where a row is among the rows that scroll, and how much of them is seen at once. */
interface RowPlace {
  readonly topPx: number
  readonly heightPx: number
  readonly roomPx: number
}

/** Scrolls as little as needed, or so that the row stands in the middle; not at all where the whole row is in view. */
export function bringIntoView(
  scroller: HTMLElement,
  { topPx, heightPx, roomPx }: RowPlace,
  align: 'nearest' | 'center',
): void {
  const isAbove = topPx < scroller.scrollTop
  const isBelow = topPx + heightPx > scroller.scrollTop + roomPx
  if (!isAbove && !isBelow) return
  if (align === 'center') scroller.scrollTop = Math.max(0, topPx - (roomPx - heightPx) / 2)
  else scroller.scrollTop = isAbove ? topPx : topPx + heightPx - roomPx
}
