/** Servers on the usual ports of this machine, offered on the start page. */
import { productNames } from '#shared/api/new-source'
import type { FoundServer, ServerKind } from '#shared/api/contract'
import { usualPorts } from '#shared/api/source-url'
import { probeSource } from '../backends/probe.ts'
import { SourceError } from '../backends/source-error.ts'
import type { SourceTarget } from '../backends/target.ts'
import type { SourceClients } from './source-clients.ts'

/** As long as a start page may wait for what it merely offers. */
const patienceMs = 1000

type UsualServer = Pick<FoundServer, 'kind' | 'url'>

/** Every product on its own port. */
export const usualServers: readonly UsualServer[] = (Object.keys(usualPorts) as ServerKind[]).map((kind) => ({
  kind,
  url: `http://localhost:${usualPorts[kind]}`,
}))

/** Asks all at once; keeps those that answer as the product they are looked for as, in the order given. */
export async function findServers(
  servers: readonly UsualServer[],
  clients: SourceClients,
  signal: AbortSignal,
): Promise<readonly FoundServer[]> {
  const enough = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
  const found = await Promise.all(
    servers.map(async (server): Promise<FoundServer[]> => {
      try {
        const report = await clients.once(targetOf(server), (client) => probeSource(client, enough))
        return report.ok ? [{ ...server, report }] : []
      } catch (thrown) {
        // Too slow for an offer, or the page left.
        if (thrown instanceof SourceError) return []
        throw thrown
      }
    }),
  )
  return found.flat()
}

function targetOf({ kind, url }: UsualServer): SourceTarget {
  return {
    id: `found-${kind}`,
    name: productNames[kind],
    kind,
    url,
    auth: { kind: 'none' },
    headers: [],
    tenant: '',
    tls: { ca: '', clientCert: '', clientKey: '', skipVerify: false },
    timeoutMs: patienceMs,
  }
}
