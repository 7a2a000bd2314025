/** Queries that were asked before, by language, kept with the preferences. */
import { useCallback } from 'react'
import { useChangePreferences, usePreferences } from './preferences'

const mostKept = 100
/** Longer ones are not typed again from a list. */
const longestKept = 4_000
const none: readonly string[] = []

/** Newest first, each once. */
export function withQuery(list: readonly string[], query: string): readonly string[] {
  if (query.length > longestKept) return list
  return [query, ...list.filter((one) => one !== query)].slice(0, mostKept)
}

/** What was asked in a language (`promql`), and how to remember one more. */
export function useQueryHistory(language: string): {
  readonly history: readonly string[]
  readonly remember: (query: string) => void
} {
  const { queries } = usePreferences()
  const change = useChangePreferences()
  const remember = useCallback(
    (query: string) =>
      change((now) => ({
        queries: { ...now.queries, [language]: withQuery(now.queries?.[language] ?? none, query) },
      })),
    [change, language],
  )
  return { history: queries?.[language] ?? none, remember }
}
