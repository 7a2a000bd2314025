/**
 * The real servers, each started on free loopback ports with its data in a scratch folder, from the configuration files in `config/`.
 * A server dies with the process that started it (`lifeline.sh`), so nothing is left running after a crash or a time-out.
 */
import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import type { KeyPair } from './certificates.ts'
import { freePorts, startProcess, waitUntilReady, type ServerProcess } from './process.ts'
import { debianPrometheusFile, goServerFile, type GoServerName, goServers, zipkinFile } from './versions.ts'

export type BackendKind = 'jaeger' | 'tempo' | 'zipkin' | 'loki' | 'prometheus'

/** Where a server listens. */
export interface BackendAddress {
  readonly kind: BackendKind
  /** What a person types to connect. */
  readonly url: string
  /** Where OTLP over HTTP goes in, without `/v1/…`; undefined for a server that takes none. */
  readonly otlpUrl: string | undefined
  /** Scratch folder with its configuration, data and log. */
  readonly folder: string
}

/** A server that was started here. */
export interface Backend extends BackendAddress {
  /** Pid of the running process. */
  pid(): number
  /** Kill -9 and wait; its scratch data stays, so that `start` can be seen to find it again. */
  kill(): Promise<void>
  /** Starts it again on the same ports, and waits until it answers. */
  start(): Promise<void>
  /** Kills it and removes its scratch folder; its log is kept in `keptLogs`. */
  stop(): Promise<void>
}

export interface BackendOptions {
  /** Requests must name a tenant (Tempo, Loki, Jaeger). */
  readonly tenants?: boolean
  /** Loki only: the one of the generation before. */
  readonly old?: boolean
  /** Prometheus only: it speaks TLS itself, and lets in who has a certificate of that authority. */
  readonly tls?: { readonly server: KeyPair; readonly clientAuthority: string }
  /** Prometheus only: the one of Debian, 2.42. It takes no OTLP. */
  readonly debian?: boolean
  /** Where Tempo writes span metrics and its service graph to: a Prometheus started here. */
  readonly prometheus?: BackendAddress
}

/** Where the logs of servers that ran are found afterwards. */
const keptLogs = join(tmpdir(), 'clew-servers-logs')

/** One try is enough unless another process takes a port between our looking and the server's listening. */
const startAttempts = 3

/** Starts a server and waits until it answers. */
export async function startBackend(kind: BackendKind, options: BackendOptions = {}): Promise<Backend> {
  let problem: unknown
  for (let attempt = 0; attempt < startAttempts; attempt++) {
    const folder = await mkdtemp(join(tmpdir(), `clew-${kind}-`))
    const backend = await prepareBackend(kind, folder, options)
    try {
      await backend.start()
      return backend
    } catch (error) {
      problem = error
      await backend.stop()
      if (!/address already in use|BindException/i.test(String(error))) break
    }
  }
  throw problem
}

async function prepareBackend(kind: BackendKind, folder: string, options: BackendOptions): Promise<Backend> {
  const [port, grpcPort, otlpPort] = await freePorts(3)
  const data = join(folder, 'data')
  await mkdir(data)
  const values = {
    port,
    grpcPort,
    otlpPort,
    data,
    tenants: options.tenants ?? false,
    prometheusPort: options.prometheus === undefined ? 9 : new URL(options.prometheus.url).port,
  }
  const config = join(folder, `${kind}.yaml`)
  const isOld = options.old ?? false
  if (kind !== 'zipkin') await writeFile(config, fillIn(readConfig(isOld ? 'loki-2.9' : kind), values))
  if (kind === 'tempo') await writeTempoLimit(folder, tempoTraceLimitBytes)

  const { tls } = options
  if (tls !== undefined) {
    await writeFile(join(folder, 'server.pem'), tls.server.cert)
    await writeFile(join(folder, 'server.key'), tls.server.key)
    await writeFile(join(folder, 'clients.pem'), tls.clientAuthority)
    await writeFile(join(folder, 'web.yaml'), readConfig('prometheus-tls'))
  }
  const url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`
  const logFile = join(folder, `${kind}.log`)
  let running: ServerProcess | undefined
  return {
    kind,
    url,
    folder,
    otlpUrl: isOld || options.debian ? undefined : otlpUrl(kind, url, otlpPort),
    pid: () => running?.pid ?? -1,
    async start() {
      const isDebian = options.debian ?? false
      const { command, args, env } = commandOf(kind, { config, data, port, isOld, isDebian })
      const tlsArgs = tls === undefined ? [] : [`--web.config.file=${join(folder, 'web.yaml')}`]
      running = startProcess(command, [...args, ...tlsArgs], { logFile, env })
      await waitUntilReady(kind, running, () =>
        tls === undefined ? answers(url + readyPath[kind]) : accepts(port),
      )
    },
    async kill() {
      await running?.kill()
    },
    async stop() {
      await running?.kill()
      await mkdir(keptLogs, { recursive: true })
      if (existsSync(logFile)) await copyFile(logFile, join(keptLogs, `${basename(folder)}.log`))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Tempo's own default for the size of a trace. */
export const tempoTraceLimitBytes = 5_000_000

/** Sets how many bytes a trace may have; a running Tempo reads it within a second. */
export async function writeTempoLimit(folder: string, maxBytesPerTrace: number): Promise<void> {
  await writeFile(
    join(folder, 'data', 'overrides.yaml'),
    fillIn(readConfig('tempo-overrides'), { maxBytesPerTrace }),
  )
}

const readyPath: Readonly<Record<BackendKind, string>> = {
  jaeger: '/api/services',
  tempo: '/ready',
  zipkin: '/health',
  loki: '/ready',
  prometheus: '/-/ready',
}

/** Any answer but a 5xx: a Jaeger that wants a tenant says 401 to its own readiness path. */
async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
  await response.arrayBuffer()
  return response.status < 500 && response.status !== 404
}

/** A server that wants a client certificate is ready when it takes connections. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

function commandOf(
  kind: BackendKind,
  where: {
    readonly config: string
    readonly data: string
    readonly port: number
    readonly isOld: boolean
    readonly isDebian: boolean
  },
): Command {
  switch (kind) {
    case 'jaeger':
      return { command: executable('jaeger'), args: ['--config', where.config] }
    case 'tempo':
      return { command: executable('tempo'), args: [`-config.file=${where.config}`] }
    case 'loki':
      return where.isOld
        ? {
            command: executable('loki-2.9'),
            // All of it but the query frontend, whose queue hands nothing on when it is built by a Go of today.
            args: [`-config.file=${where.config}`, '-target=distributor,ingester,querier,compactor'],
          }
        : { command: executable('loki'), args: [`-config.file=${where.config}`] }
    case 'prometheus':
      return {
        command: where.isDebian ? existing(debianPrometheusFile) : executable('prometheus'),
        args: [
          `--config.file=${where.config}`,
          `--storage.tsdb.path=${where.data}`,
          `--web.listen-address=127.0.0.1:${where.port}`,
          '--web.enable-remote-write-receiver',
          ...(where.isDebian
            ? ['--enable-feature=exemplar-storage,native-histograms']
            : [
                '--enable-feature=exemplar-storage,promql-experimental-functions',
                '--web.enable-otlp-receiver',
              ]),
          '--log.level=warn',
        ],
      }
    default:
      return {
        command: 'java',
        args: ['-Xms64m', '-Xmx512m', '-XX:TieredStopAtLevel=1', '-jar', existing(zipkinFile)],
        // Its scribe and gRPC collectors stay off; QUERY_PORT is the only port it opens.
        env: { QUERY_PORT: String(where.port), ARMERIA_OPTS: '', QUERY_ADDRESS: '127.0.0.1' },
      }
  }
}

function executable(name: GoServerName): string {
  const server = goServers.find((server) => server.name === name)
  if (server === undefined) throw new Error(`no ${name} in versions.ts`)
  return existing(goServerFile(server))
}

function existing(file: string): string {
  if (!existsSync(file)) throw new Error(`${file} is not there: run \`node test/servers/build.ts\` first.`)
  return file
}

function otlpUrl(kind: BackendKind, url: string, otlpPort: number): string | undefined {
  switch (kind) {
    case 'jaeger':
    case 'tempo':
      return `http://127.0.0.1:${otlpPort}`
    case 'loki':
      return `${url}/otlp`
    case 'prometheus':
      return `${url}/api/v1/otlp`
    default:
      return undefined
  }
}

function readConfig(kind: string): string {
  return readFileSync(new URL(`config/${kind}.yaml`, import.meta.url), 'utf8')
}

/** Replaces `<name>`; a name without a value is a mistake in the template. */
function fillIn(template: string, values: Readonly<Record<string, string | number | boolean>>): string {
  return template.replaceAll(/<(\w+)>/g, (_, name: string) => {
    if (!(name in values)) throw new Error(`the configuration names <${name}>, which has no value`)
    return String(values[name])
  })
}
