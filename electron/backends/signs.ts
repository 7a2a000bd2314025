/**
 * What only one product answers, whatever it holds: a freshly started server, a relative of it, or one behind a gateway gives its
 * sign too, while a server that says the same to every question gives none.
 */
import * as z from 'zod/mini'
import type { ServerKind } from '#shared/api/contract'
import { productNames } from '#shared/api/new-source'
import { isAbsentRoute } from './generations.ts'
import type { Ask, SourceClient } from './http.ts'
import { failure, SourceError } from './source-error.ts'
import type { SourceTarget } from './target.ts'

/** Asks for the sign; rejects with a SourceError where it is not given. */
export type Sign = (client: SourceClient, ask: Ask) => Promise<void>

/** The sign of each kind, in one question or two. */
export const signs: Readonly<Record<ServerKind, Sign>> = {
  jaeger: askJaeger,
  tempo: async (client, ask) => {
    if (!isEcho(await client.text('/api/echo', ask))) throw notAsProductDoes(client.target)
  },
  zipkin: askZipkin,
  loki: askLoki,
  prometheus: async (client, ask) => {
    await client.json('/api/v1/query', vectorShape, { ...ask, params: vectorQuery })
  },
}

/** The one route of Tempo that nobody else has. */
export function isEcho(text: string): boolean {
  return text.trim() === 'echo'
}

/** A trace nobody has: its sixteen bytes are not random enough to have been drawn. */
export const unheardOfTraceId = 'c1e3'.repeat(8)

/** It answers, and nothing in the answers is the product's own. */
export function notAsProductDoes({ name, kind }: SourceTarget): SourceError {
  return failure(
    'wrong-product',
    `${name} answers, and not as ${productNames[kind]} does.`,
    'Check the address and its path prefix.',
  )
}

/** Evaluated without any data, and by every relative of Prometheus; some of them have no build info. */
const vectorQuery = { query: 'vector(1)' }
const vectorShape = z.object({
  status: z.literal('success'),
  data: z.object({ resultType: z.literal('vector') }),
})

async function askLoki(client: SourceClient, ask: Ask): Promise<void> {
  try {
    await client.json('/loki/api/v1/query', vectorShape, { ...ask, params: vectorQuery })
  } catch (thrown) {
    // Before 2.7 LogQL has no `vector`; what its parser says of it is a sign as well.
    const { status, detail } = thrown instanceof SourceError ? thrown.error : {}
    if (status !== 400 || !/parse error/i.test(detail ?? '')) throw thrown
  }
}

/** Whether the server refuses a question that its product refuses: one that says the same to everything does not. */
export async function refuses(client: SourceClient, path: string, ask: Ask): Promise<boolean> {
  try {
    await client.text(path, ask)
    return false
  } catch (thrown) {
    if (thrown instanceof SourceError && (thrown.error.status ?? 0) >= 400) return true
    throw thrown
  }
}

const jaegerV3 = z.object({ services: z.nullable(z.array(z.string())) })
/** Services as v1 lists them; the envelope is always whole. */
export const jaegerV1 = z.object({
  data: z.nullable(z.array(z.string())),
  errors: z.nullable(z.array(z.unknown())),
})

/** Where each generation of Jaeger would have a trace; one that it does not have is refused. */
export const jaegerTracePaths = {
  v3: `/api/v3/traces/${unheardOfTraceId}`,
  v1: `/api/traces/${unheardOfTraceId}`,
}

async function askJaeger(client: SourceClient, ask: Ask): Promise<void> {
  const generation = await askJaegerServices(client, ask)
  if (!(await refuses(client, jaegerTracePaths[generation], ask))) throw notAsProductDoes(client.target)
}

async function askJaegerServices(client: SourceClient, ask: Ask): Promise<'v3' | 'v1'> {
  try {
    await client.json('/api/v3/services', jaegerV3, ask)
    return 'v3'
  } catch (thrown) {
    // Without services v3 may answer `{}`; the versions that do have v1.
    if (!(thrown instanceof SourceError) || !(isAbsentRoute(thrown) || thrown.error.kind === 'bad-answer'))
      throw thrown
    await client.json('/api/services', jaegerV1, ask)
    return 'v1'
  }
}

async function askZipkin(client: SourceClient, ask: Ask): Promise<void> {
  await client.json('/api/v2/services', z.array(z.string()), ask)
  // Any server may answer with a list.
  if (!(await refuses(client, `/api/v2/trace/${unheardOfTraceId}`, ask)))
    throw notAsProductDoes(client.target)
}
