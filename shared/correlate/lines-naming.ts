/** Lines that name a trace, wherever they do, in one query: some of them in metadata, others in their text. */
import { withFilter } from '#shared/query/logql/query'

/** One that LogQL cannot read would spoil the whole query. */
export const isName = (name: string): boolean => /^[a-z_]\w*$/i.test(name)

/** Read out of a line, as a filter on labels knows nothing of its text; gone again from what comes of it. */
const read = 'in_line'

/** The query, of lines that have one of these values in metadata, or that text in the line. `text`: hex digits. */
export function withNameOrText(
  query: string,
  named: readonly { readonly name: string; readonly value: string }[],
  text: string,
): string {
  const conditions = [...named.filter(({ name }) => isName(name)), { name: read, value: text }].map(
    ({ name, value }) => `${name}=${JSON.stringify(value)}`,
  )
  return `${query} | regexp "(?P<${read}>${text})" | ${[...new Set(conditions)].join(' or ')} | drop ${read}`
}

/** The query, of lines that have this value in metadata. */
export const withName = (query: string, name: string, value: string): string =>
  withFilter(query, { kind: 'metadata', name, value }, true)
