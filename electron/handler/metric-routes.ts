import { Hono, type Context } from 'hono'
import type { TsdbAnswer } from '#shared/api/metrics'
import type { MetricsBackend } from '../backends/metrics-backend.ts'
import type { HandlerOptions } from './options.ts'
import { readText, readWindowOrLastHour, type HandlerEnv } from './requests.ts'
import { InputError } from './secrets.ts'
import type { SourceClients } from './source-clients.ts'
import { embeddedSource, openStored } from './stored-source.ts'

/** Questions to a source that keeps metrics. */
export function metricRoutes(
  options: Pick<HandlerOptions, 'store' | 'demoShop' | 'openedStore'>,
  clients: SourceClients,
): Hono<HandlerEnv> {
  async function open(c: Context<HandlerEnv>): Promise<MetricsBackend> {
    const embedded = embeddedSource(options, c.req.param('id') ?? '')
    if (embedded !== undefined) return embedded.metrics
    const advice = 'Choose a Prometheus, or the demo shop.'
    return (await openStored(c, options.store, clients, 'metrics', advice)).backend
  }

  return new Hono<HandlerEnv>()
    .get('/:id/metrics/query', async (c) => {
      const metrics = await open(c)
      return c.json(await metrics.query(readText(c, 'query'), readNumber(c, 'timeMs'), c.env.signal))
    })
    .get('/:id/metrics/range', async (c) => {
      const metrics = await open(c)
      const [query, stepMs] = [readText(c, 'query'), readNumber(c, 'stepMs')]
      return c.json(await metrics.queryRange(query, readWindowOrLastHour(c), stepMs, c.env.signal))
    })
    .get('/:id/metrics/exemplars', async (c) => {
      const metrics = await open(c)
      return c.json(await metrics.exemplars(readText(c, 'query'), readWindowOrLastHour(c), c.env.signal))
    })
    .get('/:id/metrics/labels', async (c) => {
      const metrics = await open(c)
      return c.json(await metrics.labels(c.req.query('match') ?? '', readWindowOrLastHour(c), c.env.signal))
    })
    .get('/:id/metrics/label-values', async (c) => {
      const metrics = await open(c)
      const match = c.req.query('match') ?? ''
      return c.json(
        await metrics.labelValues(readText(c, 'label'), match, readWindowOrLastHour(c), c.env.signal),
      )
    })
    .get('/:id/metrics/series', async (c) => {
      const metrics = await open(c)
      return c.json(await metrics.series(readText(c, 'match'), readWindowOrLastHour(c), c.env.signal))
    })
    .get('/:id/metrics/metadata', async (c) => {
      const metrics = await open(c)
      return c.json(await metrics.metadata(c.req.query('metric'), c.env.signal))
    })
    .get('/:id/metrics/rules', async (c) => {
      const metrics = await open(c)
      return c.json((await metrics.rules?.(c.env.signal)) ?? [])
    })
    .get('/:id/metrics/tsdb', async (c) => {
      const metrics = await open(c)
      const answer: TsdbAnswer = { status: await metrics.tsdb?.(c.env.signal) }
      return c.json(answer)
    })
}

function readNumber(c: Context<HandlerEnv>, name: string): number {
  const value = Number(c.req.query(name) ?? NaN)
  if (!(value > 0 && value <= 8.64e15))
    throw new InputError(`${name} must be a number of milliseconds above zero.`, 'Choose another one.')
  return value
}
