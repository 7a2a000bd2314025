import type { Labels } from '#shared/api/logs'

/** Labels that a Loki takes the name of a service from, the best first. https://grafana.com/docs/loki/latest/get-started/labels/ */
export const namingLabels = [
  'service_name',
  'service',
  'app',
  'application',
  'name',
  'app_kubernetes_io_name',
  'container',
  'container_name',
  'component',
  'workload',
  'job',
] as const

/**
 * The labels of all streams. Where they name their services in several ways, or some do not, those without `service_name` get one, as a Loki that
 * takes them in gives it: so one selector has all that was opened together. What came of one hand stays as it is.
 */
export function withServices(all: readonly Labels[]): readonly Labels[] {
  const naming = all.map((labels) => namingLabels.find((name) => (labels[name] ?? '') !== ''))
  if (naming.every((name) => name === naming[0])) return all
  return all.map((labels, at) => {
    const name = naming[at]
    const service = name === undefined ? 'unknown_service' : labels[name]
    return name === 'service_name' ? labels : { ...labels, service_name: service }
  })
}
