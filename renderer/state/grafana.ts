/** Where the person's Grafana is, and what sources are called there. */
import { useCallback, useMemo } from 'react'
import { useChangePreferences, usePreferences } from './preferences'

export interface Grafana {
  /** Its address; undefined while nobody has said it. */
  readonly base: string | undefined
  /** What a source is called there; empty where nobody has said it. */
  readonly nameOf: (source: string) => string
  readonly keep: (base: string, source: string, name: string) => void
  readonly forget: () => void
}

export function useGrafana(): Grafana {
  const { grafana } = usePreferences()
  const change = useChangePreferences()
  const keep = useCallback(
    (url: string, source: string, name: string) =>
      change((now) => ({ grafana: { url, names: { ...now.grafana?.names, [source]: name } } })),
    [change],
  )
  const forget = useCallback(() => change(() => ({ grafana: { url: '', names: {} } })), [change])
  return useMemo(
    () => ({
      base: grafana?.url || undefined,
      nameOf: (source) => grafana?.names[source] ?? '',
      keep,
      forget,
    }),
    [grafana, keep, forget],
  )
}
