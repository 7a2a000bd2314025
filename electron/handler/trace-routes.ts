import { Hono, type Context } from 'hono'
import { traceQuerySchema } from '#shared/api/schemas'
import type { TraceBackend } from '../backends/backend.ts'
import { failure } from '../backends/source-error.ts'
import { streamAnswer } from './answers.ts'
import type { HandlerOptions } from './options.ts'
import { readJsonParam, readOverTime, readWindow, readWindowOrLastHour, type HandlerEnv } from './requests.ts'
import { InputError } from './secrets.ts'
import type { SourceClients } from './source-clients.ts'
import { embeddedSource, openStored } from './stored-source.ts'

/** Questions to a source that keeps traces. */
export function traceRoutes(
  options: Pick<HandlerOptions, 'store' | 'demoShop' | 'openedStore'>,
  clients: SourceClients,
): Hono<HandlerEnv> {
  async function open(c: Context<HandlerEnv>): Promise<{ name: string; traces: TraceBackend }> {
    const embedded = embeddedSource(options, c.req.param('id') ?? '')
    if (embedded !== undefined) return embedded
    const advice = 'Choose a Jaeger, Tempo or Zipkin.'
    const { name, backend } = await openStored(c, options.store, clients, 'traces', advice)
    return { name, traces: backend }
  }

  return new Hono<HandlerEnv>()
    .get('/:id/services', async (c) => {
      const { traces } = await open(c)
      return c.json(await traces.services(readWindowOrLastHour(c), c.env.signal))
    })
    .get('/:id/operations', async (c) => {
      const { traces } = await open(c)
      return c.json(
        await traces.operations(c.req.query('service') ?? '', readWindowOrLastHour(c), c.env.signal),
      )
    })
    .get('/:id/tags', async (c) => {
      const { traces } = await open(c)
      return c.json((await traces.tags?.(readWindowOrLastHour(c), c.env.signal)) ?? [])
    })
    .get('/:id/tag-values', async (c) => {
      const { traces } = await open(c)
      const tag = c.req.query('tag') ?? ''
      if (tag === '') throw new InputError('The parameter tag is missing.', 'Name a tag.')
      const filter = c.req.query('q') ?? ''
      return c.json((await traces.tagValues?.(tag, filter, readWindowOrLastHour(c), c.env.signal)) ?? [])
    })
    .get('/:id/search', async (c) => {
      const { name, traces } = await open(c)
      const result = await traces.search(readJsonParam(c, 'query', traceQuerySchema), c.env.signal)
      if (result.kind === 'summaries') return c.json(result.answer)
      return streamAnswer(name, result.stream, result.notes, { 'x-clew-answer': 'traces' })
    })
    .get('/:id/search/metric', async (c) => {
      const { name, traces } = await open(c)
      if (traces.metric === undefined)
        throw failure(
          'not-found',
          `What ${name} counts of its traces is not asked.`,
          'Choose the demo shop or opened files.',
        )
      return c.json(await traces.metric(...readOverTime(c), c.env.signal))
    })
    .get('/:id/traces/:traceId', async (c) => {
      const { name, traces } = await open(c)
      const answer = await traces.trace(
        {
          traceId: readTraceId(c.req.param('traceId')),
          window: readWindow(c),
          raw: ['true', '1', ''].includes(c.req.query('raw') ?? 'false'),
        },
        c.env.signal,
      )
      return streamAnswer(name, answer, answer.notes)
    })
    .get('/:id/dependencies', async (c) => {
      const { name, traces } = await open(c)
      if (traces.dependencies === undefined) {
        throw failure(
          'not-found',
          `${name} keeps no graph of services.`,
          'Open traces of it: the graph can be drawn from them.',
        )
      }
      return c.json(await traces.dependencies(readWindowOrLastHour(c), c.env.signal))
    })
}

function readTraceId(text: string): string {
  const id = text.trim().toLowerCase()
  if (!/^[0-9a-f]{1,32}$/.test(id) || /^0+$/.test(id)) {
    throw new InputError(
      `“${text.slice(0, 80)}” is not a trace id.`,
      'A trace id has up to 32 digits, 0 to 9 and a to f, not all of them zero.',
    )
  }
  return id.padStart(32, '0')
}
