/** A worker that opens the documents of a saved investigation once, on a JavaScript engine that has seen none of it: as Clew does. */
import { parentPort, workerData } from 'node:worker_threads'
import { createOpenedDocuments } from '../../electron/local/opened-documents.ts'

/** What it took until all three signals could be asked for. */
export interface InvestigationRun {
  readonly wallMs: number
  /** Processor time of the thread. */
  readonly cpuMs: number
  readonly spans: number
  readonly lines: number
  readonly series: number
}

/** As much as comes at once (renderer/worker/hand-over.ts). */
const partBytes = 4_000_000

const { documents } = workerData as {
  readonly documents: readonly (readonly [name: string, bytes: Uint8Array])[]
}
const began = performance.now()
const cpuBegan = process.threadCpuUsage()
const opened = createOpenedDocuments()
for (const [name, bytes] of documents) {
  for (let at = 0; at < bytes.length; at += partBytes) opened.push(name, bytes.subarray(at, at + partBytes))
  opened.endDocument()
}
const { spans, lines, series } = await opened.end()
const cpu = process.threadCpuUsage(cpuBegan)
const answer: InvestigationRun = {
  wallMs: performance.now() - began,
  cpuMs: (cpu.user + cpu.system) / 1000,
  spans,
  lines,
  series,
}
parentPort?.postMessage(answer, [])
