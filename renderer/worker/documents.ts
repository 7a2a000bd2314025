/** The documents in the inputs of a session: an input is one, or a zip of many; of those with the same bytes, one is read. */
import { answerOf, type ByteSource, isGivenFile, openSource, piecesOf } from './byte-source'
import type { Environment } from './environment'
import { apiError, Failure, Full } from './failures'
import type { TraceInput } from './messages'
import { sameAs } from './same-bytes'
import { headOf } from './unpack'
import { openZip } from './zip'

/** What one report is about. */
export interface InputDocument {
  readonly name: string
  /** Bytes as they come; undefined until somebody says. */
  readonly totalBytes: number | undefined
  /** It would be the same if it were read again. */
  readonly isFinal: boolean
  /** Opens it; rejects with a Failure where it cannot be read. */
  open(onBytes: (bytes: number) => void): ByteSource | Promise<ByteSource>
  /** Its bytes once more, to compare them with another's; undefined where that is a matter of a server. */
  readonly bytes: (() => Promise<AsyncIterable<Uint8Array>>) | undefined
  /** How many those are; undefined where nobody says. */
  readonly size: number | undefined
  /** The name of a document with the same bytes, which is read in its place. */
  readonly sameAs?: string
  /** What is known to be wrong with it, or with the zip that it stands for, before it is opened: a sentence. */
  readonly fault?: string
}

/** Looks into the inputs as far as needed to tell what there is to read. Rejects only when it is stopped. */
export async function documentsOf(
  inputs: readonly TraceInput[],
  environment: Environment,
  signal: AbortSignal,
): Promise<readonly InputDocument[]> {
  const found: InputDocument[] = []
  // One after the other: each may take a connection, of which there are six.
  for (const input of inputs) {
    try {
      const zip = await zipOf(input, environment, signal)
      if (zip === undefined) found.push(plain(input, environment, signal))
      else found.push(...(await openZip(input.name, zip, signal)))
    } catch (thrown) {
      signal.throwIfAborted()
      // A server's fault is said by whoever reads it.
      if (!(thrown instanceof Failure) && !(thrown instanceof Full)) throw thrown
      found.push(unreadable(input.name, thrown))
    }
  }
  return sameAs(found, signal)
}

function plain(input: TraceInput, environment: Environment, signal: AbortSignal): InputDocument {
  const isFile = input.kind === 'file'
  const canCompare = isFile || isGivenFile(input.url)
  return {
    name: input.name,
    totalBytes: isFile ? input.file.size : undefined,
    isFinal: isFile,
    open: (onBytes) => openSource(input, environment, signal, onBytes),
    bytes: canCompare ? () => piecesFrom(input, environment, signal) : undefined,
    size: isFile ? input.file.size : input.size,
  }
}

/** What cannot be read, and why. */
export function unreadable(name: string, thrown: Failure | Full): InputDocument {
  return {
    name,
    totalBytes: 0,
    isFinal: true,
    open: () => Promise.reject(thrown),
    bytes: undefined,
    size: undefined,
    fault: thrown instanceof Failure ? thrown.error.message : thrown.message,
  }
}

/** The input, if it is a zip: with its list at the end, it is needed whole. */
async function zipOf(
  input: TraceInput,
  environment: Environment,
  signal: AbortSignal,
): Promise<Blob | undefined> {
  if (input.kind === 'file')
    return isZip(new Uint8Array(await input.file.slice(0, 4).arrayBuffer())) ? input.file : undefined
  if (!isGivenFile(input.url)) return undefined
  const pieces = await piecesFrom(input, environment, signal)
  const head = await headOf(pieces)
  if (!isZip(head)) {
    await pieces.return(undefined)
    return undefined
  }
  const parts = [head]
  let bytes = head.length
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > environment.mostBytes) throw new Failure(tooLarge(input.name))
    parts.push(piece)
  }
  return new Blob(parts)
}

/** A file, or an empty list of them. */
function isZip(head: Uint8Array): boolean {
  return (
    head[0] === 0x50 &&
    head[1] === 0x4b &&
    ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
  )
}

async function piecesFrom(
  input: TraceInput,
  environment: Environment,
  signal: AbortSignal,
): Promise<AsyncGenerator<Uint8Array<ArrayBuffer>>> {
  const stream =
    input.kind === 'file'
      ? input.file.stream()
      : (await answerOf(input.name, input.url, environment, signal)).body
  return piecesOf(stream ?? new Blob().stream(), signal, () => undefined)
}

function tooLarge(name: string) {
  return apiError(
    'too-large',
    `There is not enough memory for ${name}, which is needed whole before it can be unpacked.`,
    'Unpack it first, then open what is inside.',
  )
}
