/** Terms of the find text, written for the reader: "filter by this" makes them from keys and values. */
import { parseFilter } from '#shared/derive/find/parse-filter'
import type { AttributeValue } from '#shared/trace/detail'

/** Keys that mean something of their own; in quotes they are attributes. */
const ownWords = new Set(['service', 'name', 'kind', 'status', 'has', 'duration', 'self', 'depth'])

const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const writeKey = (key: string): string =>
  /^[A-Za-z_@$][\w.\-/@$]*$/.test(key) && !ownWords.has(key.toLowerCase()) ? key : quote(key)

const writeValue = (value: string): string => (/^[\w./:@+%,;-]+$/.test(value) ? value : quote(value))

/** The term for one value of an attribute; undefined for lists and maps, which have no such term. */
export function attributeTerm(key: string, value: AttributeValue): string | undefined {
  if (typeof value === 'object') return undefined
  return `${writeKey(key)}=${writeValue(String(value))}`
}

export const serviceTerm = (service: string): string => `service=${writeValue(service)}`
export const nameTerm = (name: string): string => `name=${writeValue(name)}`

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
