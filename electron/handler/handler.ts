/** The one function behind both shells: everything the page asks, as Request to Response. Routes: shared/api/routes.md */
import { Hono } from 'hono'
import { errorAnswer, MissingError, toApiError } from './answers.ts'
import { appRoutes } from './app-routes.ts'
import { factRoutes } from './fact-routes.ts'
import { logRoutes } from './log-routes.ts'
import { metricRoutes } from './metric-routes.ts'
import { openedRoutes } from './opened-routes.ts'
import type { Handler, HandlerOptions } from './options.ts'
import { dataHeaders, pageFile } from './page.ts'
import type { HandlerEnv } from './requests.ts'
import { createSourceClients } from './source-clients.ts'
import { sourceRoutes } from './source-routes.ts'
import { traceRoutes } from './trace-routes.ts'
import { createTurns } from './turns.ts'

export type { Handler, HandlerOptions } from './options.ts'

/** The handler over the given stores. Nothing is opened or asked before the first request. */
export function createHandler(options: HandlerOptions): Handler {
  const clients = createSourceClients({ fetch: options.fetch, limits: options.limits })
  const closing = new AbortController()
  const turns = createTurns()

  const app = new Hono<HandlerEnv>()
  app.use('/api/*', async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(dataHeaders)) c.res.headers.set(name, value)
  })
  app.route('/api', appRoutes(options))
  app.route('/api', sourceRoutes(options, clients))
  app.route('/api/opened', openedRoutes(options))
  app.route('/api/sources', factRoutes(options))
  app.route('/api/sources', traceRoutes(options, clients))
  app.route('/api/sources', logRoutes(options, clients))
  app.route('/api/sources', metricRoutes(options, clients))
  app.all('/api/*', (c) => {
    throw new MissingError(`Clew has no answer to ${c.req.method} ${c.req.path}.`, 'Reload the page.')
  })
  app.get('*', (c) => pageFile(options.assets, new URL(c.req.url).pathname))
  app.notFound((c) => c.text('There is nothing here.', 404))
  app.onError((thrown) => errorAnswer(toApiError(thrown)))

  return {
    fetch: (request) =>
      // Electron's requests never abort: there, cancelling the body of an answer closes what is behind it (backends/exchange.ts).
      turns.answer(request, async (signal) =>
        app.fetch(request, { signal: AbortSignal.any([signal, closing.signal]) }),
      ),
    async close() {
      closing.abort()
      turns.close()
      await Promise.all([clients.close(), options.demoShop.close(), options.openedStore.closeAll()])
    },
  }
}
