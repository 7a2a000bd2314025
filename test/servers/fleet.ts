/** All servers together, started side by side and fed: what the tests run against, and what `run.ts` leaves running. */
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startBackend, type Backend, type BackendAddress } from './backends.ts'
import { feedJaeger, feedLoki, feedPrometheus, feedTempo, feedTenants, feedZipkin } from './feed.ts'
import { writeStory } from './story/story.ts'

export const fleetNames = [
  'jaeger',
  'tempo',
  'zipkin',
  'loki',
  'prometheus',
  'jaegerTenants',
  'tempoTenants',
  'lokiTenants',
  'lokiOld',
] as const
export type FleetName = (typeof fleetNames)[number]

/** What a test process needs to know: plain JSON. */
export interface Fleet {
  /** The end of the hour that was fed; `writeStory(endMs)` says what the servers hold. */
  readonly endMs: number
  readonly servers: Readonly<Record<FleetName, BackendAddress>>
}

export interface RunningFleet extends Fleet {
  readonly servers: Readonly<Record<FleetName, Backend>>
  stop(): Promise<void>
}

/** Starts and feeds all servers; on failure none is left running. Takes about 20 s. */
export async function startFleet(say: (line: string) => void): Promise<RunningFleet> {
  const story = writeStory(Date.now() - 60_000)
  const started: Backend[] = []
  const start = async (...wanted: Parameters<typeof startBackend>) => {
    const began = performance.now()
    const backend = await startBackend(...wanted)
    started.push(backend)
    const note = wanted[1]?.tenants ? ', with tenants' : wanted[1]?.old ? ', 2.9' : ''
    say(`${backend.kind} answers at ${backend.url} (pid ${backend.pid()}${note}) after ${seconds(began)}`)
    return backend
  }
  const stop = async () => {
    await Promise.all(started.map((backend) => backend.stop()))
  }
  const fed = async (name: string, backend: Promise<Backend>, feed: (backend: Backend) => Promise<void>) => {
    const running = await backend
    const began = performance.now()
    await feed(running)
    say(`${name} is fed, ${seconds(began)}`)
    return running
  }
  try {
    const prometheus = await start('prometheus')
    const all = {
      prometheus: fed('prometheus', Promise.resolve(prometheus), (server) => feedPrometheus(server, story)),
      jaeger: fed('jaeger', start('jaeger'), (server) => feedJaeger(server, story)),
      tempo: fed('tempo', start('tempo', { prometheus }), (server) => feedTempo(server, story)),
      zipkin: fed('zipkin', start('zipkin'), (server) => feedZipkin(server, story)),
      loki: fed('loki', start('loki'), (server) => feedLoki(server, story)),
      // Jaeger 2 takes OTLP without its tenant, so nothing can be fed to a tenant of it; it does refuse who names none.
      jaegerTenants: start('jaeger', { tenants: true }),
      tempoTenants: fed('tempo with tenants', start('tempo', { tenants: true }), (server) =>
        feedTenants(server, story),
      ),
      lokiTenants: fed('loki with tenants', start('loki', { tenants: true }), (server) =>
        feedLoki(server, story, 'team-red'),
      ),
      // It takes no OTLP: its tests push what they ask for.
      lokiOld: start('loki', { old: true }),
    }
    // All of them, also after one failed: a server that is still starting would otherwise be missed by `stop`.
    const outcomes = await Promise.allSettled(Object.values(all))
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed) throw failed.reason
    return {
      endMs: story.endMs,
      servers: {
        prometheus,
        jaeger: await all.jaeger,
        tempo: await all.tempo,
        zipkin: await all.zipkin,
        loki: await all.loki,
        jaegerTenants: await all.jaegerTenants,
        tempoTenants: await all.tempoTenants,
        lokiTenants: await all.lokiTenants,
        lokiOld: await all.lokiOld,
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Writes down where the servers are, for other processes; the name of the file goes into the variable `CLEW_FLEET`. */
export function writeFleetFile({ endMs, servers }: Fleet): string {
  const file = join(tmpdir(), `clew-fleet-${process.pid}.json`)
  writeFileSync(file, JSON.stringify({ endMs, servers }, undefined, 2))
  return file
}

/** Where the servers are, in a test process. */
export function readFleet(): Fleet {
  const file = process.env['CLEW_FLEET']
  if (!file) throw new Error('CLEW_FLEET is not set: run these tests with `npm run test:servers`.')
  return JSON.parse(readFileSync(file, 'utf8')) as Fleet
}

function seconds(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`
}
