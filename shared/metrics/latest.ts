/** The newest sample of a series, which is a number or a native histogram. */
import type { MetricSeries } from '#shared/api/metrics'
import { numberOf } from './frame'
import { noUnit } from './unit'
import { valueText } from './value-text'

/** When it was taken, and what it says in words: of a native histogram, how much it counted; undefined where there is none. */
export function latestOf(
  { times, values, histograms }: Pick<MetricSeries, 'times' | 'values' | 'histograms'>,
  format: (value: number) => string,
): { readonly time: number; readonly text: string } | undefined {
  const histogram = histograms.at(-1)
  const [time, value] = [times.at(-1), values.at(-1)]
  if (histogram !== undefined && (time === undefined || histogram.time > time))
    return { time: histogram.time, text: `${valueText(numberOf(histogram.count), noUnit)} observed` }
  return time === undefined || value === undefined ? undefined : { time, text: format(numberOf(value)) }
}
