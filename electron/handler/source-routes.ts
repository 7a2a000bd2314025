import { Hono } from 'hono'
import type { Source, SourceInput } from '#shared/api/contract'
import { demoChoiceSchema, probeRequestSchema, sourceInputSchema } from '#shared/api/schemas'
import { cleanSourceUrl } from '#shared/api/source-url'
import { byTheWayMs } from '../backends/deadline.ts'
import { probeSource } from '../backends/probe.ts'
import { MissingError } from './answers.ts'
import { addConnection, endDemo } from './end-demo.ts'
import { findServers, usualServers } from './found-servers.ts'
import { createKeptProbes } from './kept-probes.ts'
import type { HandlerOptions } from './options.ts'
import { readBody, type HandlerEnv } from './requests.ts'
import { InputError, withSecrets } from './secrets.ts'
import type { SourceClients } from './source-clients.ts'
import { embeddedSource } from './stored-source.ts'

/** Connections: listed, added, changed, removed, tested, and offered where a usual port answers; the demo shop and opened files are among them. */
export function sourceRoutes(options: HandlerOptions, clients: SourceClients): Hono<HandlerEnv> {
  const { store, demoShop, openedStore, facts } = options
  const probes = createKeptProbes()
  return new Hono<HandlerEnv>()
    .use('/sources/:id/*', async (c, next) => {
      await next()
      // A server that failed may not be what it was.
      if (c.res.status >= 500) probes.forget(c.req.param('id'))
    })
    .get('/sources', async (c) => {
      return c.json(await allSources(options))
    })
    .post('/sources', async (c) => {
      const input = cleanInput(await readBody(c, sourceInputSchema))
      return c.json(await addConnection(options, () => store.add(input)), 201)
    })
    .post('/demo', async (c) =>
      c.json(await demoShop.start(await readBody(c, demoChoiceSchema), 'page'), 201),
    )
    .put('/sources/:id', async (c) => {
      const changed = await store.change(c.req.param('id'), cleanInput(await readBody(c, sourceInputSchema)))
      if (changed === undefined) throw missingSource()
      await clients.forget(changed.id)
      return c.json(changed)
    })
    .delete('/sources/:id', async (c) => {
      const id = c.req.param('id')
      await facts.remove(id)
      if ((await endDemo(options, id)) || (await openedStore.close(id))) return c.body(null, 204)
      if (!(await store.remove(id))) throw missingSource()
      probes.forget(id)
      await clients.forget(id)
      return c.body(null, 204)
    })
    .post('/probe', async (c) => {
      const { input, id } = await readBody(c, probeRequestSchema)
      const stored = id === undefined ? undefined : await store.get(id)
      const target = withSecrets(cleanInput(input), 'probe', stored)
      return c.json(await clients.once(target, (client) => probeSource(client, c.env.signal)))
    })
    .get('/sources/:id/probe', async (c) => {
      const embedded = embeddedSource(options, c.req.param('id'))
      if (embedded !== undefined) return c.json(await embedded.probe(c.env.signal))
      const target = await store.get(c.req.param('id'))
      if (target === undefined) throw missingSource()
      if (c.req.query('anew') !== undefined) probes.forget(target.id)
      return c.json(
        await probes.askedLately(target, () =>
          clients.once(target, (client) => probeSource(client, c.env.signal, byTheWayMs)),
        ),
      )
    })
    .get('/found', async (c) =>
      c.json(await findServers(options.usualServers ?? usualServers, clients, c.env.signal)),
    )
}

/** Connections, the demo shop and opened files. */
export async function allSources({
  store,
  demoShop,
  openedStore,
}: Pick<HandlerOptions, 'store' | 'demoShop' | 'openedStore'>): Promise<readonly Source[]> {
  const demo = demoShop.current()
  return [...(await store.list()), ...(demo ? [demo] : []), ...openedStore.list()]
}

/** Said where an id names no connection. */
export function missingSource(): MissingError {
  return new MissingError('That connection is not there.', 'It may have been removed; choose another one.')
}

/** The input with its address reduced to the base, credentials moved out of it, and a name. */
export function cleanInput(input: SourceInput): SourceInput {
  const cleaned = cleanSourceUrl(input.url, input.kind)
  if (cleaned.kind === 'refused') throw new InputError(cleaned.message, cleaned.advice)
  const parsed = URL.parse(cleaned.url)
  if (parsed === null) {
    throw new InputError(
      'The address cannot be read.',
      'Enter it as http://HOST:PORT, with a path if the server has one.',
    )
  }
  const { credentials, url } = cleaned
  if (credentials !== undefined && input.auth.kind !== 'none') {
    throw new InputError(
      'The address holds a user and password, and the connection has its own.',
      'Take them out of the address.',
    )
  }
  return {
    ...input,
    name: input.name.trim() === '' ? parsed.host : input.name.trim(),
    url,
    tenant: input.tenant.trim(),
    auth:
      credentials === undefined
        ? input.auth
        : {
            kind: 'basic',
            user: credentials.user,
            password:
              credentials.password === '' ? { kind: 'none' } : { kind: 'new', value: credentials.password },
          },
  }
}
