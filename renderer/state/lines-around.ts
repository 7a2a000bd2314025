/** The lines before and after one line, in its stream. */
import { useQuery } from '@tanstack/react-query'
import { type LogLine, labelsOf, nsTextOf } from '#shared/logs/batch'
import { emptyList, type LogList, withRest } from '#shared/logs/log-list'
import { mergeBatches } from '#shared/logs/merge'
import { withStream } from '#shared/query/logql/query'
import { readLogPage } from '../client/log-reader'

/** On either side. */
const side = 15
/** So far away is looked, nanoseconds: a stream that was silent for longer has nothing to do with the line. */
const reach = 3_600_000_000_000n

/** Lines around one, newest first; the line itself is among them. */
export function useLinesAround(source: { readonly id: string; readonly name: string }, line: LogLine) {
  const ns = nsTextOf(line)
  const query = withStream('{}', labelsOf(line))
  return useQuery({
    queryKey: ['lines-around', source.id, query, ns],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async ({ signal }): Promise<LogList> => {
      const moment = BigInt(ns)
      const ask = { source, query, limit: side + 1 }
      const before = { startNs: String(moment - reach), endNs: ns }
      const after = { startNs: ns, endNs: String(moment + reach) }
      const pages = await Promise.all([
        readLogPage({ ...ask, window: before, order: 'newest' }, signal),
        readLogPage({ ...ask, window: after, order: 'oldest' }, signal),
      ])
      const batch = mergeBatches(
        pages.map((page) => page.batch),
        'newest',
      )
      return withRest(emptyList('newest'), batch)
    },
  })
}
