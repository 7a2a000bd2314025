import { Hono, type Context } from 'hono'
import type { LogWindow } from '#shared/api/logs'
import type { LogsBackend } from '../backends/logs-backend.ts'
import { failure } from '../backends/source-error.ts'
import { streamAnswer } from './answers.ts'
import type { HandlerOptions } from './options.ts'
import {
  readOverTime,
  readText,
  readWhole,
  readWindowOrLastHour,
  type HandlerEnv,
  noStretch,
} from './requests.ts'
import { InputError } from './secrets.ts'
import type { SourceClients } from './source-clients.ts'
import { embeddedSource, openStored } from './stored-source.ts'

/** Questions to a source that keeps logs. */
export function logRoutes(
  options: Pick<HandlerOptions, 'store' | 'demoShop' | 'openedStore'>,
  clients: SourceClients,
): Hono<HandlerEnv> {
  async function open(c: Context<HandlerEnv>): Promise<{ name: string; logs: LogsBackend }> {
    const embedded = embeddedSource(options, c.req.param('id') ?? '')
    if (embedded !== undefined) return embedded
    const advice = 'Choose a Loki, or the demo shop.'
    const { name, backend } = await openStored(c, options.store, clients, 'logs', advice)
    return { name, logs: backend }
  }

  return new Hono<HandlerEnv>()
    .get('/:id/logs/lines', async (c) => {
      const { name, logs } = await open(c)
      const direction = c.req.query('direction') === 'forward' ? 'forward' : 'backward'
      const limit = readWhole(c, 'limit', 1_000)
      const answer = await logs.lines(
        { query: readText(c, 'query'), ...readNanoseconds(c), limit, direction },
        c.env.signal,
      )
      return streamAnswer(name, answer, [], { 'x-clew-limit': String(answer.limit) })
    })
    .get('/:id/logs/metric', async (c) => {
      const { logs } = await open(c)
      return c.json(await logs.metric(...readOverTime(c), c.env.signal))
    })
    .get('/:id/logs/volume', async (c) => {
      const { logs } = await open(c)
      return c.json(await logs.volume(...readOverTime(c), c.env.signal))
    })
    .get('/:id/logs/labels', async (c) => {
      const { logs } = await open(c)
      return c.json(await logs.labels(c.req.query('query') ?? '', readWindowOrLastHour(c), c.env.signal))
    })
    .get('/:id/logs/label-values', async (c) => {
      const { logs } = await open(c)
      const query = c.req.query('query') ?? ''
      return c.json(
        await logs.labelValues(readText(c, 'label'), query, readWindowOrLastHour(c), c.env.signal),
      )
    })
    .get('/:id/logs/series', async (c) => {
      const { logs } = await open(c)
      return c.json(await logs.series(readText(c, 'query'), readNanoseconds(c), c.env.signal))
    })
    .get('/:id/logs/fields', async (c) => {
      const { logs } = await open(c)
      return c.json((await logs.fields?.(readText(c, 'query'), readWindowOrLastHour(c), c.env.signal)) ?? [])
    })
    .get('/:id/logs/field-values', async (c) => {
      const { logs } = await open(c)
      const [field, query] = [readText(c, 'field'), readText(c, 'query')]
      return c.json((await logs.fieldValues?.(field, query, readWindowOrLastHour(c), c.env.signal)) ?? [])
    })
    .get('/:id/logs/tail', async (c) => {
      const { name, logs } = await open(c)
      if (logs.tail === undefined) {
        throw failure('not-found', `${name} has no lines to come.`, 'Its lines can be asked for.')
      }
      const startNs = c.req.query('startNs') ?? ''
      if (!/^\d{1,19}$/.test(startNs))
        throw new InputError('startNs must be a time in nanoseconds.', 'Choose a time.')
      const frames = await logs.tail(readText(c, 'query'), startNs, c.env.signal)
      return new Response(frames.pipeThrough(asLines()), {
        headers: { 'content-type': 'application/x-ndjson' },
      })
    })
    .get('/:id/logs/patterns', async (c) => {
      const { logs } = await open(c)
      return c.json(
        (await logs.patterns?.(readText(c, 'query'), readWindowOrLastHour(c), c.env.signal)) ?? [],
      )
    })
}

/** One frame a line; a line break between two fields of its JSON says nothing. */
const asLines = (): TransformStream<string, Uint8Array> => {
  const encoder = new TextEncoder()
  return new TransformStream({
    transform(frame, controller) {
      controller.enqueue(encoder.encode(`${frame.replaceAll(/[\r\n]+/g, ' ')}\n`))
    },
  })
}

/** `startNs` and `endNs`, which must both be there. */
function readNanoseconds(c: Context<HandlerEnv>): LogWindow {
  const [startNs, endNs] = [c.req.query('startNs') ?? '', c.req.query('endNs') ?? '']
  if (!/^\d{1,19}$/.test(startNs) || !/^\d{1,19}$/.test(endNs)) {
    throw new InputError('startNs and endNs must both be times in nanoseconds.', 'Choose a time range.')
  }
  if (BigInt(startNs) >= BigInt(endNs)) throw noStretch(BigInt(startNs) === BigInt(endNs))
  return { startNs, endNs }
}
