/** Sends the story to the servers, each in the format it takes, and waits until all of it can be found. */
import { tempoTraceLimitBytes, writeTempoLimit, type BackendAddress } from './backends.ts'
import { pause } from './process.ts'
import { otlpLogs, pushedLogs, writeLogs } from './story/logs.ts'
import { writeMetrics } from './story/metrics.ts'
import { otlpTraces } from './story/otlp.ts'
import type { FedSpan, FedTrace } from './story/span.ts'
import { allTraces, tenantNames, type Story, type TenantName } from './story/story.ts'
import { zipkinSpans } from './story/zipkin.ts'

/** Well under the 20 MB that Jaeger's and Tempo's receivers take in one request. */
const spansPerRequest = 4000

/** Feeds Jaeger: its story, and the first part of the shared trace. */
export async function feedJaeger(jaeger: BackendAddress, story: Story): Promise<void> {
  const traces = byStart([...allTraces(story.jaeger), story.shared.first])
  // One after the other: its memory storage takes those that were written last for the newest.
  for (const trace of traces) await sendSpans(jaeger, trace.spans)
  await waitForTraces(jaeger, traces)
}

function byStart(traces: readonly FedTrace[]): FedTrace[] {
  return traces.toSorted((one, other) => Number(one.spans[0].startNs - other.spans[0].startNs))
}

/** Feeds Tempo: its story, and the second part of the shared trace; two traces end over the limit of 5 MB. */
export async function feedTempo(tempo: BackendAddress, story: Story): Promise<void> {
  const { large } = story.tempo
  const traces = [...allTraces(story.tempo).filter((trace) => trace !== large), story.shared.second]
  await sendSpans(
    tempo,
    traces.flatMap((trace) => trace.spans),
  )
  await feedOverLimit(tempo, large, story.tooLarge)
  await waitForTraces(tempo, traces)
  await waitForTempoSearch(tempo, story)
}

/** Feeds Zipkin its story, client and server sharing ids. */
export async function feedZipkin(zipkin: BackendAddress, story: Story): Promise<void> {
  const traces = allTraces(story.zipkin)
  const spans = traces.flatMap(zipkinSpans)
  for (let at = 0; at < spans.length; at += spansPerRequest)
    await post(`${zipkin.url}/api/v2/spans`, spans.slice(at, at + spansPerRequest))
  await waitForTraces(zipkin, traces)
}

/** Feeds Loki the log lines, through OTLP and through its own push API. */
export async function feedLoki(loki: BackendAddress, story: Story, tenant?: TenantName): Promise<void> {
  const lines = writeLogs(story)
  await post(`${loki.otlpUrl}/v1/logs`, otlpLogs(lines), tenantHeaders('loki', tenant))
  await post(`${loki.url}/loki/api/v1/push`, pushedLogs(lines), tenantHeaders('loki', tenant))
  await waitUntil('Loki to list its labels', async () => {
    const answer = await fetch(`${loki.url}/loki/api/v1/labels?start=${story.startMs}000000`, {
      headers: tenantHeaders('loki', tenant),
    })
    const { data } = (await answer.json()) as { data?: string[] }
    return ['app', 'service_name'].every((label) => data?.includes(label))
  })
}

/** Feeds Prometheus an hour of metrics, with exemplars that name traces in Tempo. */
export async function feedPrometheus(prometheus: BackendAddress, story: Story): Promise<void> {
  for (const request of writeMetrics(story)) await post(`${prometheus.otlpUrl}/v1/metrics`, request)
  await waitUntil('Prometheus to list the metric', async () => {
    const answer = await fetch(`${prometheus.url}/api/v1/label/__name__/values`)
    const { data } = (await answer.json()) as { data: string[] }
    return data.includes('http_server_request_duration_seconds_bucket')
  })
}

/** Feeds a Jaeger or Tempo with tenants: to each tenant its one trace. */
export async function feedTenants(backend: BackendAddress, story: Story): Promise<void> {
  for (const tenant of tenantNames) {
    await sendSpans(backend, story.tenants[tenant].spans, tenant)
    await waitForTraces(backend, [story.tenants[tenant]], tenant)
  }
}

/** Sends spans through OTLP over HTTP. */
export async function sendSpans(
  backend: BackendAddress,
  spans: readonly FedSpan[],
  tenant?: TenantName,
): Promise<void> {
  for (let at = 0; at < spans.length; at += spansPerRequest)
    await post(
      `${backend.otlpUrl}/v1/traces`,
      otlpTraces(spans.slice(at, at + spansPerRequest)),
      tenantHeaders(backend.kind, tenant),
    )
}

const tracePath = { jaeger: '/api/traces/', tempo: '/api/v2/traces/', zipkin: '/api/v2/trace/' } as const
const spanIds = {
  jaeger: /"spanID":"(\w+)"/g,
  tempo: /"spanId":"([^"]+)"/g,
  zipkin: /"id":"(\w+)"/g,
} as const

/** Waits until the server answers with every span of every trace. */
export async function waitForTraces(
  backend: BackendAddress,
  traces: readonly FedTrace[],
  tenant?: TenantName,
): Promise<void> {
  const { kind } = backend
  if (kind !== 'jaeger' && kind !== 'tempo' && kind !== 'zipkin') throw new Error(`${kind} holds no traces`)
  for (const trace of traces) {
    // In Zipkin a client and the server it called have one id.
    const wanted = new Set(
      kind === 'zipkin' ? zipkinSpans(trace).map((span) => span.id) : trace.spans.map((span) => span.spanId),
    ).size
    const sendLost = kind === 'tempo' ? lostAgain(backend, trace, tenant) : undefined
    await waitUntil(`${kind} to hold trace ${trace.traceId}`, async () => {
      const answer = await fetch(backend.url + tracePath[kind] + trace.traceId, {
        headers: tenantHeaders(kind, tenant),
      })
      const text = await answer.text()
      const held = new Set(Array.from(text.matchAll(spanIds[kind]), ([, spanId]) => spanId))
      if (held.size < wanted) await sendLost?.(held)
      return held.size >= wanted || `status ${answer.status}, ${held.size} of ${wanted} spans`
    })
  }
}

/** Longer than Tempo needs to show what it has taken, on a busy machine too. */
const lostAfterMs = 15_000

/**
 * Tempo answers 200 and now and then, on a busy machine, does not have the request's spans (seen: 4,000 of 20,000, a whole request, still
 * missing after a minute). A span sent twice is one span there, so those that have not come for a while are sent once more.
 */
function lostAgain(
  backend: BackendAddress,
  trace: FedTrace,
  tenant: TenantName | undefined,
): (held: ReadonlySet<string>) => Promise<void> {
  let count = -1
  let since = 0
  return async (held) => {
    if (held.size !== count) {
      count = held.size
      since = Date.now()
    } else if (Date.now() - since > lostAfterMs) {
      since = Date.now()
      const lost = trace.spans.filter((span) => !held.has(hexInBase64(span.spanId)))
      console.error(`servers: tempo lost ${lost.length} spans of ${trace.traceId}; sent again`)
      await sendSpans(backend, lost, tenant)
    }
  }
}

/** Tempo writes ids as base64 in JSON. */
const hexInBase64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64')

/**
 * Lifts Tempo's limit on a trace, sends two that are over it, and sets the limit again. The first lies in four blocks, each below the
 * limit: Tempo puts three of them together, passes the limit, leaves the fourth out and says PARTIAL. The second lies in one block, which
 * Tempo then refuses to read: 422.
 */
async function feedOverLimit(tempo: BackendAddress, large: FedTrace, tooLarge: FedTrace): Promise<void> {
  const setLimit = async (bytes: number) => {
    await writeTempoLimit(tempo.folder, bytes)
    await waitUntil(`Tempo to take the limit of ${bytes} bytes a trace`, async () => {
      const answer = await fetch(`${tempo.url}/status/runtime_config`)
      return new RegExp(`single-tenant:[^]*max_bytes_per_trace: ${bytes}\\n`).test(await answer.text())
    })
  }
  await setLimit(100_000_000)
  for (const part of quarters(large.spans)) {
    await sendSpans(tempo, part)
    await fetch(`${tempo.url}/flush`)
  }
  await sendSpans(tempo, tooLarge.spans)
  await waitForTraces(tempo, [large, tooLarge])
  await setLimit(tempoTraceLimitBytes)
  await waitUntil('Tempo to answer PARTIAL', async () => {
    const answer = await fetch(`${tempo.url}/api/v2/traces/${large.traceId}`)
    return (await answer.text()).includes('"status":"PARTIAL"')
  })
  await waitUntil('Tempo to answer 422', async () => {
    const answer = await fetch(`${tempo.url}/api/v2/traces/${tooLarge.traceId}`)
    await answer.arrayBuffer()
    return answer.status === 422
  })
}

function quarters<T>(values: readonly T[]): T[][] {
  const size = Math.ceil(values.length / 4)
  return [0, 1, 2, 3].map((part) => values.slice(part * size, (part + 1) * size))
}

/** Traces are found by id at once, by search when they are cut into a block, by tag when that block is read. */
async function waitForTempoSearch(tempo: BackendAddress, story: Story): Promise<void> {
  const seconds = `start=${story.startMs / 1000}&end=${story.endMs / 1000}`
  const wanted = [
    story.tempo.incident,
    story.tempo.ordinary[0],
    story.tempo.short,
    story.shared.second,
    story.tempo.large,
  ]
  for (const trace of wanted) {
    const { service } = trace.spans[0]
    await waitUntil(`Tempo to find ${service} by search`, async () => {
      const query = encodeURIComponent(`{resource.service.name="${service}"}`)
      const answer = await fetch(`${tempo.url}/api/search?q=${query}&${seconds}&limit=500`)
      const { traces = [] } = (await answer.json()) as { traces?: { traceID: string }[] }
      return (
        traces.some((found) => found.traceID.padStart(32, '0') === trace.traceId) || `${traces.length} traces`
      )
    })
  }
}

/** The header by which a server tells tenants apart. */
export function tenantHeaders(kind: string, tenant: TenantName | undefined): Record<string, string> {
  if (tenant === undefined) return {}
  return kind === 'jaeger' ? { 'x-tenant': tenant } : { 'X-Scope-OrgID': tenant }
}

async function post(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 500)}`)
  if (/"rejected/.test(text)) throw new Error(`${url} refused a part: ${text.slice(0, 500)}`)
}

/** Asks again and again until the answer is true; says what it waited for, and the last answer, when it is not within a minute. */
export async function waitUntil(
  what: string,
  done: () => Promise<boolean | string>,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  for (let last: boolean | string = false; last !== true;) {
    last = await done()
    if (last !== true && Date.now() > deadline)
      throw new Error(`Waited ${timeoutMs / 1000} s for ${what}, in vain (last: ${last}).`)
    if (last !== true) await pause(200)
  }
}
