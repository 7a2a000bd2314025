/** A thread that runs the demo shop once and then answers for what it left behind: only a door to its stores. */
import { workerData } from 'node:worker_threads'
import { simulate } from '#shared/simulate/run'
import type { DemoWorkerData } from './demo-shop.ts'
import { createLogStore, type LogStore } from './log-store.ts'
import { createMetricStore, type MetricStore } from './metric-store.ts'
import { recordedLines } from './recorded-lines.ts'
import { demoMetrics } from './demo-metrics.ts'
import { answerCalls } from './store-door.ts'
import { createTraceStore } from './trace-store.ts'

const { scenario, seed, startMs, endMs } = workerData as DemoWorkerData
const endNs = BigInt(endMs) * 1_000_000n
const run = simulate({ scenario, seed, endNs, lengthMinutes: (endMs - startMs) / 60_000 })
let metrics: MetricStore | undefined
let logs: LogStore | undefined

answerCalls({
  traces: createTraceStore(run),
  /** Counted when first asked for: whoever reads traces does not wait for it. */
  get metrics() {
    return (metrics ??= createMetricStore(demoMetrics(run)))
  },
  get logs() {
    return (logs ??= createLogStore(recordedLines(run)))
  },
})
