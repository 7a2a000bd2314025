/** The functions there are: what they take and what they give. */
import type { ValueType } from './expression.ts'

export interface Signature {
  readonly takes: readonly ValueType[]
  /** How many of the last ones may be left out. */
  readonly optional: number
  /** The last one may come any number of times. */
  readonly repeats: boolean
  readonly gives: ValueType
}

/** Parameters as words: `?` may be left out, `*` may come any number of times. */
function signatures(gives: ValueType, table: Readonly<Record<string, string>>): [string, Signature][] {
  return Object.entries(table).flatMap(([parameters, names]) => {
    const words = parameters.split(' ').filter((word) => word !== '')
    const signature: Signature = {
      takes: words.map((word) => word.replace(/[?*]$/u, '') as ValueType),
      optional: words.filter((word) => /[?*]$/u.test(word)).length,
      repeats: words.some((word) => word.endsWith('*')),
      gives,
    }
    return names.split(/\s+/u).map((name): [string, Signature] => [name, signature])
  })
}

/** By name. https://prometheus.io/docs/prometheus/latest/querying/functions/ */
export const functionSignatures: ReadonlyMap<string, Signature> = new Map([
  ...signatures('scalar', { '': 'time pi', vector: 'scalar' }),
  ...signatures('vector', {
    scalar: 'vector',
    vector: `abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count
      histogram_sum histogram_stddev histogram_stdvar ln log2 log10 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp`,
    'vector?': 'day_of_month day_of_week day_of_year days_in_month hour minute month year',
    'vector scalar': 'clamp_max clamp_min',
    'vector scalar?': 'round',
    'vector scalar scalar': 'clamp',
    'vector string*': 'sort_by_label sort_by_label_desc',
    'vector string string string string': 'label_replace',
    'vector string string string*': 'label_join',
    'scalar vector': 'histogram_quantile',
    'scalar scalar vector': 'histogram_fraction',
    matrix: `absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate
      last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time
      stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time`,
    'matrix scalar': 'predict_linear',
    'matrix scalar scalar': 'double_exponential_smoothing',
    'scalar matrix': 'quantile_over_time',
  }),
])

/** Of PromQL, but outside the subset. */
export const unsupportedFunctions: ReadonlySet<string> = new Set(
  'end histogram_quantiles holt_winters info max_of min_of range start start_timestamp step'.split(' '),
)
