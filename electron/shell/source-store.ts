/** Connections between runs: `connections.json` in the profile, and their secrets in a SecretBox. */
import { z } from 'zod'
import { createSourceStore } from '../handler/source-store.ts'
import type { SourceStore, StoredSource } from '../handler/stores.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import type { Profile } from './profile.ts'
import type { SecretBox } from './secret-box.ts'

const fileName = 'connections.json'

const tls = z.object({ ca: z.string(), clientCert: z.string(), skipVerify: z.boolean() })

/** A connection as it is written: whatever is secret stands in the SecretBox instead. */
const written = z.object({
  id: z.string().min(1),
  name: z.string(),
  kind: z.enum(['jaeger', 'tempo', 'zipkin', 'loki', 'prometheus']),
  url: z.url({ protocol: /^https?$/ }),
  auth: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('basic'), user: z.string() }),
    z.object({ kind: z.literal('bearer') }),
  ]),
  headers: z.array(z.string()),
  tenant: z.string(),
  tls,
  timeoutMs: z.number().positive(),
  changedMs: z.number().optional(),
})
type WrittenSource = z.infer<typeof written>

const file = z.object({ version: z.literal(1), connections: z.array(written) })

/** The kept connections of a profile, written after each change. */
export async function openSourceStore(profile: Profile, box: SecretBox): Promise<SourceStore> {
  const secrets = await box.read()
  let onDisk = await readConnections(profile)
  const initial = onDisk.map((source) => restore(source, secrets))
  let known = secretsBySource(initial)
  return createSourceStore({
    initial,
    save: (kept) =>
      profile.alone(fileName, async () => {
        const ours = kept.map(withoutSecrets)
        const now = await readConnections(profile)
        const theirSecrets = await box.read()
        // What we did not touch is as another Clew on the same profile left it: changed, or gone.
        const stay = kept.flatMap((source, at) => {
          const before = onDisk.find(({ id }) => id === source.id)
          if (
            before === undefined ||
            !isSame(before, ours[at]) ||
            !isSame(secretsOf(source), known.get(source.id))
          )
            return [source]
          const there = now.find(({ id }) => id === source.id)
          return there === undefined ? [] : [restore(there, theirSecrets)]
        })
        const theirs = addedElsewhere(now, onDisk, ours).map((source) => restore(source, theirSecrets))
        const all = [...stay, ...theirs]
        // Secrets first: a connection whose secret is missing would look as if it had none.
        await box.write(new Map(all.flatMap(secretsOf)))
        await writeJsonFile(profile, fileName, { version: 1, connections: all.map(withoutSecrets) })
        onDisk = ours
        known = secretsBySource(kept)
      }),
  })
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const secretsBySource = (sources: readonly StoredSource[]): ReadonlyMap<string, unknown> =>
  new Map(sources.map((source) => [source.id, secretsOf(source)]))

async function readConnections(profile: Profile): Promise<readonly WrittenSource[]> {
  return (await readJsonFile(profile, fileName, (value) => file.parse(value)))?.connections ?? []
}

/** Connections that another Clew on the same profile wrote since we last did: they must survive our writing. */
function addedElsewhere(
  now: readonly WrittenSource[],
  before: readonly WrittenSource[],
  ours: readonly WrittenSource[],
): readonly WrittenSource[] {
  const known = new Set([...before, ...ours].map((source) => source.id))
  return now.filter((source) => !known.has(source.id))
}

function withoutSecrets(source: StoredSource): WrittenSource {
  const { id, name, kind, url, auth, headers, tenant, timeoutMs, changedMs } = source
  const { ca, clientCert, skipVerify } = source.tls
  return {
    id,
    name,
    kind,
    url,
    auth: auth.kind === 'basic' ? { kind: 'basic', user: auth.user } : { kind: auth.kind },
    headers: headers.map((header) => header.name),
    tenant,
    tls: { ca, clientCert, skipVerify },
    timeoutMs,
    changedMs,
  }
}

function secretsOf(source: StoredSource): [key: string, secret: string][] {
  const all: [key: string, secret: string][] = [
    [`${source.id}/password`, source.auth.kind === 'basic' ? source.auth.password : ''],
    [`${source.id}/token`, source.auth.kind === 'bearer' ? source.auth.token : ''],
    [`${source.id}/client-key`, source.tls.clientKey],
    ...source.headers.map(({ name, value }): [string, string] => [headerKey(source.id, name), value]),
  ]
  return all.filter(([, secret]) => secret !== '')
}

function restore(source: WrittenSource, secrets: ReadonlyMap<string, string>): StoredSource {
  const secret = (name: string): string => secrets.get(`${source.id}/${name}`) ?? ''
  const { auth } = source
  return {
    ...source,
    auth:
      auth.kind === 'basic'
        ? { ...auth, password: secret('password') }
        : auth.kind === 'bearer'
          ? { kind: 'bearer', token: secret('token') }
          : { kind: 'none' },
    headers: source.headers.map((name) => ({ name, value: secrets.get(headerKey(source.id, name)) ?? '' })),
    tls: { ...source.tls, clientKey: secret('client-key') },
    lasts: 'kept',
  }
}

function headerKey(id: string, name: string): string {
  return `${id}/header/${name.toLowerCase()}`
}
