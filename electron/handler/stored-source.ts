import type { Context } from 'hono'
import { productNames } from '#shared/api/new-source'
import type { Backend } from '../backends/backend.ts'
import type { EmbeddedSource } from '../local/embedded-source.ts'
import type { HandlerOptions } from './options.ts'
import type { HandlerEnv } from './requests.ts'
import { InputError } from './secrets.ts'
import type { SourceClients } from './source-clients.ts'
import { missingSource } from './source-routes.ts'
import type { SourceStore } from './stores.ts'

/** A source that Clew holds itself; undefined where the id is a server's, or nobody's. */
export function embeddedSource(
  { demoShop, openedStore }: Pick<HandlerOptions, 'demoShop' | 'openedStore'>,
  id: string,
): EmbeddedSource | undefined {
  return demoShop.run(id) ?? openedStore.run(id)
}

/** The source in the path of a request, and what answers for that kind of signal; `advice` names those that keep it. */
export async function openStored<Kind extends 'traces' | 'logs' | 'metrics'>(
  c: Context<HandlerEnv>,
  store: SourceStore,
  clients: SourceClients,
  kind: Kind,
  advice: string,
): Promise<{ name: string; backend: NonNullable<Backend[Kind]> }> {
  const target = await store.get(c.req.param('id') ?? '')
  if (target === undefined) throw missingSource()
  const backend = clients.of(target).backend[kind]
  if (!backend) {
    throw new InputError(`${target.name} is a ${productNames[target.kind]}, which keeps no ${kind}.`, advice)
  }
  return { name: target.name, backend }
}
