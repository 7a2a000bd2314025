import type { LogFacts } from '#shared/correlate/log-facts'
import { linesOfService } from '#shared/correlate/log-queries'
import { hrefOfLogs } from '../state/log-location'
import type { PivotItem } from './pivot-list'

/** From a span or a line to all that its service wrote then. `place`: milliseconds since 1970. `source`: id of the one that is asked. */
export function serviceLogs(
  service: string,
  place: { readonly startMs: number; readonly endMs: number },
  source: string,
  facts: LogFacts,
  go: (href: string) => void,
): PivotItem {
  const { query, why, startMs, endMs } = linesOfService(service, place, facts)
  return {
    ...serviceLogsItem(service),
    why,
    query,
    run: () =>
      go(
        hrefOfLogs({
          source,
          query,
          range: { from: Math.floor(startMs), to: Math.ceil(endMs) },
          order: 'oldest',
          of: [service],
        }),
      ),
  }
}

/** The same without what is asked, where nobody can be. */
export const serviceLogsItem = (service: string) =>
  ({
    id: 'service-logs',
    to: 'log',
    icon: 'logs',
    title: `All ${service} logs, ± 30 s`,
    keys: 'Shift+L',
  }) as const
