/** The demo shop in real servers of its own: from an exemplar in Prometheus to its trace in Jaeger and Tempo, to its line in Loki. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectFolder } from '../../build/project.ts'
import { startBackend, type Backend } from './backends.ts'
import { waitUntil } from './feed.ts'

let servers: { readonly [Kind in 'jaeger' | 'tempo' | 'loki' | 'prometheus']: Backend }
let said = ''

beforeAll(async () => {
  servers = {
    prometheus: await startBackend('prometheus'),
    jaeger: await startBackend('jaeger'),
    tempo: await startBackend('tempo'),
    loki: await startBackend('loki'),
  }
  const { jaeger, tempo, loki, prometheus } = servers
  const words = `pool-exhaustion --otlp ${jaeger.otlpUrl} --otlp ${tempo.otlpUrl} --loki ${loki.url} --prometheus ${prometheus.url}`
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(projectFolder, 'build/demo-send.ts'),
    ...words.split(' '),
    '--minutes=10',
    '--pace=100000',
  ])
  said = stdout
}, 120_000)

afterAll(async () => {
  for (const server of Object.values(servers ?? {})) await server.stop()
})

const untilMs = Date.now() + 600_000
const window = (unitsPerSecond: number): string =>
  `start=${((untilMs - 3_600_000) / 1000) * unitsPerSecond}&end=${(untilMs / 1000) * unitsPerSecond}`

async function ask<Answer>(url: string): Promise<Answer> {
  const answer = await fetch(url)
  return (await answer.json()) as Answer
}

/** The first value of an instant query of Prometheus. */
async function instant(query: string): Promise<number> {
  const { data } = await ask<{ data: { result: { value: [number, string] }[] } }>(
    `${servers.prometheus.url}/api/v1/query?query=${encodeURIComponent(query)}`,
  )
  return Number(data.result.at(0)?.value[1])
}

/** The exemplar of the slowest order. */
async function slowestOrder(): Promise<{ trace_id: string; span_id: string }> {
  interface Answer {
    readonly data: readonly {
      readonly exemplars: readonly {
        readonly value: string
        readonly labels: { trace_id: string; span_id: string }
      }[]
    }[]
  }
  const query = encodeURIComponent('http_server_request_duration_seconds_bucket{job="order-service"}')
  const { data } = await ask<Answer>(
    `${servers.prometheus.url}/api/v1/query_exemplars?query=${query}&${window(1)}`,
  )
  const slowest = data
    .flatMap(({ exemplars }) => exemplars)
    .toSorted((one, other) => Number(other.value) - Number(one.value))
    .at(0)
  expect(Number(slowest?.value)).toBeGreaterThan(4.4)
  return slowest?.labels ?? { trace_id: '', span_id: '' }
}

test('every server takes all that is sent', () => {
  expect(said).toContain('All of it: ')
  expect(said).not.toContain('left out')
})

test('the exemplar of a slow order leads to its trace, and that to the line that says why', async () => {
  const { trace_id: traceId, span_id: spanId } = await slowestOrder()
  const { jaeger, tempo, loki } = servers

  const inJaeger = await fetch(`${jaeger.url}/api/v3/traces/${traceId}`)
  const text = await inJaeger.text()
  expect(text).toContain(`"spanId":"${spanId}"`)
  expect(text).toContain('payments-db pool.acquire')

  await waitUntil('Tempo to hold the trace', async () => {
    const inTempo = await fetch(`${tempo.url}/api/v2/traces/${traceId}`)
    return (await inTempo.text()).includes(Buffer.from(spanId, 'hex').toString('base64'))
  })

  const query = encodeURIComponent(`{service_name="payment-service"} | trace_id="${traceId}" |= "exhausted"`)
  await waitUntil('Loki to find the line', async () => {
    const { data } = await ask<{ data: { result: { values: [string, string][] }[] } }>(
      `${loki.url}/loki/api/v1/query_range?query=${query}&${window(1e9)}`,
    )
    const lines = data.result.flatMap(({ values }) => values.map(([, line]) => line))
    return lines.includes('connection pool exhausted, waited 4500ms for available connection')
  })
})

test('Prometheus has both kinds of histograms, and the version of what runs', async () => {
  const slow = 'sum by (le) (rate(http_server_request_duration_seconds_bucket{job="payment-service"}[4m]))'
  expect(await instant(`histogram_quantile(0.99, ${slow})`)).toBeGreaterThan(2.5)
  const reserve = 'sum(rate(rpc_server_call_duration_seconds{rpc_method="Inventory/Reserve"}[4m]))'
  expect(await instant(`histogram_quantile(0.5, ${reserve})`)).toBeLessThan(0.05)
  expect(await instant('count(target_info{job="payment-service", service_version="2.14.0"})')).toBe(6)
  expect(await instant('count({__name__=~".+"})')).toBeGreaterThan(500)
})
