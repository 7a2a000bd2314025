import { expect, test } from 'vitest'
import type { MetricLabels } from '#shared/api/metrics'
import { namespacesIn } from '#shared/map/namespaces'

test('a namespace is what OpenTelemetry calls it, then what Kubernetes does, then what stands before the job', () => {
  const groups: readonly MetricLabels[] = [
    { service_name: 'order', service_namespace: 'shop', k8s_namespace_name: 'prod' },
    { service_name: 'payment', k8s_namespace_name: 'prod' },
    { app: 'stock', namespace: 'warehouse' },
    { job: 'edge/gateway' },
    { job: 'prometheus' },
    { namespace: 'nobody' },
  ]
  expect(Object.fromEntries(namespacesIn(groups))).toEqual({
    order: 'shop',
    payment: 'prod',
    stock: 'warehouse',
    gateway: 'edge',
  })
})

test('a service of several namespaces is in none', () => {
  const groups = [
    { job: 'node', namespace: 'a' },
    { job: 'node', namespace: 'b' },
    { job: 'node', namespace: 'a' },
  ]
  expect(namespacesIn(groups).size).toBe(0)
})
