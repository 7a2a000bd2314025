import { Hono } from 'hono'
import { keptFactsSchema } from '#shared/correlate/kept-facts'
import type { HandlerOptions } from './options.ts'
import { readBody, type HandlerEnv } from './requests.ts'
import { allSources, missingSource } from './source-routes.ts'

/** What the page learned of sources, kept for its next load and for other windows. */
export function factRoutes(options: HandlerOptions): Hono<HandlerEnv> {
  const { facts } = options
  return new Hono<HandlerEnv>()
    .get('/:id/facts', async (c) => c.json(await facts.get(c.req.param('id'))))
    .put('/:id/facts', async (c) => {
      const parts = await readBody(c, keptFactsSchema)
      const source = (await allSources(options)).find(({ id }) => id === c.req.param('id'))
      if (source === undefined) throw missingSource()
      await facts.put(source.id, parts, source.lasts)
      return c.body(null, 204)
    })
}
