/** What `npm start -- …` (and the packed program) understands: words in, a plan or sentences out. Pure. */
import { resolve } from 'node:path'
import type { DemoChoice, ServerKind } from '#shared/api/contract'
import { readDemoChoice } from '#shared/api/demo-scenarios'
import { cleanSourceUrl, withoutUserInfo } from '#shared/api/source-url'
import { nearestWord } from './nearest-word.ts'

/** A connection given for this run: `--connect jaeger=http://127.0.0.1:16686`. */
export interface ConnectRequest {
  readonly kind: ServerKind
  /** http or https, with the path prefix, without a trailing slash, user, password or query. */
  readonly url: string
}

/** What the words on the command line ask for. */
export interface CommandLine {
  /** Files to open, as given: `resolvePaths` makes them absolute. */
  readonly files: readonly string[]
  readonly connect: readonly ConnectRequest[]
  /** The run of the demo shop to begin with. */
  readonly demo: DemoChoice | undefined
  /** `clew://…` links, handed over by the operating system. */
  readonly links: readonly string[]
  readonly browser: boolean
  /** Whether to open a window; `--no-open` only prints the address. */
  readonly open: boolean
  readonly port: number | undefined
  readonly profile: string | undefined
}

/** The outcome of reading the command line. */
export type CommandLineResult =
  | { readonly kind: 'run'; readonly options: CommandLine }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  /** Nothing is started; the sentences say what is wrong and what to type instead. */
  | { readonly kind: 'refused'; readonly sentences: readonly string[] }

const sourceKinds: readonly ServerKind[] = ['jaeger', 'tempo', 'zipkin', 'loki', 'prometheus']

interface Option {
  readonly name: string
  /** What stands after it; undefined for a switch. */
  readonly takes: string | undefined
  readonly help: string
}

const options: readonly Option[] = [
  { name: '--connect', takes: 'KIND=URL', help: `connect to a server for this run; KIND is ${kindList()}` },
  {
    name: '--demo',
    takes: 'SCENARIO[:SEED]',
    help: 'begin with a run of the demo shop, such as pool-exhaustion',
  },
  {
    name: '--browser',
    takes: undefined,
    help: "show it in the browser even where Electron's window is there",
  },
  { name: '--no-open', takes: undefined, help: 'open nothing, only print the address for the browser' },
  {
    name: '--port',
    takes: 'N',
    help: 'port to be reached at in the browser (else 7420 when it is free, or any)',
  },
  { name: '--profile', takes: 'DIR', help: 'folder for connections, preferences and secrets' },
  { name: '--help', takes: undefined, help: 'this text' },
  { name: '--version', takes: undefined, help: 'the version' },
]

/** The text of `--help`. */
export function helpText(version: string): string {
  const rows = options.map(({ name, takes, help }) => [takes ? `${name} ${takes}` : name, help] as const)
  const width = Math.max(...rows.map(([left]) => left.length))
  return [
    `Clew ${version}: from the metric that moved, to the trace, to the log line that says why, and back.`,
    '',
    'npm start -- [FILE…] [options]',
    '',
    '  FILE'.padEnd(width + 4) +
      'a saved trace to open: JSON of Jaeger, OTLP, Tempo or Zipkin, protobuf of OTLP or Tempo;',
    ' '.repeat(width + 4) + 'gzipped or not',
    ...rows.map(([left, help]) => `  ${left.padEnd(width + 2)}${help}`),
  ].join('\n')
}

function kindList(): string {
  return `${sourceKinds.slice(0, -1).join(', ')} or ${sourceKinds.at(-1)}`
}

/** Reads the words after the program's name. Never throws: every mistake becomes a sentence. */
export function parseCommandLine(words: readonly string[]): CommandLineResult {
  const files: string[] = []
  const links: string[] = []
  const connect: ConnectRequest[] = []
  const wrong: string[] = []
  let demo: DemoChoice | undefined
  let browser = false
  let open = true
  let port: number | undefined
  let profile: string | undefined
  let asked: 'help' | 'version' | undefined
  let onlyFiles = false

  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (onlyFiles || !word.startsWith('-') || word === '-') {
      // The operating system hands a clicked link over as if it were a file.
      if (!onlyFiles && word.toLowerCase().startsWith('clew://')) links.push(word)
      else if (word !== '') files.push(word)
      continue
    }
    if (word === '--') {
      onlyFiles = true
      continue
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1
    const name = equals === -1 ? word : word.slice(0, equals)
    const option = options.find((one) => one.name === (name === '-h' ? '--help' : name))
    if (!option) {
      wrong.push(unknownOption(name))
      continue
    }
    let value = equals === -1 ? undefined : word.slice(equals + 1)
    if (option.takes === undefined) {
      if (value !== undefined) wrong.push(`${option.name} takes no value: leave out "=${value}".`)
    } else {
      // A word that starts with two dashes is the next option, not a value: `--port --browser`.
      if (value === undefined && words[at + 1] !== undefined && !words[at + 1].startsWith('--'))
        value = words[++at]
      if (value === undefined || value === '') {
        wrong.push(`${option.name} needs a value: ${option.name} ${option.takes}.`)
        continue
      }
    }
    if (option.name === '--browser') browser = true
    else if (option.name === '--no-open') open = false
    else if (option.name === '--help') asked ??= 'help'
    else if (option.name === '--version') asked ??= 'version'
    else if (option.name === '--profile') profile = value
    else if (option.name === '--port') {
      const number = Number(value)
      if (/^\d{1,5}$/.test(value ?? '') && number <= 65_535) port = number
      else wrong.push(`--port needs a number up to 65535 (0 for any free one), not "${value}".`)
    } else if (option.name === '--demo') {
      const read = readDemoChoice(value ?? '')
      if (typeof read === 'string') wrong.push(read)
      else demo = read
    } else {
      const read = readConnect(value ?? '')
      if (typeof read === 'string') wrong.push(read)
      else connect.push(read)
    }
  }

  if (asked) return { kind: asked }
  if (wrong.length > 0) return { kind: 'refused', sentences: wrong }
  return { kind: 'run', options: { files, connect, demo, links, browser, open, port, profile } }
}

function unknownOption(name: string): string {
  const near = nearestWord(
    name,
    options.map((option) => option.name),
  )
  return near === undefined
    ? `${name} is not an option of Clew; --help lists them.`
    : `${name} is not an option of Clew; did you mean ${near}?`
}

function readConnect(value: string): ConnectRequest | string {
  const equals = value.indexOf('=')
  // The equals sign may be one of a password.
  if (equals < 1 || /[:/@]/.test(value.slice(0, equals)))
    return `--connect needs KIND=URL, such as --connect jaeger=http://127.0.0.1:16686, not "${withoutUserInfo(value)}".`
  const word = value.slice(0, equals).toLowerCase()
  const kind = sourceKinds.find((one) => one === word)
  if (!kind) {
    const near = nearestWord(word, sourceKinds)
    return `--connect does not know the kind "${word}"${near ? `; did you mean ${near}` : ''}: it is ${kindList()}.`
  }
  const text = value.slice(equals + 1)
  // `localhost:3200` would parse as a URL with the scheme "localhost": anything without "//" is taken as http.
  const url = URL.parse(text.includes('//') ? text : `http://${text}`)
  if (!url || url.hostname === '' || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return `--connect ${kind} needs an http or https address, not "${withoutUserInfo(text)}".`
  if (url.username !== '' || url.password !== '')
    return `--connect ${kind} takes no user or password in the address (it would show in the process list): add the connection on the Connections page.`
  if (url.search !== '' || url.hash !== '')
    return `--connect ${kind} takes the server's address without "?" or "#": ${url.origin}${url.pathname}.`
  // What the page refuses is refused here too; but a page of the server's own UI is not taken for its base.
  const read = cleanSourceUrl(text, kind)
  if (read.kind === 'refused') return `--connect ${kind}: ${read.message} ${read.advice}`
  return { kind, url: (url.origin + url.pathname).replace(/\/+$/, '') }
}

/** The folder that relative paths of the command line are meant from: npm changes into the project before it runs a script. */
export function startFolder(env: Readonly<Record<string, string | undefined>>, cwd: string): string {
  return env['npm_lifecycle_event'] === 'start' ? (env['INIT_CWD'] ?? cwd) : cwd
}

/** The same command line with files and profile as absolute paths. */
export function resolvePaths(options: CommandLine, folder: string): CommandLine {
  return {
    ...options,
    files: options.files.map((file) => resolve(folder, file)),
    profile: options.profile === undefined ? undefined : resolve(folder, options.profile),
  }
}
