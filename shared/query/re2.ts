/** Regular expressions as Prometheus and Loki write them (RE2), carried over to those of this language. */
import { costlyPart } from '#shared/base/regex-cost'

/** Why an expression cannot be used. */
export class RegexError extends Error {
  override readonly name = 'RegexError'
}

/** Classes of POSIX, for inside of brackets. */
const posixClasses: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
}

/** What is written in another way here; everything else is taken over as it is. */
const pieces = [
  String.raw`\\Q(?<quoted>[^]*?)(?:\\E|$)`,
  String.raw`\\(?<property>[pP])(?:\{(?<propertyNot>\^?)(?<propertyName>\w+)\}|(?<propertyLetter>\w))`,
  String.raw`\\x\{(?<codePoint>[0-9A-Fa-f]+)\}`,
  String.raw`\\(?<escaped>[^])`,
  String.raw`\(\?P?<(?<name>\w+)>`,
  String.raw`\(\?(?<flags>[imsU]*(?:-[imsU]+)?)(?<flagsEnd>[:)])`,
  String.raw`(?<around>\(\?)`,
  String.raw`(?<group>[()|])`,
  String.raw`\[:(?<posixNot>\^?)(?<posix>\w+):\]`,
  String.raw`(?<openClass>\[\^?\]?)`,
  String.raw`(?<closeClass>\])`,
  String.raw`(?<counts>\{\d+(?:,\d*)?\})`,
  String.raw`(?<other>[{}/])`,
  '[^]',
]
const piece = new RegExp(pieces.join('|'), 'gu')

const syntaxCharacter = /[\^$\\.*+?()[\]{}|/]/gu

/**
 * The whole of a text must match, and `.` is any character, a line break too: what Prometheus asks of a matcher and of `label_replace`.
 * Groups keep their numbers and names. Refused: what is no RE2 (looking around, referring back), the few things of RE2 that this language
 * cannot say, and what may take time without bound, since matching goes back here and does not there.
 */
export function wholeTextRegex(source: string): RegExp {
  return compile(source, (pattern) => new RegExp(`^(?:${pattern})$`, 'us'))
}

/** Some part of a text must match, and `.` is no line break: what Loki asks of a line. Refuses what `wholeTextRegex` does. */
export function partOfTextRegex(source: string, flags: '' | 'g' = ''): RegExp {
  return compile(source, (pattern) => new RegExp(pattern, `u${flags}`))
}

function compile(source: string, make: (pattern: string) => RegExp): RegExp {
  const pattern = translate(source)
  const costly = costlyPart(pattern)
  if (costly !== undefined)
    throw new RegexError(`“${source}” repeats “${costly}” in a way that may take time without bound.`)
  try {
    return make(pattern)
  } catch (error) {
    const words = error instanceof Error ? error.message.replace(/^.*: /u, '').toLowerCase() : ''
    throw new RegexError(`“${source}” is not a regular expression: ${words}.`)
  }
}

/** The pattern in this language's words. */
function translate(source: string): string {
  let pattern = ''
  let inClass = false
  /** For each open group, the flags switched on in it, as `(?i)` does up to the group's end: here each is a group itself. */
  const open: string[][] = [[]]
  for (const { 0: text, groups = {} } of source.matchAll(piece)) {
    if (groups['quoted'] !== undefined) pattern += literal(groups['quoted'])
    else if (groups['property'] !== undefined) pattern += propertyText(groups)
    else if (groups['codePoint'] !== undefined) pattern += `\\u{${groups['codePoint']}}`
    else if (groups['escaped'] !== undefined) pattern += escapeText(groups['escaped'], inClass)
    else if (inClass) {
      if (groups['posix'] !== undefined) pattern += posixText(groups)
      else if (groups['closeClass'] !== undefined) {
        pattern += text
        inClass = false
        // Everything but a hyphen and the sign of negation is itself inside of brackets.
      } else pattern += text.replace(/[[\](){}/|]/gu, '\\$&')
    } else if (groups['openClass'] !== undefined) {
      // RE2 takes a bracket that closes at once for a member; here it would be a class of nothing.
      pattern += text.replace(']', '\\]')
      inClass = true
    } else if (groups['around'] !== undefined)
      throw new RegexError(`“${source}” is not a regular expression of RE2: it does not look around.`)
    else if (groups['closeClass'] !== undefined || groups['other'] !== undefined) pattern += `\\${text}`
    else if (groups['name'] !== undefined) {
      pattern += `(?<${groups['name']}>`
      open.push([])
    } else if (groups['flags'] !== undefined) {
      if (groups['flags'].includes('U')) throw new RegexError('The flag U is not supported.')
      const opening = `(?${groups['flags']}:`
      if (groups['flagsEnd'] === ':') open.push([])
      else open[open.length - 1].push(opening)
      pattern += opening
    } else if (groups['group'] !== undefined) {
      const switched = open[open.length - 1]
      // What was switched on holds behind the bar too.
      const closing = ')'.repeat(switched.length)
      if (text === '(') open.push([])
      else if (text === ')' && open.length > 1) open.pop()
      pattern += text === '(' ? text : text === ')' ? closing + text : closing + text + switched.join('')
    } else pattern += text
  }
  return pattern + ')'.repeat(open[0].length)
}

type Groups = Readonly<Record<string, string | undefined>>

function literal(text: string): string {
  return text.replace(syntaxCharacter, '\\$&')
}

function propertyText({ property, propertyNot, propertyName, propertyLetter }: Groups): string {
  const letter = (property === 'P') === (propertyNot === '^') ? 'p' : 'P'
  const name = propertyName ?? propertyLetter ?? ''
  // A script, such as \p{Greek}, is one of many kinds of property here.
  return `\\${letter}{${name.length <= 2 ? name : `Script=${name}`}}`
}

function posixText({ posix = '', posixNot }: Groups): string {
  if (!Object.hasOwn(posixClasses, posix) || posixNot === '^')
    throw new RegexError(`The class “[:${posixNot}${posix}:]” is not supported.`)
  return posixClasses[posix]
}

function escapeText(character: string, inClass: boolean): string {
  // The \s of RE2 is ASCII, and without the vertical tab.
  if (character === 's') return inClass ? '\\t\\n\\f\\r ' : '[\\t\\n\\f\\r ]'
  if (character === 'S' && !inClass) return '[^\\t\\n\\f\\r ]'
  if (/[dDwWtnrfvx]/u.test(character)) return `\\${character}`
  if (character === 'a') return '\\x07'
  if (!inClass && /[bB]/u.test(character)) return `\\${character}`
  if (!inClass && character === 'A') return '(?<![^])'
  if (!inClass && character === 'z') return '(?![^])'
  if (/[0-9A-Za-z]/u.test(character))
    throw new RegexError(`“\\${character}” is not supported in a regular expression.`)
  return character === '-' ? (inClass ? '\\-' : '-') : literal(character)
}
