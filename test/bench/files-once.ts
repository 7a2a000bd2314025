/** A process that reads one file as the worker of the page does, and tells what it took. */
import { createReadStream, readFileSync } from 'node:fs'
import { TraceImport } from '#shared/import/index'

/** What reading took. */
export interface FileRead {
  readonly wallMs: number
  readonly processorMs: number
  /** The most memory of the process while it read, less what it had before. */
  readonly bytes: number
  readonly spans: number
  readonly traces: number
}

/** Bytes. Linux counts what the parent had into `maxRSS`, and that has just written the file; the kernel's own figure begins at this program. */
function mostMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024
  const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

const [path] = process.argv.slice(2)
const before = process.memoryUsage().rss
const cpu = process.cpuUsage()
const began = performance.now()
const into = new TraceImport()
const document = into.addDocument(path, true)
for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) document.push(chunk as Buffer)
document.end()
const traces = into.summaries().length
const { user, system } = process.cpuUsage(cpu)
const answer: FileRead = {
  wallMs: performance.now() - began,
  processorMs: (user + system) / 1000,
  bytes: mostMemory() - before,
  spans: document.spans,
  traces,
}
console.log(JSON.stringify(answer))
