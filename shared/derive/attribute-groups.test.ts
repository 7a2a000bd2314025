import { expect, test } from 'vitest'
import { groupAttributes } from '#shared/derive/attribute-groups'

const grouped = (keys: string): string[] =>
  groupAttributes(keys.split(' ').map((key) => ({ key, value: 'x' }))).map(
    ({ title, attributes }) => `${title}: ${attributes.map(({ key }) => key).join(' ')}`,
  )

test('old and stable names of an area stand together, areas in reading order', () => {
  expect(
    grouped(
      'zzz k8s.pod.name db.system net.peer.name http.method http.request.method db.system.name service.name url.full exception.type server.address rpc.service messaging.system gen_ai.system code.function host.name container.id cloud.region process.pid telemetry.sdk.name',
    ),
  ).toEqual([
    'Exception: exception.type',
    'HTTP: http.method http.request.method',
    'URL: url.full',
    'RPC: rpc.service',
    'Database client: db.system db.system.name',
    'Messaging: messaging.system',
    'GenAI: gen_ai.system',
    'Server, client and network: net.peer.name server.address',
    'Code and thread: code.function',
    'Service: service.name',
    'Kubernetes: k8s.pod.name',
    'Container: container.id',
    'Host and device: host.name',
    'Cloud: cloud.region',
    'Process: process.pid',
    'Telemetry SDK: telemetry.sdk.name',
    'Other: zzz',
  ])
})

test('the longest known prefix decides, and words of Jaeger and Zipkin are known', () => {
  expect(grouped('otel.status_code otel.scope.name peer.service span.kind error hostname httpx.a')).toEqual([
    'Exception: otel.status_code error',
    'Server, client and network: peer.service',
    'Host and device: hostname',
    'Telemetry SDK: otel.scope.name span.kind',
    'Other: httpx.a',
  ])
})

test('a key that comes twice is shown twice, and no attributes make no groups', () => {
  expect(grouped('http.url http.url')).toEqual(['HTTP: http.url http.url'])
  expect(groupAttributes([])).toEqual([])
})
