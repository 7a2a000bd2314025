/**
 * Blots secrets out of a server's words. A proxy's error page may repeat the request, in whatever way its language writes text: as it
 * is, escaped for JSON or for a web page, percent-encoded, packed in base64 as basic sign-in is, as hex digits, or several of these at once.
 */
import type { SourceTarget } from './target.ts'

/** Stands for a secret, whatever its length. */
const blot = '•••'

/** Blotting out a secret of three letters would tear every word that holds them, and tell the secret by its gaps. */
const fewestCharacters = 4

/** A server may show the beginning of a long token; this much of one is taken for it, and what hangs on to it goes too. */
const beginningCharacters = 16

const blotters = new WeakMap<SourceTarget, (words: string) => string>()

/** The words with every secret of the target blotted out. Ask before they are cut short: half a secret is not recognised. */
export function withoutSecretsOf(target: SourceTarget, words: string): string {
  let clean = blotters.get(target)
  if (clean === undefined) {
    clean = blotter(target)
    blotters.set(target, clean)
  }
  return clean(words)
}

/** Cost of a call: the text, times the number of secrets. */
function blotter(target: SourceTarget): (words: string) => string {
  const secrets = [...new Set(secretsOf(target))].filter(({ length }) => length >= fewestCharacters)
  const patterns = secrets
    // A secret may hold another one: the longer one first, or its rest would stay.
    .sort((a, b) => b.length - a.length)
    .flatMap((secret) => [plainPattern(secret), hexPattern(secret), ...packedPatterns(secret)])
    .map((pattern) => new RegExp(pattern, 'giu'))
  return (words) => patterns.reduce((text, pattern) => text.replace(pattern, blot), words)
}

function secretsOf({ auth, headers }: SourceTarget): string[] {
  return [
    ...headers.flatMap(({ name, value }) => [value, ...partsOf(name, value)]),
    ...(auth.kind === 'basic' ? [`${auth.user}:${auth.password}`, auth.password] : []),
    ...(auth.kind === 'bearer' ? [auth.token] : []),
  ]
}

/** What is secret by itself in a header that is typed as a whole: the token after `Bearer`, the pair after `Basic`, each cookie's value. */
function partsOf(name: string, value: string): string[] {
  if (/^cookie$/i.test(name)) return value.split(/;\s*/).map((cookie) => cookie.replace(/^[^=]*=/, ''))
  if (!/authorization$/i.test(name)) return []
  const [, scheme = '', rest = ''] = /^(\S+)\s+(.+)$/.exec(value) ?? []
  if (!/^basic$/i.test(scheme)) return [rest]
  const pair = Buffer.from(rest, 'base64').toString()
  return [rest, pair, pair.replace(/^[^:]*:/, '')]
}

function plainPattern(secret: string): string {
  const pieces = Array.from(secret).map(written)
  const whole = pieces.join('')
  if (pieces.length <= beginningCharacters) return whole
  return `${whole}|${pieces.slice(0, beginningCharacters).join('')}[^\\s"'<>,;&]*`
}

/** A secret as the hex digits of its bytes, side by side or apart: `7061`, `70 61`, `0x70, 0x61`. A long one by its beginning, as `plainPattern`. */
function hexPattern(secret: string): string {
  const pieces = [...Buffer.from(secret)].map((byte) => hex(byte, 2))
  const between = '(?:[\\s:,-]{0,2}(?:0x)?)'
  const known = pieces.slice(0, beginningCharacters).join(between)
  return pieces.length <= beginningCharacters ? known : `${known}(?:${between}[0-9a-f]{2})*`
}

/**
 * A secret within base64, alone or as a part of something longer: three bytes are four letters, so that it looks one of three ways by
 * where it begins. Letters that also hold a neighbour's bits go with it.
 */
function packedPatterns(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [0, 2, 3].flatMap((shared, before) => {
    const packed = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const isShared = (before + bytes.length) % 3 !== 0
    const own = Array.from(packed.slice(shared, isShared ? -1 : undefined))
    if (own.length < fewestCharacters) return []
    const letter = '(?:[\\w+/-]|%2[bf])'
    return [`${letter}{0,${shared}}${own.map(writtenInBase64).join('')}${letter}?(?:=|%3d)*`]
  })
}

const writtenInBase64 = (letter: string): string =>
  letter === '+' ? `(?:${written('+')}|-)` : letter === '/' ? `(?:${written('/')}|_)` : written(letter)

const names: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
  ' ': 'nbsp',
  '+': 'plus',
  '=': 'equals',
  '/': 'sol',
  ':': 'colon',
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/** A regular expression for one character in any of its spellings; escaping may have been done several times over. */
function written(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const units = [...Array(character.length).keys()].map((at) => character.charCodeAt(at))
  const bytes = [...Buffer.from(character)]
  const spellings = [
    // JSON puts a backslash before some, and before that one too.
    character === '\\' ? '\\\\+' : `\\\\*${quoted(character)}`,
    units.map((unit) => `\\\\+u${hex(unit, 4)}`).join(''),
    bytes.map((byte) => `%(?:25)*${hex(byte, 2)}`).join(''),
    bytes.map((byte) => `\\\\+x${hex(byte, 2)}`).join(''),
    `&(?:amp;)*#0*${code};?`,
    `&(?:amp;)*#x0*${hex(code, 1)};?`,
  ]
  if (names[character] !== undefined) spellings.push(`&(?:amp;)*${names[character]};`)
  // Our own reading of a title makes one blank of several.
  if (/\s/.test(character)) spellings.push('\\s+', '\\+')
  // Read in another character set than it was written in.
  if (code > 0x7f) spellings.push('\ufffd+', quoted(Buffer.from(character).toString('latin1')))
  return `(?:${spellings.join('|')})`
}

const quoted = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
