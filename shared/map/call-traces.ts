/** Which traces go through a call: as TraceQL, and as the form of a search for servers that do not speak it. */
import type { MapEdge, NodeKind } from '#shared/map/graph'

/** The form asks for the service that answers, which is as near as it comes. */
export interface CallTraces {
  readonly traceql: string
  readonly service: string
  readonly errorsOnly: boolean
  readonly minDurationNs: number | undefined
}

const spans = (service: string, more: string): string =>
  `{ resource.service.name = ${JSON.stringify(service)}${more} }`

/** All, those that failed there, and those that took longer there than its p95. What sends no spans is known by its caller's alone. */
export function tracesOfCall(
  { parent, child, figures: { p95 } }: MapEdge,
  childKind: NodeKind,
): Readonly<Record<'all' | 'failed' | 'slow', CallTraces>> {
  const isAnswered = childKind === 'service'
  const service = isAnswered ? child : parent
  const query = (more: string): string =>
    isAnswered ? `${spans(parent, '')} >> ${spans(child, more)}` : spans(parent, ` && kind = client${more}`)
  const slowNs = p95 === undefined ? undefined : Math.floor(p95 * 1e9)
  return {
    all: { traceql: query(''), service, errorsOnly: false, minDurationNs: undefined },
    failed: { traceql: query(' && status = error'), service, errorsOnly: true, minDurationNs: undefined },
    slow: {
      traceql: query(slowNs === undefined ? '' : ` && duration > ${slowNs}ns`),
      service,
      errorsOnly: false,
      minDurationNs: slowNs,
    },
  }
}
