/** What is asked to find out which metrics and labels hold the series of a server. */
import type { MetricSeries } from '#shared/api/metrics'
import { numberOf } from './frame'

/** More metrics than these are looked at by nobody. */
const mostMetrics = 50

/** A metric by its name, whatever signs are in it. */
const named = (metric: string): string => `{__name__=${JSON.stringify(metric)}}`

/** In a regular expression that must fit as a whole. */
const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** All series there are now, or were so long before. */
export const allQuery = (before?: string): string =>
  `count({__name__!=""}${before === undefined ? '' : ` offset ${before}`})`

/** The metrics that hold most series now, with how many. */
export const heaviestQuery = `topk(${mostMetrics}, count by (__name__) ({__name__!=""}))`

/** Names of metrics match nothing in PromQL: to be subtracted they must stand in a label of their own. */
const nameLabel = 'clew_metric'
const countsByName = (offset: string): string =>
  `count by (${nameLabel}) (label_replace({__name__!=""}${offset}, "${nameLabel}", "$1", "__name__", "(.+)"))`

/** The metrics that got most series since so long before, of those that were there then, with how many. */
export const growingQuery = (before: string): string =>
  `topk(${mostMetrics}, ${countsByName('')} - ${countsByName(` offset ${before}`)})`

/** How many series some metrics have, or had so long before. */
export const countsQuery = (metrics: readonly string[], before?: string): string =>
  `count by (__name__) ({__name__=~${JSON.stringify(metrics.map(literally).join('|'))}}${before === undefined ? '' : ` offset ${before}`})`

/** Quoted only where it must be: before 3.0 no name could be. */
const labelText = (label: string): string => (/^[a-z_]\w*$/i.test(label) ? label : JSON.stringify(label))

/** How many series of a metric would be left without a label: those that differ only in it become one. */
export const withoutQuery = (metric: string, label: string): string =>
  `count(count without (${labelText(label)}) (${named(metric)}))`

export const seriesQuery = (metric: string): string => `count(${named(metric)})`

/** The number of an answer that is one; 0 where nothing is. */
export const countIn = (series: readonly MetricSeries[]): number => numberOf(series.at(0)?.values.at(-1) ?? 0)

/** The numbers of an answer by metric. */
export const countsByMetric = (series: readonly MetricSeries[]): ReadonlyMap<string, number> =>
  new Map(
    series.map(({ labels, values }) => [
      labels['__name__'] ?? labels[nameLabel] ?? '',
      numberOf(values.at(-1) ?? 0),
    ]),
  )
