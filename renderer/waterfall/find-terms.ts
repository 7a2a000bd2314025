/** Terms of the find text, written for the reader: "filter by this" makes them from keys and values. */
import { parseFilter } from '#shared/derive/find/parse-filter'
import type { AttributeValue } from '#shared/trace/detail'

/** Keys that mean something of their own; in quotes they are attributes. */
const ownWords = new Set(['service', 'name', 'kind', 'status', 'has', 'duration', 'self', 'depth'])

const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const writeKey = (key: string): string =>
  /^[A-Za-z_@$][\w.\-/@$]*$/.test(key) && !ownWords.has(key.toLowerCase()) ? key : quote(key)

const writeValue = (value: string): string => (/^[\w./:@+%,;-]+$/.test(value) ? value : quote(value))

/** Longer values are sought by their beginning: the find box, the URL and the history would carry the rest for nothing. */
const longestValue = 120
/** A longer key has no short form in the grammar. */
const longestKey = 200

const whiteSpaceCharacters: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** As a regular expression that fits exactly this text; without line breaks, which a text box does not keep. */
const escapeText = (text: string): string =>
  text
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/[\n\r\t]/g, (character) => whiteSpaceCharacters[character])

/** The condition on a key: exactly this value; of a long one its beginning; of one with line breaks an expression. */
function condition(key: string, value: string): string {
  // A half of a character that needs two would fit nothing.
  if (value.length > longestValue)
    return `${key}~${quote(`^${escapeText(value.slice(0, longestValue).replace(/[\uD800-\uDBFF]$/, ''))}`)}`
  return /[\n\r]/.test(value) ? `${key}~${quote(`^${escapeText(value)}$`)}` : `${key}=${writeValue(value)}`
}

/** The term for one value of an attribute; undefined for lists and maps, and for keys too long to be written. */
export function attributeTerm(key: string, value: AttributeValue): string | undefined {
  if (typeof value === 'object' || key.length > longestKey) return undefined
  return condition(writeKey(key), String(value))
}

export const serviceTerm = (service: string): string => condition('service', service)
export const nameTerm = (name: string): string => condition('name', name)

/** The terms of a text that has no `or` at the top. */
function splitTerms(text: string): readonly string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|[^\s"])+/g) ?? []
}

/**
 * The text with a term added, so that both must hold; with `exclude`, so that the term must not. What said the opposite goes, what is
 * there already is not said twice.
 */
export function withTerm(text: string, term: string, exclude = false): string {
  const wanted = exclude ? `-${term}` : term
  const opposite = exclude ? term : `-${term}`
  const parsed = parseFilter(text)
  if (parsed.error) return wanted
  if (parsed.filter?.kind === 'or') return `(${text.trim()}) ${wanted}`
  const kept = splitTerms(text).filter((one) => one !== opposite && one !== wanted)
  return [...kept, wanted].join(' ')
}
