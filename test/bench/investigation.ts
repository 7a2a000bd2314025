import { Worker } from 'node:worker_threads'
import { SeriesDocument } from '#shared/investigation/series-document'
import { simulate } from '#shared/simulate/run'
import { logsDocument } from '#shared/simulate/otlp/logs'
import { tracesDocument } from '#shared/simulate/otlp/traces'
import { demoMetrics } from '../../electron/local/demo-metrics.ts'
import { createMetricStore } from '../../electron/local/metric-store.ts'
import type { InvestigationRun } from './investigation-once.ts'
import { Samples, type Benchmark } from './measure.ts'

const endMs = 1_793_000_000_000
/** Such that all of it together is 100 MB. */
const lengthMinutes = 33

/** A saved investigation of 100 MB: how long it takes until its traces, lines and series can be asked for. */
export const investigation: Benchmark = {
  name: 'investigation',
  async run({ runs }) {
    const documents = await documentsOf()
    const megabytes = documents.reduce((sum, [, bytes]) => sum + bytes.length, 0) / 1e6
    const samples = new Samples()
    for (let count = 0; count < runs; count++) {
      const { wallMs, cpuMs, spans, lines, series } = await openOnce(documents)
      const add = (name: string, unit: 'ms' | 'MB' | '×', goal: number | undefined, value: number): void =>
        samples.add({ name, size: '', unit, goal }, value)
      add('opened', 'ms', undefined, wallMs)
      add('processor time of that, for 100 MB', 'ms', 3000, (cpuMs / megabytes) * 100)
      add('size', 'MB', undefined, megabytes)
      add('spans', '×', undefined, spans)
      add('log lines', '×', undefined, lines)
      add('series', '×', undefined, series)
    }
    return samples.measurements()
  },
}

type Documents = readonly (readonly [name: string, bytes: Uint8Array])[]

/** All that the demo shop left behind, as an investigation holds it. */
async function documentsOf(): Promise<Documents> {
  const run = simulate({
    scenario: 'pool-exhaustion',
    seed: 1,
    endNs: BigInt(endMs) * 1_000_000n,
    lengthMinutes,
  })
  const encoder = new TextEncoder()
  const samples = new SeriesDocument()
  const store = createMetricStore(demoMetrics(run))
  samples.add((await store.query(`{__name__=~".+"}[${lengthMinutes}m]`, endMs)).series)
  return [
    ...run.traces.map(
      ({ spans }, at) => [`traces/${at}.json`, encoder.encode(tracesDocument(run, spans))] as const,
    ),
    ['logs/lines.json', encoder.encode(logsDocument(run, run.lines))],
    ['metrics/series.json', encoder.encode(JSON.stringify(samples.documents()[0]))],
  ]
}

function openOnce(documents: Documents): Promise<InvestigationRun> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('investigation-once.ts', import.meta.url), {
      workerData: { documents },
    })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
