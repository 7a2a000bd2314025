import { Worker } from 'node:worker_threads'
import type { DemoRun } from './demo-once.ts'
import { Samples, type Benchmark } from './measure.ts'

const lengths = { '30 min': 30, '45 min': 45 }

/** The demo shop: how long it takes to simulate, and to write down as OTLP JSON. */
export const demo: Benchmark = {
  name: 'demo',
  async run({ runs }) {
    const samples = new Samples()
    for (const [size, lengthMinutes] of Object.entries(lengths))
      for (let count = 0; count < runs; count++) {
        const { simulateMs, simulateCpuMs, goesOnCpuMs, writeMs, spans, lines, megabytes } =
          await runOnce(lengthMinutes)
        const add = (name: string, unit: 'ms' | 'MB' | '×', goal: number | undefined, value: number): void =>
          samples.add({ name, size, unit, goal }, value)
        add('simulated', 'ms', 2000, simulateMs)
        add('processor time of that, for 100,000 spans', 'ms', undefined, (simulateCpuMs / spans) * 100_000)
        add('the same once the engine has compiled it all', 'ms', 500, goesOnCpuMs)
        add('all of it as OTLP JSON', 'ms', undefined, writeMs)
        add('size of that', 'MB', undefined, megabytes)
        add('spans', '×', undefined, spans)
        add('log lines', '×', undefined, lines)
      }
    return samples.measurements()
  },
}

function runOnce(lengthMinutes: number): Promise<DemoRun> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('demo-once.ts', import.meta.url), { workerData: { lengthMinutes } })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
