/** Words of PromQL, for completion, hovering and colouring. https://prometheus.io/docs/prometheus/latest/querying/ */

export interface Word {
  readonly text: string
  /** What it is, in a few words. */
  readonly about: string
}

const words = (table: Readonly<Record<string, string>>): readonly Word[] =>
  Object.entries(table).map(([text, about]) => ({ text, about }))

export const aggregations: readonly Word[] = words({
  sum: 'sum over series',
  avg: 'average over series',
  min: 'smallest over series',
  max: 'largest over series',
  count: 'number of series',
  group: '1 for each group',
  stddev: 'standard deviation over series',
  stdvar: 'variance over series',
  quantile: 'quantile over series',
  topk: 'the k largest series',
  bottomk: 'the k smallest series',
  count_values: 'number of series with each value',
})

export const functions: readonly Word[] = words({
  rate: 'increase each second, averaged over the range; of counters',
  irate: 'increase each second between the last two samples',
  increase: 'increase over the range; of counters',
  histogram_quantile: 'quantile of a histogram',
  histogram_avg: 'average of a native histogram',
  histogram_count: 'number of observations of a native histogram',
  histogram_sum: 'sum of observations of a native histogram',
  histogram_fraction: 'share of observations between two values',
  histogram_stddev: 'standard deviation of a native histogram',
  histogram_stdvar: 'variance of a native histogram',
  delta: 'change over the range; of gauges',
  idelta: 'change between the last two samples',
  deriv: 'slope each second over the range',
  predict_linear: 'value so many seconds from now, going on as in the range',
  avg_over_time: 'average over the range',
  min_over_time: 'smallest in the range',
  max_over_time: 'largest in the range',
  sum_over_time: 'sum over the range',
  count_over_time: 'number of samples in the range',
  quantile_over_time: 'quantile over the range',
  stddev_over_time: 'standard deviation over the range',
  stdvar_over_time: 'variance over the range',
  last_over_time: 'last sample in the range',
  present_over_time: '1 where there was a sample in the range',
  absent_over_time: '1 where there was none in the range',
  mad_over_time: 'median absolute deviation over the range',
  changes: 'how often the value changed in the range',
  resets: 'how often a counter went back in the range',
  absent: '1 where there is no series',
  abs: 'without its sign',
  ceil: 'rounded up',
  floor: 'rounded down',
  round: 'rounded',
  clamp: 'kept between two values',
  clamp_min: 'kept above a value',
  clamp_max: 'kept below a value',
  exp: 'e to the power of it',
  ln: 'natural logarithm',
  log2: 'binary logarithm',
  log10: 'decimal logarithm',
  sqrt: 'square root',
  sgn: 'its sign: -1, 0 or 1',
  label_replace: 'a label made from another by a regular expression',
  label_join: 'a label made of several',
  scalar: 'the value of a single series as a number',
  vector: 'a number as a series without labels',
  time: 'seconds since 1970',
  timestamp: 'when each sample was, seconds since 1970',
  sort: 'in rising order',
  sort_desc: 'in falling order',
  minute: 'minute of the hour, UTC',
  hour: 'hour of the day, UTC',
  day_of_week: 'day of the week, UTC; 0 is Sunday',
  day_of_month: 'day of the month, UTC',
  days_in_month: 'days in the month, UTC',
  month: 'month of the year, UTC',
  year: 'year, UTC',
})

/** Between two operands. */
export const operators: readonly Word[] = words({
  and: 'series that are on both sides',
  or: 'series of either side',
  unless: 'series that are not on the right',
  on: 'match by these labels alone',
  ignoring: 'match by all but these labels',
  group_left: 'many on the left to one on the right',
  group_right: 'one on the left to many on the right',
  bool: '0 or 1 instead of leaving out',
  offset: 'so long ago',
})

export const groupings: readonly Word[] = words({
  by: 'one group for each value of these labels',
  without: 'one group for each value of all other labels',
})

export const comparisons: readonly Word[] = words({
  '=': 'is',
  '!=': 'is not',
  '=~': 'matches the regular expression',
  '!~': 'does not match the regular expression',
})

export const ranges: readonly Word[] = ['1m', '5m', '10m', '30m', '1h', '6h', '1d'].map((text) => ({
  text,
  about: 'back from each moment',
}))
