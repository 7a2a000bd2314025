/** A worker that runs the demo shop once, on a JavaScript engine that has seen none of it: as Clew does when it opens the demo. */
import { parentPort, workerData } from 'node:worker_threads'
import { logsDocument } from '#shared/simulate/otlp/logs'
import { metricsDocuments } from '#shared/simulate/otlp/metrics'
import { tracesDocument } from '#shared/simulate/otlp/traces'
import { simulate } from '#shared/simulate/run'

/** What one run took, and what came of it. */
export interface DemoRun {
  readonly simulateMs: number
  /** Of that, processor time of the thread. */
  readonly simulateCpuMs: number
  readonly writeMs: number
  readonly spans: number
  readonly lines: number
  readonly megabytes: number
}

const { lengthMinutes } = workerData as { readonly lengthMinutes: number }
const began = performance.now()
const cpuBegan = process.threadCpuUsage()
const run = simulate({
  scenario: 'pool-exhaustion',
  seed: 1,
  endNs: 1_793_000_000_000_000_000n,
  lengthMinutes,
})
const simulated = performance.now()
const cpu = process.threadCpuUsage(cpuBegan)
let characters = logsDocument(run, run.lines).length
for (const { spans } of run.traces) characters += tracesDocument(run, spans).length
for (const { text } of metricsDocuments(run)) characters += text.length
const answer: DemoRun = {
  simulateMs: simulated - began,
  simulateCpuMs: (cpu.user + cpu.system) / 1000,
  writeMs: performance.now() - simulated,
  spans: run.traces.reduce((sum, { spans }) => sum + spans.length, 0),
  lines: run.lines.length,
  megabytes: characters / 1e6,
}
parentPort?.postMessage(answer, [])
