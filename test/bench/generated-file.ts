/** Generated traces as files. They are kept in the system's temporary folder: a million spans take minutes to write. */
import { createWriteStream } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  type GeneratedTrace,
  jaegerJson,
  otlpJson,
  otlpJsonLines,
  otlpProtobuf,
} from '../builders/generate-trace.ts'

const writers = {
  'jaeger.json': jaegerJson,
  'otlp.json': otlpJson,
  'otlp.jsonl': otlpJsonLines,
  'otlp.pb': otlpProtobuf,
} as const

export type GeneratedFormat = keyof typeof writers

/** A file, and how long it is. */
export interface GeneratedFile {
  readonly path: string
  readonly bytes: number
}

/** The same trace in a format; written once. Change the folder's number when the generator writes something else. */
export async function generatedFile(format: GeneratedFormat, spanCount: number): Promise<GeneratedFile> {
  const folder = join(tmpdir(), 'clew-bench-traces-1')
  const path = join(folder, `${spanCount}-spans.${format}`)
  const known = await stat(path).catch(() => undefined)
  if (known) return { path, bytes: known.size }
  console.error(`Writing ${path}…`)
  const trace: GeneratedTrace = { spanCount, seed: 1 }
  await mkdir(folder, { recursive: true })
  // Two runs side by side must not write into each other's file.
  const part = `${path}.${process.pid}`
  await pipeline(Readable.from(writers[format](trace)), createWriteStream(part))
  await rename(part, path)
  return { path, bytes: (await stat(path)).size }
}
