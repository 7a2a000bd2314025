/** Patterns such as `<ip> - - <_> "<method> <path> <_>"`: texts, and captures between them. */
import { RegexError } from '#shared/query/re2'

type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** `_` keeps nothing. */
  | { readonly kind: 'capture'; readonly name: string }

function readParts(pattern: string): readonly Part[] {
  const parts: Part[] = []
  let end = 0
  for (const { 0: whole, 1: name, index } of pattern.matchAll(/<([A-Za-z_]\w*)>/gu)) {
    if (index > end) parts.push({ kind: 'text', text: pattern.slice(end, index) })
    else if (index > 0)
      throw new RegexError(`“${pattern}” has two captures with nothing between them to part them.`)
    parts.push({ kind: 'capture', name })
    end = index + whole.length
  }
  if (end < pattern.length) parts.push({ kind: 'text', text: pattern.slice(end) })
  return parts
}

/** What the captures of a pattern hold, by their names; those behind where a line stops to fit are left out. */
export function readPattern(
  pattern: string,
): (line: string) => readonly (readonly [name: string, value: string])[] {
  const parts = readParts(pattern)
  const names = parts.flatMap((part) => (part.kind === 'capture' && part.name !== '_' ? [part.name] : []))
  if (names.length === 0) throw new RegexError(`“${pattern}” captures nothing: <name> does.`)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new RegexError(`“${pattern}” captures “${twice}” twice.`)
  return (line) => {
    const found: [string, string][] = []
    const [first] = parts
    if (line === '' || (first.kind === 'text' && !line.startsWith(first.text))) return found
    let at = first.kind === 'text' ? first.text.length : 0
    for (let next = first.kind === 'text' ? 1 : 0; next < parts.length; next += 2) {
      const [capture, behind] = [parts[next], parts[next + 1]]
      const to = behind?.kind === 'text' ? line.indexOf(behind.text, at) : -1
      if (capture.kind === 'capture' && capture.name !== '_')
        found.push([capture.name, to < 0 ? line.slice(at) : line.slice(at, to)])
      if (to < 0 || behind?.kind !== 'text') break
      at = to + behind.text.length
    }
    return found
  }
}

/** Whether all of a line is as a pattern says; every capture must hold something. */
export function readLinePattern(pattern: string): (line: string) => boolean {
  const parts = readParts(pattern)
  if (parts.some((part) => part.kind === 'capture' && part.name !== '_'))
    throw new RegexError(`“${pattern}” names a capture: a filter has “<_>” only.`)
  return (line) => {
    if (line === '' || parts.length === 0) return line === '' && parts.length === 0
    let at = 0
    for (const [index, part] of parts.entries()) {
      if (part.kind !== 'text') continue
      const found = line.indexOf(part.text, at)
      // Found at once, the capture before it would be empty.
      if (found < 0 || (index > 0 && found === at)) return false
      at = found + part.text.length
    }
    return (parts[parts.length - 1].kind === 'capture') === at < line.length
  }
}
