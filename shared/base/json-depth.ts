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

/** Where the quote stands that ends a text which begins there. */
function endOfText(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1
  return at
}
