/** Requests as an instrumented service counts them: cumulative histograms, read every 15 seconds, a series for each way a request may end. */
import { labelsOf } from '#shared/query/promql/labels'
import type { TracedSeries } from '../promql/remote-write.ts'
import { type SentRequest, spanMs } from './requests.ts'

export const stepMs = 15_000
export const boundsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Infinity]

const metric = 'http_server_request_duration_seconds'

const textOf = (bound: number): string => (bound === Infinity ? '+Inf' : String(bound))

/** The last reading is `lateMs` before the end. Every fifth request is kept as an exemplar in the bucket it falls into. */
export function seriesOf(
  requests: readonly SentRequest[],
  endMs: number,
  lateMs: number,
): readonly TracedSeries[] {
  const count = Math.floor((spanMs - lateMs) / stepMs)
  const times = Float64Array.from({ length: count }, (_, at) => endMs - lateMs - (count - 1 - at) * stepMs)
  const groups = Map.groupBy(requests, ({ service, instance, method, route, isFailed }) =>
    JSON.stringify([service, instance, method, route, isFailed ? '500' : '200']),
  )
  return [...groups].flatMap(([key, own]) => {
    const [job, instance, method, route, status] = JSON.parse(key) as string[]
    const labels = {
      job,
      instance,
      http_request_method: method,
      http_route: route,
      http_response_status_code: status,
    }
    /** What was counted by each reading, of those requests that `counts` says more than nothing of. */
    const column = (counts: (request: SentRequest) => number): Float64Array => {
      let at = 0
      let sum = 0
      return times.map((time) => {
        for (; at < own.length && own[at].endMs <= time; at++) sum += counts(own[at])
        return sum
      })
    }
    const series = (name: string, more: object, values: Float64Array): TracedSeries => ({
      labels: labelsOf({ __name__: metric + name, ...labels, ...more }),
      times,
      values,
    })
    return [
      series(
        '_count',
        {},
        column(() => 1),
      ),
      series(
        '_sum',
        {},
        column(({ seconds }) => seconds),
      ),
      ...boundsSeconds.map((bound, index) => ({
        ...series(
          '_bucket',
          { le: textOf(bound) },
          column(({ seconds }) => (seconds <= bound ? 1 : 0)),
        ),
        traced: tracedOf(requests)
          .filter((one) => own.includes(one))
          .filter(({ seconds }) => seconds <= bound && seconds > (boundsSeconds[index - 1] ?? -1))
          .map(({ endMs: timeMs, seconds: value, traceId, spanId }) => ({ timeMs, value, traceId, spanId })),
      })),
    ]
  })
}

/** The requests that are kept as exemplars. */
export const tracedOf = (requests: readonly SentRequest[]): readonly SentRequest[] =>
  requests.filter((_, index) => index % 5 === 0)
