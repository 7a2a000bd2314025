/**
 * What JSON that ends anywhere may be read as: the text up to something that was whole, and the brackets that are still open.
 * The longest first; none where nothing was whole yet.
 *
 *     [{"a":[1,2]},{"a":[3     →     [{"a":[1,2]}]
 */
export function* readingsOfCut(text: string): Generator<string> {
  const open: string[] = []
  /** At each depth, where the last list or object in there ended; 0 where none did. */
  const ends: number[] = [0]
  let isText = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (isText) {
      if (sign === '\\') at += 1
      else if (sign === '"') isText = false
    } else if (sign === '"') isText = true
    else if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? '}' : ']')
      ends.push(0)
    } else if (sign === '}' || sign === ']') {
      if (open.pop() !== sign) return
      ends.pop()
      ends[open.length] = at + 1
    }
  }
  for (let depth = open.length; depth >= 0; depth -= 1)
    if (ends[depth] > 0) yield text.slice(0, ends[depth]) + open.slice(0, depth).toReversed().join('')
}
