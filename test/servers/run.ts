/**
 * `node test/servers/run.ts`: starts the real servers, feeds them, prints the `--connect` options for them, and stays until Ctrl-C.
 * For trying Clew by hand on what the tests run against.
 */
import { rmSync } from 'node:fs'

import { buildServers } from './build.ts'
import { startFleet, writeFleetFile } from './fleet.ts'
import { writeStory } from './story/story.ts'

buildServers()
const fleet = await startFleet((line) => console.log(line))
const { servers } = fleet
const story = writeStory(fleet.endMs)

const fleetFile = writeFleetFile(fleet)
const connect = [servers.jaeger, servers.tempo, servers.zipkin, servers.loki, servers.prometheus]
  .map((server) => `--connect ${server.kind}=${server.url}`)
  .join(' ')
console.log(`
${connect}

the slow checkout         Tempo ${story.tempo.incident.traceId}, Jaeger ${story.jaeger.incident.traceId}, Zipkin ${story.zipkin.incident.traceId}
one trace in two servers  ${story.shared.whole.traceId} (Jaeger and Tempo)
leading zeros             Tempo ${story.tempo.leadingZeros.traceId}
64-bit id                 Jaeger ${story.jaeger.short.traceId}
20,000 spans              Tempo ${story.tempo.large.traceId} (PARTIAL), Jaeger ${story.jaeger.large.traceId} (whole)
with tenants              team-red or team-blue: jaeger=${servers.jaegerTenants.url} tempo=${servers.tempoTenants.url} loki=${servers.lokiTenants.url}

The tests use these servers, rather than start their own, with CLEW_FLEET=${fleetFile}
Ctrl-C stops them all.`)

const forever = setInterval(() => {}, 60_000)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    clearInterval(forever)
    rmSync(fleetFile, { force: true })
    void fleet.stop().then(() => process.exit(0))
  })
