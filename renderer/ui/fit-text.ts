/** A text cut to a width, with an ellipsis; empty where not even three letters fit. `widthOf` measures. Cost: some ten measurements. */
export function fitText(text: string, roomPx: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= roomPx) return text
  let low = 0
  // No letter is narrower than 2 px: a text of a thousand letters need not be measured to know it does not fit.
  let high = Math.min(text.length - 1, Math.floor(roomPx / 2))
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (widthOf(`${text.slice(0, middle)}…`) <= roomPx) low = middle
    else high = middle - 1
  }
  const kept = text
    .slice(0, low)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()
  return kept.length < 3 ? '' : `${kept}…`
}
