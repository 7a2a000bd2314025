/**
 * The servers the tests run against, and their versions: the one place where they are written. Changing a line here makes
 * `build.ts` build that server again, beside the old one.
 */
import { homedir } from 'node:os'
import { join } from 'node:path'

export type GoServerName = 'jaeger' | 'prometheus' | 'loki' | 'loki-2.9' | 'tempo'

/** A server that is a Go program: its module is built from source, with the requirements of its own go.mod. */
export interface GoServer {
  readonly name: GoServerName
  readonly module: string
  readonly version: string
  /** The folder of its main package, inside the module. */
  readonly command: string
  /** The line for go.sum, where the checksum database has none of this version. */
  readonly sum?: string
  /** A line for go.mod, where the server replaces a module of its own by a folder that is not published with it. */
  readonly replace?: string
}

export const goServers: readonly GoServer[] = [
  { name: 'jaeger', module: 'github.com/jaegertracing/jaeger', version: 'v1.76.0', command: 'cmd/jaeger' },
  {
    name: 'prometheus',
    module: 'github.com/prometheus/prometheus',
    version: 'v0.315.0',
    command: 'cmd/prometheus',
  },
  { name: 'loki', module: 'github.com/grafana/loki/v3', version: 'v3.7.8', command: 'cmd/loki' },
  {
    name: 'loki-2.9',
    module: 'github.com/grafana/loki',
    // Tags v2.x lack the /v2 that Go modules want: this commit is the release 2.9.3.
    version: 'v1.6.2-0.20231211180320-2535f9bedeae',
    command: 'cmd/loki',
    replace:
      'github.com/grafana/loki/pkg/push => github.com/grafana/loki/pkg/push v0.0.0-20231211180320-2535f9bedeae',
  },
  {
    name: 'tempo',
    module: 'github.com/grafana/tempo',
    // Tempo tags v2.x without the /v2 that Go modules want, so a release is named by its commit: this one is 2.8.
    version: 'v1.5.1-0.20250529124718-87c2dc380cec',
    command: 'cmd/tempo',
    sum: 'h1:wnzJov9RhSHGaTYGzTygL4qq986fLen8xSqnQgaMd28=',
  },
]

/** Zipkin is a Java program: its one executable jar comes from Maven Central. */
export const zipkin = {
  artifact: 'io.zipkin:zipkin-server:3.6.1:jar:exec',
  file: 'zipkin-server-3.6.1-exec.jar',
}

/** The Prometheus of Debian 12, 2.42: what is met in the field besides the newest. Its program alone is taken out of the package. */
export const debianPrometheus = { package: 'prometheus', version: /^2\./ }

/** Where built servers are kept, outside the repository, so that a clean checkout finds them again. */
export const backendsFolder = process.env['CLEW_BACKENDS'] || join(homedir(), '.cache', 'clew-backends')

/** The executable of a Go server. */
export function goServerFile(server: GoServer): string {
  return join(backendsFolder, `${server.name}-${server.version}`)
}

/** The jar of Zipkin. */
export const zipkinFile = join(backendsFolder, zipkin.file)

/** The program of Debian's Prometheus. */
export const debianPrometheusFile = join(backendsFolder, 'prometheus-debian')
