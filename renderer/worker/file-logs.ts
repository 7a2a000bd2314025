/** The lines of logs in the inputs of a session. */
import { joinedBytes } from '#shared/base/joined-bytes'
import { isOtlpProtobuf, otlpSignals } from '#shared/import/protobuf-signals'
import { LogFile } from '#shared/logs/file-lines'
import { documentsOf, type InputDocument } from './documents'
import { type Environment, Pace } from './environment'
import { CutOff, Failure } from './failures'
import type { FileLogs, TraceInput } from './messages'

/** So many lines of all files together are kept: some 100 MB. */
const mostLines = 300_000

/** Reads one file after the other; what is no log is left out, and what breaks off is read as far as it goes. */
export async function readFileLogs(
  inputs: readonly TraceInput[],
  environment: Environment,
  signal: AbortSignal,
): Promise<readonly FileLogs[]> {
  const found: FileLogs[] = []
  const pace = new Pace(environment)
  let left = mostLines
  for (const document of await documentsOf(inputs, environment, signal)) {
    if (document.sameAs !== undefined || left === 0) continue
    const file = new LogFile(document.name, left)
    await readInto(file, document, () => pace.rest(signal))
    const log = file.end()
    if (log === undefined) continue
    left -= Math.min(left, log.batch.length)
    found.push({ name: document.name, ...log })
  }
  return found
}

async function readInto(file: LogFile, document: InputDocument, rest: () => Promise<void>): Promise<void> {
  try {
    const source = await document.open(() => undefined)
    let decoder: TextDecoder | undefined
    let binary: Uint8Array[] | undefined
    for await (const chunk of source.chunks) {
      if (decoder === undefined && binary === undefined && isOtlpProtobuf(chunk)) binary = []
      if (binary) {
        binary.push(chunk)
        await rest()
        continue
      }
      decoder ??= new TextDecoder(encodingOf(chunk))
      file.push(decoder.decode(chunk, { stream: true }))
      await rest()
      if (file.isOver) return
    }
    if (binary) for (const value of otlpSignals(joinedBytes(binary))) file.take(value)
  } catch (thrown) {
    // Why it breaks off is said where its traces are looked for.
    if (!(thrown instanceof Failure) && !(thrown instanceof CutOff)) throw thrown
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
