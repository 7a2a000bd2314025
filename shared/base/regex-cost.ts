/** How long a regular expression may take: one that backtracks cannot be stopped, so it is judged before it is used. */

interface Group {
  readonly from: number
  /** Whether it holds a repetition, an option or an undecided choice: then repeating it may fit a text in many ways. */
  isLoose: boolean
  /** What its alternatives begin with so far; the last is undefined while nothing of it was read. */
  readonly heads: (string | undefined)[]
}

const piece =
  /\\(?:k<[^>]*>|.)|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|:|<[^>]*>|[a-z-]+:))?|[)|]|[*+?]\??|\{\d+(?:,\d*)?\}\??|./gsu

/**
 * The part of an expression that may take time without bound on a short text; undefined when there is none: a group that is repeated
 * and holds a repetition, an option or a choice, or refers back. A choice that the next letter decides, as in `(foo|bar)+`, fits in one
 * way only and is let through. Still stricter than it must be: `(\w+ )*` is harmless, but telling it from `(\w+ ?)*` takes more than this.
 */
export function costlyPart(source: string): string | undefined {
  const open: Group[] = []
  let closed: Group | undefined
  /** What was just read, and what was just repeated without end, as far as nothing stands between. */
  let atom = ''
  let repeated = ''
  let chain: readonly string[] = []
  for (const { 0: text, index } of source.matchAll(piece)) {
    const group = open.at(-1)
    const repeats = mostRepeats(text)
    if (group !== undefined && text !== ')') readHead(group, text)
    if (text.startsWith('(')) {
      open.push({ from: index, isLoose: false, heads: [undefined] })
      if (atom !== '') [repeated, chain] = ['', []]
      atom = ''
      closed = undefined
      continue
    } else if (text === ')') {
      closed = open.pop()
      if (closed !== undefined && !isDecided(closed.heads)) closed.isLoose = true
      // Brackets part nothing: `(a*)(a*)` takes as long as `a*a*`.
      if (atom !== '') [repeated, chain] = ['', []]
      atom = ''
      if (closed?.isLoose === true && open.length > 0) open[open.length - 1].isLoose = true
      continue
    } else if (repeats !== undefined) {
      if (closed?.isLoose === true && repeats > 1) return source.slice(closed.from, index + text.length)
      if (group !== undefined) group.isLoose = true
      // `a*a*`: each more of them multiplies the time by the length of the value.
      if (repeats === Infinity && atom !== '' && atom === repeated)
        return source.slice(0, index + text.length)
      if (repeats === Infinity && atom !== '') {
        chain = chain.length > 0 && mayBeSame(chain[chain.length - 1], atom) ? [...chain, atom] : [atom]
        // `.*\w*.*`: what one took the next may take as well.
        if (chain.length > mostInChain) return source.slice(0, index + text.length)
      } else if (repeats !== Infinity) chain = []
      repeated = repeats === Infinity ? atom : ''
      atom = ''
      closed = undefined
      continue
    } else if (group !== undefined && /^\\(?:k<|[1-9])/u.test(text)) group.isLoose = true
    // An anchor takes no letter: what stands before and after it still meets.
    if (isAnchor(text)) continue
    closed = undefined
    if (atom !== '' || text === '|') {
      repeated = ''
      chain = []
    }
    atom = text
  }
  return undefined
}

/** Two that may take the same letters are common (`\d+.*ms`), and a beginning of limited length ends them soon. */
const mostInChain = 2

const isAnchor = (text: string): boolean => /^(?:[\^$]|\\[bB])$/u.test(text)

/** Letters of every kind that expressions tell apart. */
const letters = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCodePoint(code)),
  'é',
  'ſ',
  '漢',
  '😀',
]

/** Whether there is a letter that both pieces take. */
function mayBeSame(one: string, other: string): boolean {
  try {
    const [first, second] = [one, other].map((piece) => new RegExp(`^(?:${piece})$`, 'isu'))
    return letters.some((letter) => first.test(letter) && second.test(letter))
  } catch {
    // One of them cannot stand alone.
    return true
  }
}

function readHead({ heads }: Group, text: string): void {
  if (text === '|') heads.push(undefined)
  else heads[heads.length - 1] ??= text
}

/**
 * Whether the next letter tells which alternative can fit: each begins with a letter of its own, in any case. A class, a group, an anchor
 * or nothing at all may begin like another; so may a letter outside ASCII (ſ is an s in another case).
 */
function isDecided(heads: readonly (string | undefined)[]): boolean {
  if (heads.length === 1) return true
  const letters = heads.map((head) => /^\\?([\x20-\x7e])$/u.exec(head ?? ''))
  if (letters.some((letter) => letter === null || !isLiteral(letter[0]))) return false
  return new Set(letters.map((letter) => letter?.[1].toLowerCase())).size === heads.length
}

/** `a` and `\.` stand for themselves, `.` and `\d` for several, `^` and `\b` for none. */
function isLiteral(text: string): boolean {
  return text.length === 1 ? !/[.^$]/u.test(text) : /\W/u.test(text[1])
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
const mostCharacters = [1_000_000, 20_000, 2_000, 500, 200]
/** As many steps as those take, for more repetitions. */
const mostSteps = 1e9

/** How much of a value such an expression is tried on; enough for all but very long ones. */
export function charactersTried(source: string): number {
  let repetitions = 0
  for (const [text] of source.matchAll(piece)) if ((mostRepeats(text) ?? 0) > 10) repetitions++
  return mostCharacters[repetitions] ?? Math.floor(longestWithin(mostSteps, repetitions + 1))
}

/** The length of a text that can be parted into so many pieces in `steps` ways: length ** pieces / pieces! */
function longestWithin(steps: number, pieces: number): number {
  let logarithm = Math.log(steps)
  for (let piecesLeft = pieces; piecesLeft > 1; piecesLeft--) logarithm += Math.log(piecesLeft)
  return Math.exp(logarithm / pieces)
}
