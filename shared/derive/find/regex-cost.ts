/** How long a regular expression may take: one that backtracks cannot be stopped, so it is judged before it is used. */

interface Group {
  readonly from: number
  /** Whether it holds a repetition, an option or a choice: then repeating it may fit a text in many ways. */
  isLoose: boolean
}

const piece =
  /\\(?:k<[^>]*>|.)|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|:|<[^>]*>|[a-z-]+:))?|[)|]|[*+?]\??|\{\d+(?:,\d*)?\}\??|./gsu

/**
 * The part of an expression that may take time without bound on a short text; undefined when there is none: a group that is repeated
 * and holds a repetition, an option or a choice, or refers back. Stricter than it must be: `(a|b)*` is harmless, but `[ab]*` says it.
 */
export function costlyPart(source: string): string | undefined {
  const open: Group[] = []
  let closed: Group | undefined
  /** What was just read, and what was just repeated without end. */
  let atom = ''
  let repeated = ''
  for (const { 0: text, index } of source.matchAll(piece)) {
    const group = open.at(-1)
    const repeats = mostRepeats(text)
    if (text.startsWith('(')) open.push({ from: index, isLoose: false })
    else if (text === ')') {
      closed = open.pop()
      atom = ''
      repeated = ''
      if (closed?.isLoose === true && open.length > 0) open[open.length - 1].isLoose = true
      continue
    } else if (repeats !== undefined) {
      if (closed?.isLoose === true && repeats > 1) return source.slice(closed.from, index + text.length)
      if (group !== undefined) group.isLoose = true
      // `a*a*`: each more of them multiplies the time by the length of the value.
      if (repeats === Infinity && atom !== '' && atom === repeated)
        return source.slice(0, index + text.length)
      repeated = repeats === Infinity ? atom : ''
      atom = ''
      closed = undefined
      continue
    } else if (group !== undefined && (text === '|' || /^\\(?:k<|[1-9])/u.test(text))) group.isLoose = true
    closed = undefined
    if (atom !== '' || text === '|') repeated = ''
    atom = text
  }
  return undefined
}

/** How often a quantifier repeats at most; undefined for what is none. */
function mostRepeats(text: string): number | undefined {
  if (/^[*+]/u.test(text)) return Infinity
  if (text.startsWith('?')) return 1
  const counts = /^\{(\d+)(,?)(\d*)\}/u.exec(text)
  if (counts === null) return undefined
  return counts[2] === '' ? Number(counts[1]) : counts[3] === '' ? Infinity : Number(counts[3])
}

/** Characters of a value that are looked at, by the repetitions in the expression: each multiplies the time by the length. */
const mostCharacters = [1_000_000, 20_000, 2_000, 500]
const fewestCharacters = 200

/** How much of a value such an expression is tried on; enough for all but very long ones. */
export function charactersTried(source: string): number {
  let repetitions = 0
  for (const [text] of source.matchAll(piece)) if ((mostRepeats(text) ?? 0) > 10) repetitions++
  return mostCharacters[repetitions] ?? fewestCharacters
}
