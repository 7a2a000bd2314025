import { useMemo } from 'react'
import type { MetricLabels } from '#shared/api/metrics'
import { serviceOfExpression } from '#shared/correlate/service-panels'
import { subjectOfAlert } from '#shared/correlate/trace-questions'
import { FollowService } from '../pivots/follow-service'
import { factsOf } from './panel-facts'

/** Where an alert leads, if its labels or the query of its rule name a service. */
export function FollowAlert({
  labels,
  query,
  sinceMs,
  nowMs,
}: {
  readonly labels: MetricLabels
  readonly query: string
  readonly sinceMs: number | undefined
  readonly nowMs: number
}) {
  const asked = useMemo(() => {
    const { expression } = factsOf(query)
    return expression && serviceOfExpression(expression)
  }, [query])
  const subject = subjectOfAlert(labels, sinceMs ?? nowMs, nowMs, asked)
  return subject && <FollowService {...subject} />
}
