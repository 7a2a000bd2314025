/**
 * Builds the real servers into `~/.cache/clew-backends` (or `$CLEW_BACKENDS`), skipping those that are there.
 * `node test/servers/build.ts`. Every file appears under its name only when it is whole, so an interrupted build leaves nothing behind
 * that a later run would take for a server.
 */
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import {
  backendsFolder,
  debianPrometheus,
  debianPrometheusFile,
  goServerFile,
  goServers,
  zipkin,
  zipkinFile,
  type GoServer,
} from './versions.ts'

/** Builds what is missing; throws an error whose message says what to type when a tool is not on this machine. */
export function buildServers(): void {
  const missing = goServers.filter((server) => !existsSync(goServerFile(server)))
  const zipkinMissing = !existsSync(zipkinFile)
  if (missing.length > 0) needGo()
  if (zipkinMissing) needTool('mvn', ['--version'], 'Maven', 'apt-get install maven')
  needTool('java', ['-version'], 'Java 17 or newer (it runs Zipkin)', 'apt-get install default-jre-headless')
  needTool('openssl', ['version'], 'OpenSSL (it makes the test certificates)', 'apt-get install openssl')

  mkdirSync(backendsFolder, { recursive: true })
  for (const [index, server] of missing.entries()) {
    say(
      `building ${server.name} ${server.version} (${index + 1} of ${missing.length}; 3 to 7 minutes the first time)`,
    )
    const started = performance.now()
    buildGoServer(server)
    say(`built ${server.name} in ${Math.round((performance.now() - started) / 1000)} s`)
  }
  if (zipkinMissing) {
    say(`fetching ${zipkin.artifact} (135 MB)`)
    inScratchFolder((folder) => {
      run(
        'mvn',
        ['-q', '-B', 'dependency:copy', `-Dartifact=${zipkin.artifact}`, `-DoutputDirectory=${folder}`],
        folder,
      )
      moveInto(join(folder, zipkin.file), zipkinFile)
    })
  }
  fetchDebianPrometheus()
}

/**
 * Takes the program out of Debian's package, which is neither installed nor started. Says why where it cannot be had; the tests that need
 * it are then skipped.
 */
function fetchDebianPrometheus(): void {
  if (existsSync(debianPrometheusFile)) return
  say("fetching Debian's Prometheus")
  try {
    inScratchFolder((folder) => {
      try {
        run('apt-get', ['download', debianPrometheus.package], folder)
      } catch {
        // No list of packages yet, or one that is out of date.
        run('apt-get', ['update'], folder)
        run('apt-get', ['download', debianPrometheus.package], folder)
      }
      const [archive] = readdirSync(folder)
      run('dpkg-deb', ['-x', join(folder, archive), folder], folder)
      const program = join(folder, 'usr', 'bin', 'prometheus')
      const version = /version (\S+)/.exec(run(program, ['--version'], folder))?.[1] ?? 'unknown'
      if (!debianPrometheus.version.test(version)) throw new Error(`it is version ${version}`)
      moveInto(program, debianPrometheusFile)
      say(`Debian's Prometheus is ${version}`)
    })
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n')
    say(`without Debian's Prometheus, and tests against it are skipped: ${reason}`)
  }
}

/**
 * `go install module@version` refuses modules with `replace` lines, and all of them have some. So: a wrapper module with the server's own
 * requirements, replacements and checksums, plus the server itself.
 */
function buildGoServer(server: GoServer): void {
  inScratchFolder((folder) => {
    const download = run('go', ['mod', 'download', '-json', `${server.module}@${server.version}`], folder)
    const { Dir: source } = JSON.parse(download) as { Dir: string }
    const requirements = readFileSync(join(source, 'go.mod'), 'utf8')
      .replace(/^module .*/m, `module clew.test/${server.name}`)
      // Loki replaces one of its own modules by a folder of its repository; the published module does instead.
      .replace(/^.*loki\/pkg\/push => .*\n/gm, '')
      .replace(/^ignore .*\n/gm, '')
      .replace(/^require \(/m, `require ${server.module} ${server.version}\n\nrequire (`)
    const replaced = server.replace === undefined ? '' : `\nreplace ${server.replace}\n`
    writeFileSync(join(folder, 'go.mod'), requirements + replaced)
    const own = server.sum ? `${server.module} ${server.version} ${server.sum}\n` : ''
    writeFileSync(join(folder, 'go.sum'), readFileSync(join(source, 'go.sum'), 'utf8') + own)
    const built = join(folder, 'built')
    run(
      'go',
      ['build', '-trimpath', '-ldflags', '-s -w', '-o', built, `${server.module}/${server.command}`],
      folder,
    )
    moveInto(built, goServerFile(server))
  })
}

function run(command: string, args: readonly string[], folder: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    // The checksum database does not serve Tempo's own sum: `versions.ts` pins it instead.
    env: { ...process.env, GOFLAGS: '-mod=mod -buildvcs=false', GONOSUMDB: 'github.com/grafana/tempo' },
  })
  if (status !== 0) {
    const log = join(tmpdir(), 'clew-servers-build.log')
    appendFileSync(log, `$ ${command} ${args.join(' ')}\n${stdout}${stderr}\n`)
    const words = (stderr || stdout || String(error)).trim().split('\n').slice(-15).join('\n')
    throw new Error(`${command} ${args.slice(0, 2).join(' ')} failed (all of it in ${log}):\n${words}`)
  }
  return stdout
}

/** From 1.21 on, Go fetches the newer release a module asks for by itself. */
function needGo(): void {
  const install = 'apt-get install golang-go (Debian 12 has too old a one: add -t bookworm-backports)'
  needTool('go', ['version'], 'Go 1.21 or newer', install)
  const version = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout.trim()
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1] ?? Infinity)
  if (minor < 21)
    throw new Error(
      `The tests on real servers need Go 1.21 or newer, and this is ${version}. As root: ${install}.`,
    )
}

function needTool(command: string, args: readonly string[], what: string, install: string): void {
  if (spawnSync(command, args).status === 0) return
  throw new Error(
    `The tests on real servers need ${what}, and there is no \`${command}\` here. As root: ${install}.`,
  )
}

function inScratchFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'clew-build-'))
  try {
    work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A rename where possible; across file systems a copy beside the target, then a rename: never half a file under the final name. */
function moveInto(from: string, to: string): void {
  const besides = `${to}.part-${process.pid}`
  run('mv', [from, besides], tmpdir())
  renameSync(besides, to)
}

function say(line: string): void {
  console.log(`servers: ${line}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    buildServers()
    say(`all built, in ${backendsFolder}`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
