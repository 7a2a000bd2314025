import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { FileRead } from './files-once.ts'
import { generatedFile } from './generated-file.ts'
import { Samples, type Benchmark } from './measure.ts'

/** Some 500 MB. */
const spanCount = 500_000
const msPerMegabyte = 10
const mostGrowth = 1.2

/** A large file: how fast it is read, and how much memory that takes. */
export const files: Benchmark = {
  name: 'files',
  async run({ runs }) {
    const samples = new Samples()
    const { path, bytes } = await generatedFile('otlp.jsonl', spanCount)
    const megabytes = bytes / 1e6
    const script = fileURLToPath(new URL('files-once.ts', import.meta.url))
    for (let count = 0; count < runs; count++) {
      const { stdout } = await promisify(execFile)(process.execPath, [script, path])
      const read = JSON.parse(stdout) as FileRead
      if (read.spans !== spanCount) throw new Error(`${read.spans} of ${spanCount} spans were read`)
      const add = (name: string, unit: 'ms' | 'MB' | '×', goal: number | undefined, value: number): void =>
        samples.add({ name, size: '', unit, goal }, value)
      add('size of the file', 'MB', undefined, megabytes)
      add('read', 'ms', Math.round(megabytes * msPerMegabyte), read.wallMs)
      add('processor time of that', 'ms', undefined, read.processorMs)
      add('memory, in bytes of the file', '×', mostGrowth, read.bytes / bytes)
    }
    return samples.measurements()
  },
}
