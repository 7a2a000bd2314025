/** `npm run demo:send -- SCENARIO[:SEED] --otlp URL …`: lets the demo shop run, and sends what it leaves behind to real servers. */
import { scenarios } from '#shared/simulate/scenarios'
import { parseDemoArguments, usage, type DemoOptions } from './demo/arguments.ts'
import { sendRun } from './demo/send.ts'
import { openTarget, type Target } from './demo/target.ts'

const asked = parseDemoArguments(process.argv.slice(2))
if (asked.kind === 'help') console.log(usage)
else if (asked.kind === 'refused') {
  console.error(asked.sentence)
  console.error('npm run demo:send -- --help says more.')
  process.exitCode = 2
} else await run(asked.options)

async function run(options: DemoOptions): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  try {
    const targets: Target[] = []
    for (const url of options.targets) targets.push(await openTarget(url, stop.signal))
    const scenario = scenarios.find(({ name }) => name === options.scenario)
    console.log(`${options.scenario}, seed ${options.seed}. ${scenario?.symptom}`)
    for (const { url, signals } of targets) console.log(`${url} takes ${signals.join(', ')}.`)
    await sendRun(options, targets, (line) => console.log(line), stop.signal)
  } catch (cause) {
    // A request that was under way when Ctrl-C came.
    if (stop.signal.aborted) return
    console.error(cause instanceof Error ? cause.message : String(cause))
    process.exitCode = 1
  }
}
