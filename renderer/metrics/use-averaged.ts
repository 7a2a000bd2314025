import { useMemo } from 'react'
import { averagedRecording, type AveragedQuantile } from '#shared/metrics/quantile-average'
import { parsePromql } from '#shared/query/promql/parse'
import { useRules } from '../state/service-figures'
import type { QueryFacts } from './panel-facts'

/** What is wrong with a query that averages percentiles; those that a rule recorded are looked up in the rules of the source. */
export function useAveraged(
  { averaged }: QueryFacts,
  query: string,
  source: string | undefined,
): AveragedQuantile | undefined {
  const { data: rules } = useRules(averaged?.recorded ? source : undefined)
  return useMemo(
    () =>
      averaged &&
      (averagedRecording(
        query,
        averaged,
        (text) => parsePromql(text).expression,
        (metric) => rules?.find(({ kind, name }) => kind === 'recording' && name === metric)?.query,
      ) ??
        averaged),
    [averaged, query, rules],
  )
}
