/** Where the places of a chart lead: to the traces of its service then, as slow as that, or failed. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { Labels } from '#shared/api/logs'
import { type ChartMeaning, tracesAt } from '#shared/correlate/chart-traces'
import { namesOf } from '#shared/correlate/service-names'
import type { TraceQuestion } from '#shared/correlate/trace-questions'
import { formatShortTime, type TimeZone } from '#shared/derive/clock-times'
import { formatDuration } from '#shared/derive/durations'
import type { ChartWay, ChartWays, Pointable, Pointed } from '#shared/metrics/chart-point'
import { slowestFirst } from '#shared/trace/summary'
import { bucketsQuery } from '../state/metric-answers'
import { useGo } from '../state/location'
import { useServiceNames } from '../state/service-names'
import { useTraceSources } from '../state/sources'
import { sourcesToAsk, useHolders } from '../state/trace-facts'
import { searchOf } from './trace-search'

interface Chart {
  readonly source: string | undefined
  readonly points: Pointable | undefined
  readonly meaning: ChartMeaning
  /** Labels of the series of a row; none of a heatmap's. */
  readonly labelsOf: (row: number) => Labels
  readonly zone: TimeZone
}

const none: readonly number[] = []

const windowOf = (times: readonly number[]) => ({
  startMs: (times.at(0) ?? 0) * 1_000,
  endMs: (times.at(-1) ?? 0) * 1_000,
})

function wordsOf(
  { service, minDurationNs, maxDurationNs, kind, errorsOnly, startMs, endMs }: TraceQuestion,
  zone: TimeZone,
): string {
  return [
    service === '' ? 'any service' : service,
    maxDurationNs === undefined
      ? minDurationNs !== undefined && `${formatDuration(minDurationNs)} and longer`
      : `${formatDuration(minDurationNs ?? 0)} to ${formatDuration(maxDurationNs)}`,
    kind !== undefined && `${kind} spans`,
    errorsOnly && 'failed',
    `${formatShortTime(startMs, zone)} – ${formatShortTime(endMs, zone)}`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** Undefined where no source of traces is connected, or nothing is drawn. */
export function useChartTraces({ source, points, meaning, labelsOf, zone }: Chart): ChartWays | undefined {
  const go = useGo()
  const client = useQueryClient()
  const traceSources = useTraceSources()
  const holders = useHolders()
  // A page may have twenty charts: nothing is asked for one that is not pointed at.
  const [isNear, setNear] = useState(false)
  const names = useServiceNames(isNear)
  const { histogram } = meaning
  const asked = useMemo(
    () => bucketsQuery(source ?? '', histogram ?? '', windowOf(points?.times ?? none)),
    [source, histogram, points],
  )
  const { data: bounds = none } = useQuery({
    ...asked,
    enabled: isNear && source !== undefined && histogram !== undefined,
    placeholderData: keepPreviousData,
  })
  const onNear = useCallback(() => setNear(true), [])
  const wayOf = useCallback(
    ({ from, to, row, least, most }: Pointed): ChartWay => {
      const times = points?.times ?? none
      const [startMs, endMs] = [from, to].map((at) => (times[at] ?? 0) * 1_000)
      const stepMs = times.length > 1 ? (times[1] - times[0]) * 1_000 : 0
      const place = { startMs, endMs, least, most, labels: row < 0 ? {} : labelsOf(row) }
      const questionBy = (buckets: readonly number[]): TraceQuestion => {
        const question = tracesAt(meaning, place, stepMs, buckets)
        const [service = question.service] = namesOf(question.service, names)
        return { ...question, service }
      }
      const found = (buckets: readonly number[]) => {
        const question = questionBy(buckets)
        const sources = sourcesToAsk(holders(question.service || undefined), traceSources)
        return searchOf(question, {
          sort: slowestFirst,
          sources,
          // Its points tell of what came before them: who drew a rectangle is told that more is asked for.
          earlierMs: startMs - question.startMs,
        })
      }
      return {
        title: wordsOf(questionBy(bounds), zone),
        query: found(bounds).query,
        run: (inNewTab) => {
          const follow = (buckets: readonly number[]): void => {
            const { href } = found(buckets)
            if (inNewTab) globalThis.open(href, '_blank', 'noopener')
            else go(href)
          }
          if (histogram === undefined) follow(none)
          // Without them the value itself is the least.
          else void client.ensureQueryData(asked).then(follow, () => follow(none))
        },
      }
    },
    [points, meaning, labelsOf, zone, names, bounds, histogram, asked, client, go, holders, traceSources],
  )
  return useMemo(
    () => (traceSources.length > 0 && points ? { points, wayOf, onNear } : undefined),
    [traceSources, points, wayOf, onNear],
  )
}
