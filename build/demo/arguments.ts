import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { DemoChoice } from '#shared/api/contract'
import { readDemoChoice } from '#shared/api/demo-scenarios'
import { scenarios } from '#shared/simulate/scenarios'

/** What `npm run demo:send` is asked for. */
export interface DemoOptions {
  readonly scenario: string
  readonly seed: number
  /** Bases of OTLP over HTTP: what `/v1/traces`, `/v1/logs` and `/v1/metrics` are put behind. */
  readonly targets: readonly string[]
  /** Seconds of the shop for each second here. */
  readonly pace: number
  readonly minutes: number
}

export type DemoArguments =
  | { readonly kind: 'run'; readonly options: DemoOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly sentence: string }

export const usage = `npm run demo:send -- SCENARIO[:SEED] [options]: runs the demo shop and sends what it leaves behind to servers.

  --otlp URL        takes OTLP over HTTP: a Collector, Jaeger or Tempo, usually at port 4318; gets the signals it takes
  --loki URL        a Loki (3 or newer), usually at port 3100
  --prometheus URL  a Prometheus (3 or newer, with --web.enable-otlp-receiver), usually at port 9090
  --pace N          so many times faster than real (1)
  --minutes N       so many minutes of the shop, up to 60 (45)

Each server may be given several times. Ends by itself, or on Ctrl-C.

${scenarios.map(({ name, symptom }) => `  ${name.padEnd(17)} ${symptom}`).join('\n')}`

/** Reads the words after the command's name. */
export function parseDemoArguments(words: readonly string[]): DemoArguments {
  try {
    return readArguments(words)
  } catch (cause) {
    return { kind: 'refused', sentence: cause instanceof Error ? cause.message : String(cause) }
  }
}

const options = {
  otlp: { type: 'string', multiple: true },
  loki: { type: 'string', multiple: true },
  prometheus: { type: 'string', multiple: true },
  pace: { type: 'string', default: '1' },
  minutes: { type: 'string', default: '45' },
  help: { type: 'boolean', short: 'h', default: false },
} satisfies ParseArgsConfig['options']

/** In our words: Node's own speak of positional arguments. */
function refuseOddOptions(words: readonly string[]): void {
  const { tokens } = parseArgs({ args: [...words], options, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    if (!Object.hasOwn(options, token.name)) throw new Error(`There is no option ${token.rawName}.`)
    const takesValue = options[token.name as keyof typeof options].type === 'string'
    if (takesValue && (token.value === undefined || (!token.inlineValue && token.value.startsWith('-'))))
      throw new Error(`${token.rawName} needs a value, such as ${token.rawName} ${examples[token.name]}.`)
    if (!takesValue && token.value !== undefined) throw new Error(`${token.rawName} takes no value.`)
  }
}

const examples: Readonly<Record<string, string>> = {
  otlp: 'http://127.0.0.1:4318',
  loki: 'http://127.0.0.1:3100',
  prometheus: 'http://127.0.0.1:9090',
  pace: '60',
  minutes: '30',
}

function readArguments(words: readonly string[]): DemoArguments {
  refuseOddOptions(words)
  const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options })
  if (values.help) return { kind: 'help' }
  if (positionals.length !== 1)
    throw new Error('Name one scenario, such as pool-exhaustion or pool-exhaustion:7.')
  const targets = [
    ...(values.otlp ?? []).map((url) => baseOf(url).replace(/\/v1\/(traces|logs|metrics)$/, '')),
    ...(values.loki ?? []).map((url) => `${baseOf(url)}/otlp`),
    ...(values.prometheus ?? []).map((url) => `${baseOf(url)}/api/v1/otlp`),
  ]
  if (targets.length === 0)
    throw new Error('Say where to send it: --otlp URL, --loki URL or --prometheus URL.')
  return {
    kind: 'run',
    options: {
      ...readScenario(positionals[0]),
      targets,
      pace: readNumber('--pace', values.pace, Infinity),
      minutes: readNumber('--minutes', values.minutes, 60),
    },
  }
}

function readScenario(word: string): DemoChoice {
  const choice = readDemoChoice(word)
  if (typeof choice === 'string') throw new Error(choice)
  return choice
}

function baseOf(text: string): string {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Error(`“${text}” is no address of a server, such as http://127.0.0.1:4318.`)
  return url.href.replace(/\/+$/, '')
}

function readNumber(option: string, text: string, most: number): number {
  const number = Number(text)
  if (text.trim() !== '' && Number.isFinite(number) && number >= 1 && number <= most) return number
  const limit = most === Infinity ? '' : ` to ${most}`
  throw new Error(`${option} needs a number from 1${limit || ' on'}, not “${text}”.`)
}
