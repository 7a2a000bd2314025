/** How full what each service uses is, asked of one source of metrics for all of its services at once. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import {
  type Measured,
  type ResourceUse,
  type Saturation,
  saturationAmong,
} from '#shared/correlate/service-saturation'
import { numberOf } from '#shared/metrics/frame'
import { extremeUseQuery, limitsQuery, resourcesAmong } from '#shared/metrics/saturation'
import { stepText } from '#shared/metrics/step'
import { type Asker, askWarned } from './asker'
import { lastPart, sparkWindow, type Window } from './figures'
import { keptOf } from './kept-answer'

async function askUses(asker: Asker, window: Window): Promise<readonly ResourceUse[]> {
  const names = await asker.labelValues('__name__', '', window)
  const { range, before } = lastPart(window)
  const step = stepText(sparkWindow(window).stepMs)
  const ask = async (query: string | undefined): Promise<readonly Measured[]> => {
    if (query === undefined) return []
    const { series } = await asker.query(query, window.endMs)
    return series.flatMap(({ labels, values }) => {
      const value = numberOf(values.at(-1) ?? Number.NaN)
      return Number.isFinite(value) ? [{ labels, value }] : []
    })
  }
  return Promise.all(
    resourcesAmong(names)
      .filter(({ sign }) => sign !== 'errors')
      .map(async (resource) => {
        const [used, limits, least] = await Promise.all([
          ask(extremeUseQuery(resource, 'max', range, step)),
          ask(limitsQuery(resource)),
          ask(resource.trouble && extremeUseQuery(resource, 'min', before, step)),
        ])
        return { resource, used, limits, least }
      }),
  )
}

/** What is known of the saturation of services. */
export interface ServiceSaturation {
  /** By the name of a service, the tightest first; undefined until it is known. */
  readonly of: ((service: string) => readonly Saturation[]) | undefined
  /** The source has metrics that tell of resources at all. */
  readonly isMeasured: boolean
  readonly warnings: readonly string[]
  readonly error: Error | null
}

/** How full what the services of a source use is, at the end of a window. */
export function useServiceSaturation(source: string | undefined, window: Window): ServiceSaturation {
  const { data: warned, error } = useQuery({
    queryKey: ['service-saturation', source, window.startMs, window.endMs],
    queryFn: ({ signal }) => askWarned(source ?? '', signal, (asker) => askUses(asker, window)),
    enabled: source !== undefined,
    placeholderData: keptOf('service-saturation', source),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  const data = warned?.answer
  const of = useMemo(() => data && saturationAmong(data), [data])
  return { of, isMeasured: (data?.length ?? 0) > 0, warnings: warned?.warnings ?? [], error }
}
