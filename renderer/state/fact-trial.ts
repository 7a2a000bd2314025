/** A fact that is about to be said, tried on its source while it is written. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { noConditions, type Source } from '#shared/api/contract'
import { corrected } from '#shared/correlate/correct-log-facts'
import {
  type FactTrial,
  trialOfClock,
  trialOfExemplars,
  trialOfHolding,
  trialOfLabel,
  trialOfName,
  trialOfNaming,
  trialOfValues,
} from '#shared/correlate/fact-trial'
import { selectAll, selectServices } from '#shared/correlate/log-facts'
import { type FactEdit, withSaid } from '#shared/correlate/said'
import { measureOf } from '#shared/correlate/service-panels'
import { nsText } from '#shared/derive/clock-times'
import { bucketsOf, labelQuery, saidFamily } from '#shared/metrics/red'
import { searchPath } from '../client/api'
import { readLogPage } from '../client/log-reader'
import { metricsApi } from '../client/metrics-api'
import { traceSessions } from '../client/trace-sessions'
import { nowBy } from './held-time'
import { logFactsOf } from './log-facts'
import { metricFactsQuery } from './metric-facts'
import { saidOf } from './said-facts'

const hourMs = 3_600_000
const linesMs = 6 * hourMs
const triedLines = 100
/** Who writes on is not asked about half a word. */
const afterMs = 400
const mostMs = 10_000

/** The newest lines that a selector finds; asked once for all that is tried on them. */
const newestLines = (source: Source, query: string) =>
  queryOptions({
    queryKey: ['newest-lines', source.id, query],
    queryFn: async ({ signal, client }) => {
      const endMs = nowBy(client, source.id)
      const window = { startNs: nsText(endMs - linesMs), endNs: nsText(endMs) }
      const { batch, rest } = await readLogPage(
        { source, query, window, limit: triedLines, order: 'newest' },
        signal,
      )
      return {
        lines: Array.from({ length: batch.length }, (_, at) => ({ batch, at })),
        hasMore: rest !== undefined,
      }
    },
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  })

const isMetric = (name: string): boolean => /^[a-z_:][\w:]*$/i.test(name)

async function tryOn(
  client: QueryClient,
  source: Source,
  edit: FactEdit,
  signal: AbortSignal,
): Promise<FactTrial> {
  const { id, capabilities } = source
  const said = saidOf(client, id)
  const endMs = nowBy(client, id)
  const lastHour = { startMs: endMs - hourMs, endMs }
  const linesBy = (query: string) => client.fetchQuery(newestLines(source, query))
  switch (edit.kind) {
    case 'trace':
    case 'service': {
      if (!capabilities.logs && edit.kind === 'service')
        return trialOfValues(
          isMetric(edit.value) ? await metricsApi.labelValues(id, edit.value, '', lastHour, signal) : [],
        )
      const [all] = selectAll(await logFactsOf(client, source))
      const { lines } = await linesBy(all)
      return edit.kind === 'trace' ? trialOfNaming(edit.value, lines) : trialOfLabel(edit.value, lines)
    }
    case 'name': {
      if (!capabilities.logs) return namedIn(client, source, edit)
      const facts = corrected(await logFactsOf(client, source), withSaid(said, edit))
      const { lines, hasMore } = await linesBy(selectServices(facts, [edit.service])[0].selector)
      return trialOfName(lines, hasMore)
    }
    case 'clock':
      return trialOfClock(edit.value, (await logFactsOf(client, source)).clocks?.[edit.service])
    case 'exemplar': {
      const [first] = (await client.fetchQuery(metricFactsQuery(id, said))).measures
      const metric = first && bucketsOf(first.family)
      return trialOfExemplars(
        edit.value,
        metric === undefined ? [] : await metricsApi.exemplars(id, metric, lastHour, signal),
      )
    }
    case 'histogram': {
      const known = isMetric(edit.value)
        ? await metricsApi.labelValues(
            id,
            '__name__',
            `{__name__=~"${edit.value}(_bucket)?"}`,
            lastHour,
            signal,
          )
        : []
      if (known.length === 0)
        return { isFound: false, sentence: 'No histogram of the last hour is called that.' }
      const family = saidFamily(edit.value, known)
      const { series } = await metricsApi.query(id, labelQuery(family, '1h'), endMs, signal)
      const groups = series.map(({ labels }) => labels)
      const found = measureOf(edit.service, family, groups, said)
      return found
        ? {
            isFound: true,
            sentence: 'Its series name the service:',
            example: `${found.label} = ${found.value}`,
          }
        : { isFound: false, sentence: `No series of it names ${edit.service}.` }
    }
    default: {
      const query = {
        ...noConditions,
        service: edit.service,
        startMs: endMs - linesMs,
        endMs,
        limit: 1,
        traceql: '',
      }
      const { traces } = await traceSessions.search(searchPath(id, query), signal)
      const [newest] = traces
      return trialOfHolding(edit.value, newest && `${newest.rootName} ${newest.traceId}`)
    }
  }
}

/** Whether a histogram that is known names a service so. */
async function namedIn(
  client: QueryClient,
  { id }: Source,
  edit: Extract<FactEdit, { kind: 'name' | 'histogram' }>,
): Promise<FactTrial> {
  const said = saidOf(client, id)
  const { measures } = await client.fetchQuery(metricFactsQuery(id, said))
  const named = withSaid(said, edit)
  const [found] = measures.flatMap(
    ({ family, groups }) => measureOf(edit.service, family, groups, named) ?? [],
  )
  return found
    ? {
        isFound: true,
        sentence: 'A histogram measures it by that name:',
        example: `${found.family.metric}, ${found.label} = ${found.value}`,
      }
    : { isFound: false, sentence: 'No histogram that is known names a service so.' }
}

/** What a fact would find; undefined until that is known. Nothing is asked while there is no whole fact. */
export function useFactTrial(source: Source, edit: FactEdit | undefined) {
  const client = useQueryClient()
  const now = JSON.stringify([source.id, edit])
  const [settled, settle] = useState(now)
  useEffect(() => {
    const timer = setTimeout(() => settle(now), afterMs)
    return () => clearTimeout(timer)
  }, [now])
  const queryKey = ['fact-trial', now]
  const { data, error, isFetching } = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      if (!edit) throw new Error('there is no fact to try')
      return tryOn(client, source, edit, AbortSignal.any([signal, AbortSignal.timeout(mostMs)]))
    },
    enabled: edit !== undefined && settled === now,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  })
  return {
    trial: data,
    error,
    /** It is about to be asked, once nothing more is typed. */
    isWaiting: edit !== undefined && settled !== now && data === undefined && error === null,
    isAsking: isFetching,
    stop: () => void client.cancelQueries({ queryKey }),
  }
}
