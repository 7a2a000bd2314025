/** Regular expressions as Prometheus, Loki and Tempo have them (RE2): matched in a time that grows with the text and no faster. */
import { countOf, countText } from '#shared/base/count-text'
import { cutText } from '#shared/base/cut-text'
import { RE2JS, RE2JSSyntaxException } from 're2js'

/** Why a text of a query, such as a pattern or a template, cannot be used. */
export class RegexError extends Error {
  override readonly name = 'RegexError'
}

/** Makes the error that an expression is refused with, so that it may tell where in a query it stands. */
export type Refuse = (message: string) => Error

const refuseAnywhere: Refuse = (message) => new RegexError(message)

/** An expression of RE2. Refuses a text that is too long for it. */
export interface Regex {
  readonly groupNames: readonly string[]
  readonly test: (text: string) => boolean
  /** The first match; `undefined` when there is none. */
  readonly find: (text: string) => RegExpMatchArray | undefined
  readonly findAll: (text: string) => readonly RegExpMatchArray[]
}

/**
 * The whole of a text must match, and `.` is any character, a line break too: what Prometheus asks of a matcher and of `label_replace`.
 */
export function wholeTextRegex(source: string, refuse: Refuse = refuseAnywhere): Regex {
  const regex = compile(source, `^(?s:${source})$`, refuse)
  // Names and labels are the same few over and over again.
  const known = new Map<string, boolean>()
  return {
    ...regex,
    test(text) {
      let matches = known.get(text)
      if (matches === undefined) {
        matches = regex.test(text)
        if (text.length <= lettersKnown && known.size < mostKnown) known.set(text, matches)
      }
      return matches
    },
  }
}

const mostKnown = 1000
const lettersKnown = 200

/** Some part of a text must match, and `.` is no line break: what Loki asks of a line. */
export function partOfTextRegex(source: string, refuse: Refuse = refuseAnywhere): Regex {
  return compile(source, source, refuse)
}

/** Of an expression in a message. */
const lettersQuoted = 101
/** Expressions as people write them are tens of instructions. */
const mostInstructions = 10_000
/** What an expression may become while it is made: as many take a second, and some hundred megabytes. */
const mostWhileMade = 1_000_000
/** What may be tried without a pause, in instructions times letters: at worst some three seconds. */
const mostSteps = 100_000_000

function compile(source: string, pattern: string, refuse: Refuse): Regex {
  const short = cutText(source, lettersQuoted)
  const tooLarge = (): Error => refuse(`“${short}” is too large: it says too much, or counts too far.`)
  if (source.length * repeats(source) > mostWhileMade) throw tooLarge()
  let regex: RE2JS
  try {
    regex = RE2JS.compile(pattern)
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    throw refuse(`“${short}” is not a regular expression of RE2: ${error.getDescription()}.`)
  }
  const size = regex.programSize()
  if (size > mostInstructions) throw tooLarge()
  const mostLetters = Math.floor(mostSteps / size)

  function bounded(text: string): string {
    if (text.length <= mostLetters) return text
    throw refuse(
      `${countOf(text.length, 'letter')} are too many for “${short}”: it is tried on ${countText(mostLetters)} at most.`,
    )
  }

  const test = (text: string): boolean => regex.test(bounded(text))
  return {
    groupNames: Object.keys(regex.namedGroups()),
    test,
    // What groups hold takes ten times as long to find as whether there is a match.
    find: (text) => (test(text) ? (regex.exec(text) as RegExpMatchArray) : undefined),
    findAll: (text) => (test(text) ? [...regex.matchAll(text)] : []),
  }
}

/** How often any part may be written out, at most: RE2 refuses more than a thousand by itself. */
function repeats(source: string): number {
  let times = 1
  for (const [, least, most] of source.matchAll(/\{(\d+),?(\d*)\}/gu))
    times *= Math.max(1, Number(most || least))
  return Math.min(times, 1000)
}

/** A replacement as Go expands it: `$1`, `${1}`, `$name` and `${name}` are what a group found; `$$` is a dollar sign. */
export function expandGroups(template: string, match: RegExpMatchArray): string {
  return template.replace(
    /\$(?:(\$)|(\w+)|\{(\w+)\})/gu,
    (_, dollar: string | undefined, plain: string | undefined, braced: string | undefined) => {
      if (dollar !== undefined) return '$'
      const group = plain ?? braced ?? ''
      return (/^\d+$/u.test(group) ? match[Number(group)] : match.groups?.[group]) ?? ''
    },
  )
}
