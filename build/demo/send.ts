import { setTimeout as pause } from 'node:timers/promises'
import { simulate } from '#shared/simulate/run'
import type { DemoOptions } from './arguments.ts'
import { deliveries, type Delivery } from './deliveries.ts'
import type { Signal, Target } from './target.ts'

/**
 * Lets the shop run and sends what it leaves behind, each thing when its time has come; says how it goes. The run ends when sending does,
 * so at a pace over 1 it began before: no server is told of a moment that has not come.
 */
export async function sendRun(
  { scenario, seed, pace, minutes }: DemoOptions,
  targets: readonly Target[],
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<void> {
  const beganMs = Date.now()
  const endMs = Math.round(beganMs + (minutes * 60_000) / pace)
  const run = simulate({ scenario, seed, endNs: BigInt(endMs) * 1_000_000n, lengthMinutes: minutes })
  const until = new Date(endMs).toTimeString().slice(0, 8)
  say(`${minutes} minutes of the shop at pace ${pace}, until ${until}; Ctrl-C ends it.`)
  const sent = new Tally()
  try {
    let tenth = 1
    for (const delivery of deliveries(run)) {
      const waitMs = beganMs + delivery.atNs / 1e6 / pace - Date.now()
      if (waitMs > 0) await pause(waitMs, undefined, { signal: stop })
      await deliver(delivery, targets, sent, say)
      for (; tenth < 10 && delivery.atNs >= (tenth * run.lengthNs) / 10; tenth++)
        say(`${tenth * 10} %: ${sent.text()}`)
    }
    say(`All of it: ${sent.text()}.`)
  } catch (cause) {
    if (!stop.aborted) throw cause
    say(`Stopped: ${sent.text()}.`)
  }
}

/** Sends a request to each server that takes its signal. */
async function deliver(
  { signal, count, body }: Delivery,
  targets: readonly Target[],
  sent: Tally,
  say: (line: string) => void,
): Promise<void> {
  const takers = targets.filter(({ signals }) => signals.includes(signal))
  for (const target of takers) {
    const rejected = await target.send(signal, body)
    if (rejected && sent.isNews(target, signal))
      say(`${target.url} left out ${rejected.count} of ${signal}: ${rejected.reason}`)
  }
  if (takers.length > 0) sent.add(signal, count)
}

/** What was sent. */
class Tally {
  readonly #counts: Record<Signal, number> = { traces: 0, logs: 0, metrics: 0 }
  readonly #told = new Set<string>()

  add(signal: Signal, count: number): void {
    this.#counts[signal] += count
  }

  /** Whether this is the first time the target leaves out something of that signal. */
  isNews({ url }: Target, signal: Signal): boolean {
    const key = `${url} ${signal}`
    if (this.#told.has(key)) return false
    this.#told.add(key)
    return true
  }

  text(): string {
    const { traces, logs, metrics } = this.#counts
    return `${withCommas(traces)} spans, ${withCommas(logs)} log lines, ${withCommas(metrics)} rounds of metrics`
  }
}

function withCommas(count: number): string {
  return count.toLocaleString('en')
}
