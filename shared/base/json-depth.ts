/** JSON with more brackets open at once than this is not parsed: 10 MB of brackets take 15 s to no avail. */
export const deepestBrackets = 2_000

/** Whether more brackets than that stand open at once in JSON, in time and memory that do not grow with their number. */
export function isNestedDeeper(text: string, depth: number): boolean {
  let open = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === 0x22) at = endOfText(text, at + 1)
    else if (sign === 0x7b || sign === 0x5b) {
      if (++open > depth) return true
    } else if (sign === 0x7d || sign === 0x5d) open--
  }
  return false
}

/** Where the quote stands that ends a text which begins there; of one without end, where all ends. */
function endOfText(text: string, from: number): number {
  const { length } = text
  for (let at = from; at < length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === 0x22) return at
    if (sign === 0x5c) at++
  }
  return length
}
