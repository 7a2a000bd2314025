import type { MetricLabels } from '#shared/api/metrics'
import { subjectOfAlert } from '#shared/correlate/trace-questions'
import { FollowService } from '../pivots/follow-service'

/** Where an alert leads, if it names its service. */
export function FollowAlert({
  labels,
  sinceMs,
  nowMs,
}: {
  readonly labels: MetricLabels
  readonly sinceMs: number | undefined
  readonly nowMs: number
}) {
  const subject = subjectOfAlert(labels, sinceMs ?? nowMs, nowMs)
  return subject && <FollowService {...subject} />
}
