import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServerKind } from '#shared/api/contract'

import { ClewUnderTest, input } from './clew.ts'
import { readFleet } from './fleet.ts'
import { freePorts } from './process.ts'

const { servers } = readFleet()
const kinds: readonly ServerKind[] = ['jaeger', 'tempo', 'zipkin', 'loki', 'prometheus']
const productNames = {
  jaeger: 'Jaeger',
  tempo: 'Tempo',
  zipkin: 'Zipkin',
  loki: 'Loki',
  prometheus: 'Prometheus',
}
const storyServices = [
  'auth-service', 'batch-service', 'cart-service', 'catalog-service', 'edge-gateway', 'inventory-service',
  'notification-service', 'order-service', 'payment-service', 'pricing-service', 'retry-service', 'web-bff',
] // prettier-ignore

let clew: ClewUnderTest
beforeAll(() => {
  clew = new ClewUnderTest()
})
afterAll(() => clew.close())

describe('Test of a connection', () => {
  test('Jaeger: product, both generations of its API, services', async () => {
    const report = await clew.probe(input('jaeger', servers.jaeger.url))
    expect(report).toMatchObject({ ok: true, product: 'Jaeger', api: 'v3 (OTLP) and v1' })
    expect(report.seen?.what).toBe('services')
    expect(report.seen?.names).toEqual(expect.arrayContaining(storyServices))
    expect(report.seen?.total).toBe(report.seen?.names.length)
  })

  test('Tempo: product, API, services', async () => {
    const report = await clew.probe(input('tempo', servers.tempo.url))
    expect(report).toMatchObject({ ok: true, product: 'Tempo', api: 'v2 and v1' })
    expect(report.seen?.what).toBe('services')
    expect(report.seen?.names).toEqual(expect.arrayContaining(storyServices))
  })

  test('Zipkin: product, version, API, services', async () => {
    const report = await clew.probe(input('zipkin', servers.zipkin.url))
    expect(report).toMatchObject({
      ok: true,
      product: 'Zipkin',
      version: '3.6.1',
      api: 'v2',
    })
    expect(report.seen?.names).toEqual(expect.arrayContaining(storyServices))
  })

  test('Loki: product, API, labels', async () => {
    const report = await clew.probe(input('loki', servers.loki.url))
    expect(report).toMatchObject({ ok: true, product: 'Loki', api: 'v1' })
    expect(report.seen?.what).toBe('labels')
    expect(report.seen?.names).toEqual(expect.arrayContaining(['app', 'env', 'service_name']))
  })

  test('Prometheus: product, API, metrics, and that exemplars are on', async () => {
    const report = await clew.probe(input('prometheus', servers.prometheus.url))
    expect(report).toMatchObject({ ok: true, product: 'Prometheus', api: 'v1' })
    expect(report.seen?.what).toBe('metrics')
    expect(report.seen?.names).toContain('http_server_request_duration_seconds_bucket')
    expect(report.notes).toContain('Exemplars are on.')
  })

  test.for(kinds)('%s: a clock that agrees with ours, as both run on this machine', async (kind) => {
    const report = await clew.probe(input(kind, servers[kind].url))
    expect(report.clockDifferenceMs).toBe(0)
    expect(report.roundTripMs).toBeGreaterThanOrEqual(0)
  })
})

describe('the wrong product', () => {
  const pairs = kinds.flatMap((actual) =>
    kinds.filter((said) => said !== actual).map((said) => ({ actual, said })),
  )

  test.for(pairs)('a $actual entered as $said is named', async ({ actual, said }) => {
    const report = await clew.probe(input(said, servers[actual].url))
    expect(report.ok).toBe(false)
    expect(report.error).toMatchObject({
      kind: 'wrong-product',
      message: `This is a ${productNames[actual]}; choose ${productNames[actual]} as its kind.`,
      advice: `Or enter the address of a ${productNames[said]}.`,
    })
  })

  test('the OTLP port of Jaeger is no Jaeger to ask', async () => {
    const report = await clew.probe(input('jaeger', servers.jaeger.otlpUrl ?? ''))
    expect(report).toMatchObject({ ok: false, error: { kind: 'not-found', status: 404 } })
  })
})

async function tempoServices(tenant: string): Promise<readonly string[] | undefined> {
  return (await clew.probe(input('tempo', servers.tempoTenants.url, { tenant }))).seen?.names
}

describe('tenants', () => {
  const withTenants = [
    ['jaeger', servers.jaegerTenants.url],
    ['tempo', servers.tempoTenants.url],
    ['loki', servers.lokiTenants.url],
  ] as const

  test.for(withTenants)('%s without a tenant says that it needs one', async ([kind, url]) => {
    const report = await clew.probe(input(kind, url))
    expect(report).toMatchObject({
      ok: false,
      error: {
        kind: 'needs-tenant',
        status: 401,
        message: `the ${kind} keeps the data of several tenants and needs to know which.`,
      },
    })
    expect(report.error?.detail).toMatch(/no org id|missing tenant header/)
  })

  test('Tempo shows each tenant its own services', async () => {
    expect(await tempoServices('team-red')).toEqual(['red-service'])
    expect(await tempoServices('team-blue')).toEqual(['blue-service'])
    expect(await tempoServices('team-red|team-blue')).toEqual(['blue-service', 'red-service'])
    expect(await tempoServices('nobody')).toEqual([])
  })

  test('Loki shows a tenant its labels, and another one none', async () => {
    const red = await clew.probe(input('loki', servers.lokiTenants.url, { tenant: 'team-red' }))
    expect(red.ok).toBe(true)
    expect(red.seen?.names).toContain('service_name')
    const blue = await clew.probe(input('loki', servers.lokiTenants.url, { tenant: 'team-blue' }))
    expect(blue).toMatchObject({ ok: true, seen: { names: [] } })
    expect(blue.notes).toContain('It answers, and has no labels in the last six hours.')
  })

  test('Jaeger lets a tenant in', async () => {
    const report = await clew.probe(input('jaeger', servers.jaegerTenants.url, { tenant: 'team-red' }))
    expect(report).toMatchObject({ ok: true, seen: { names: [] } })
  })
})

describe('nobody there', () => {
  test('a port nobody listens on refuses', async () => {
    const [port] = await freePorts(1)
    const report = await clew.probe(input('jaeger', `http://127.0.0.1:${port}`))
    expect(report).toMatchObject({ ok: false, error: { kind: 'refused' } })
  })

  test('a host that does not exist is named', async () => {
    const report = await clew.probe(input('tempo', 'http://tempo.invalid:3200'))
    expect(report).toMatchObject({ ok: false, error: { kind: 'not-found-host' } })
    expect(report.error?.message).toContain('tempo.invalid')
  })
})
