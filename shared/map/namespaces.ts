/** Which namespace a service is in, as metrics say it. */
import type { MetricLabels } from '#shared/api/metrics'
import { serviceLabels, serviceName } from '#shared/metrics/red'

/** Labels that name a namespace, the most telling first: OpenTelemetry's own, Kubernetes' as resources have it, and as scrapers do. */
const namespaceLabels = ['service_namespace', 'k8s_namespace_name', 'namespace'] as const

/** What is asked: resources as OpenTelemetry writes them, and everything that is scraped. */
export const namespaceQuery = `group by (${[...serviceLabels, ...namespaceLabels].join(', ')}) ({__name__=~"target_info|up"})`

/** By name of the service, from the answer to `namespaceQuery`. One that is in several is in none: which is meant nobody knows. */
export function namespacesIn(groups: readonly MetricLabels[]): ReadonlyMap<string, string> {
  const found = new Map<string, string | undefined>()
  for (const labels of groups) {
    const named = serviceLabels.map((label) => labels[label] ?? '').find((value) => value !== '')
    if (named === undefined) continue
    const said = namespaceLabels.map((label) => labels[label] ?? '').find((value) => value !== '')
    // A job may be written with its namespace before it.
    const before = (labels['job'] ?? '').split('/').slice(0, -1).join('/')
    const namespace = said ?? before
    if (namespace === '') continue
    const name = serviceName(named)
    found.set(name, found.has(name) && found.get(name) !== namespace ? undefined : namespace)
  }
  return new Map(
    [...found].flatMap(([name, namespace]) => (namespace === undefined ? [] : [[name, namespace] as const])),
  )
}
