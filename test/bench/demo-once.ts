/**
 * A worker that runs the demo shop on a JavaScript engine that has seen none of it, as Clew does when it opens the demo; and then again and
 * again, as it does for who is sent the shop's life.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { logsDocument } from '#shared/simulate/otlp/logs'
import { metricsDocuments } from '#shared/simulate/otlp/metrics'
import { tracesDocument } from '#shared/simulate/otlp/traces'
import { type Run, simulate } from '#shared/simulate/run'

/** What one run took, and what came of it. */
export interface DemoRun {
  readonly simulateMs: number
  /** Of that, processor time of the thread. */
  readonly simulateCpuMs: number
  /** Processor time for 100,000 spans once the engine has compiled the program: the median of the last runs. */
  readonly goesOnCpuMs: number
  readonly writeMs: number
  readonly spans: number
  readonly lines: number
  readonly megabytes: number
}

const { lengthMinutes } = workerData as { readonly lengthMinutes: number }
/** So many runs the engine is given, and of so many more the median counts. */
const [warmRuns, countedRuns] = [4, 5]

const began = performance.now()
const cpuBegan = process.threadCpuUsage()
const run = shop(1)
const simulated = performance.now()
const cpu = process.threadCpuUsage(cpuBegan)
let characters = logsDocument(run, run.lines).length
for (const { spans } of run.traces) characters += tracesDocument(run, spans).length
for (const { text } of metricsDocuments(run)) characters += text.length
const written = performance.now()
const answer: DemoRun = {
  simulateMs: simulated - began,
  simulateCpuMs: (cpu.user + cpu.system) / 1000,
  writeMs: written - simulated,
  goesOnCpuMs: goOn(),
  spans: spansOf(run),
  lines: run.lines.length,
  megabytes: characters / 1e6,
}
parentPort?.postMessage(answer, [])

function shop(seed: number): Run {
  return simulate({ scenario: 'pool-exhaustion', seed, endNs: 1_793_000_000_000_000_000n, lengthMinutes })
}

function goOn(): number {
  const times: number[] = []
  for (let seed = 2; seed < 2 + warmRuns + countedRuns; seed++) {
    const before = process.threadCpuUsage()
    const spans = spansOf(shop(seed))
    const { user, system } = process.threadCpuUsage(before)
    times.push((user + system) / 1000 / (spans / 100_000))
  }
  const counted = times.slice(warmRuns).toSorted((one, other) => one - other)
  return counted[Math.floor(countedRuns / 2)]
}

function spansOf({ traces }: Run): number {
  return traces.reduce((sum, { spans }) => sum + spans.length, 0)
}
