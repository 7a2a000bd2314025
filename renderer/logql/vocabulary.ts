/** Words of LogQL, and what each does. */

export interface Word {
  readonly text: string
  /** In a few words. */
  readonly about: string
}

export const comparisons: readonly Word[] = [
  { text: '=', about: 'is' },
  { text: '!=', about: 'is not' },
  { text: '=~', about: 'matches all of an expression' },
  { text: '!~', about: 'does not match' },
]

export const lineFilters: readonly Word[] = [
  { text: '|=', about: 'the line contains' },
  { text: '!=', about: 'the line does not contain' },
  { text: '|~', about: 'the line matches' },
  { text: '!~', about: 'the line does not match' },
  { text: '|', about: 'a parser, a filter, a format' },
]

export const stages: readonly Word[] = [
  { text: 'json', about: 'reads JSON' },
  { text: 'logfmt', about: 'reads key=value' },
  { text: 'pattern', about: 'reads by a pattern' },
  { text: 'regexp', about: 'reads by named groups' },
  { text: 'unpack', about: 'reads what was packed' },
  { text: 'line_format', about: 'writes the line anew' },
  { text: 'label_format', about: 'renames labels' },
  { text: 'decolorize', about: 'takes colours away' },
  { text: 'drop', about: 'takes labels away' },
  { text: 'keep', about: 'keeps only these labels' },
  { text: 'unwrap', about: 'takes a number out of a label' },
]

const overTime = (name: string, about: string): Word => ({ text: name, about })

export const rangeFunctions: readonly Word[] = [
  overTime('rate', 'lines a second'),
  overTime('count_over_time', 'lines'),
  overTime('bytes_rate', 'bytes a second'),
  overTime('bytes_over_time', 'bytes'),
  overTime('absent_over_time', 'whether there were none'),
  overTime('sum_over_time', 'sum of what is unwrapped'),
  overTime('avg_over_time', 'mean of what is unwrapped'),
  overTime('max_over_time', 'largest of what is unwrapped'),
  overTime('min_over_time', 'smallest of what is unwrapped'),
  overTime('quantile_over_time', 'quantile of what is unwrapped'),
]

export const aggregations: readonly Word[] = [
  { text: 'sum', about: 'of series' },
  { text: 'avg', about: 'of series' },
  { text: 'max', about: 'of series' },
  { text: 'min', about: 'of series' },
  { text: 'count', about: 'of series' },
  { text: 'topk', about: 'the largest' },
  { text: 'bottomk', about: 'the smallest' },
]
