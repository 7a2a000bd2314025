import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { ShellCommand } from '#shared/api/preload'
import { useOpenGiven } from '../state/use-open-files'
import { useGo } from '../state/location'
import { defaultPreferences, preferencesQuery } from '../state/preferences'
import { shell } from '../state/shell'
import { sourcesQuery } from '../state/sources'
import { hrefOfTrace, traceLocation } from '../state/trace-location'

/** Carries out what was asked for outside the page: in the menu, by a link, by opening a file. */
export function useShellCommands(): void {
  const client = useQueryClient()
  const go = useGo()
  const openGiven = useOpenGiven()
  useEffect(() => {
    const carryOut = async (command: ShellCommand) => {
      if (command.kind === 'open-files') return openGiven(command.ids)
      if (command.kind === 'theme') {
        // The menu has kept it already: only what is on screen follows.
        const now = client.getQueryData(preferencesQuery.queryKey) ?? defaultPreferences
        client.setQueryData(preferencesQuery.queryKey, { ...now, theme: command.theme })
        return undefined
      }
      const [path, query = ''] = command.href.split('?')
      const trace = traceLocation.parse(new URLSearchParams(query))
      if (path !== traceLocation.path || trace.sources.length + trace.files.length > 0)
        return go(command.href)
      // A link names a trace without saying where it is kept: every source is asked.
      const sources = await client.ensureQueryData(sourcesQuery)
      const ids = sources.filter((source) => source.capabilities.traces).map((source) => source.id)
      return go(hrefOfTrace({ ...trace, sources: ids }))
    }
    return shell?.onCommand((command) => void carryOut(command))
  }, [client, go, openGiven])
}
