/** What of a line is marked: what the query looked for, and what is looked for in the list. */
import { costlyPart } from '#shared/base/regex-cost'
import { lineTermsOf } from '#shared/query/logql/query'
import type { RowLook } from './log-row'

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** An expression of the query as this language has it; undefined where it cannot be, or could take for ever. */
function formOf(source: string): RegExp | undefined {
  const isLoose = source.startsWith('(?i)')
  const bare = isLoose ? source.slice(4) : source
  if (costlyPart(bare) !== undefined) return undefined
  try {
    return new RegExp(bare, isLoose ? 'gi' : 'g')
  } catch {
    // What RE2 has and this language has not is found by the server all the same; it is only not marked.
    return undefined
  }
}

/** The marks of a list, by its query and by what is looked for in it. */
export function marksOf(query: string, find: string): RowLook['marks'] {
  const ofQuery = lineTermsOf(query)
    .filter(({ text }) => text !== '')
    .flatMap(({ text, isRegex }) => formOf(isRegex ? text : escaped(text)) ?? [])
    .map((form) => ({ form, kind: 'query' as const }))
  return find.trim() === ''
    ? ofQuery
    : [{ form: new RegExp(escaped(find.trim()), 'gi'), kind: 'find' as const }, ...ofQuery]
}
