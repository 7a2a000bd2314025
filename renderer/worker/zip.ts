/** The files in a zip, as documents. Nothing is written anywhere; what is odd about one costs that one. */
import { crc32 } from '#shared/base/crc32'
import { formatCount } from '#shared/derive/quantities'
import { piecesOf } from './byte-source'
import { type InputDocument, unreadable } from './documents'
import { apiError, CutOff, Failure } from './failures'
import { inflate } from './gunzip'
import { bounded, unpacked } from './unpack'
import {
  asItsHeaderSays,
  readingsOf,
  readZipDirectory,
  readZipHeaders,
  ZIP_METHODS,
  type ZipEntry,
  type ZipReading,
} from './zip-directory'
import { unzstd } from './unzstd'

/** Documents of a session have numbers, of which there are 8,192. */
const mostFiles = 4_000
const stored = 0
const deflate = 8
const zstd = 93
const methods: ReadonlySet<number> = new Set([stored, deflate, zstd])

/** What is in a zip, in its order; where it cannot be read, one document that says why. */
export async function openZip(
  name: string,
  zip: Blob,
  signal: AbortSignal,
): Promise<readonly InputDocument[]> {
  const directory = await readZipDirectory(zip, mostFiles)
  const { entries: listed, more } = directory ?? { entries: await readZipHeaders(zip, mostFiles), more: 0 }
  const entries = directory ? await withoutMistakes(zip, listed) : listed
  if (directory === undefined && entries.length === 0) return [refused(name, damaged(name))]
  if (entries.length === 0)
    return [refused(name, apiError('empty-answer', `${name} is a zip without any file in it.`, checkIt))]
  const overlapping = overlaps(entries)
  const documents = entries.map((entry) => {
    const inner = `${name} › ${entry.path}`
    const fault = overlapping.has(entry) ? overlapped(inner) : faultOf(inner, entry)
    return fault === undefined ? documentOf(inner, zip, entry, signal) : refused(inner, fault)
  })
  if (directory === undefined) documents.push(refused(name, cutOff(name)))
  // Before the others: behind thousands of them nobody would find it.
  if (more > 0)
    documents.unshift(
      refused(
        name,
        apiError(
          'too-large',
          `${name} holds more than ${formatCount(mostFiles)} files: ${formatCount(more)} were left out.`,
          'Unpack it, and open those you need.',
        ),
      ),
    )
  return documents
}

const checkIt = 'Check that it is the right file, and that it was written to its end.'

function refused(name: string, error: Failure['error']): InputDocument {
  return unreadable(name, new Failure(error))
}

/** The files of the list. Where it says of one what keeps others, or that one, from being read, the header of that file is believed. */
async function withoutMistakes(zip: Blob, listed: readonly ZipEntry[]): Promise<readonly ZipEntry[]> {
  const isOverlapping = overlaps(listed).size > 0
  return Promise.all(
    listed.map(async (entry) =>
      isOverlapping || entry.isEncrypted || !methods.has(entry.method) ? asItsHeaderSays(zip, entry) : entry,
    ),
  )
}

/** Why a file is not read, by what the list says of it. */
function faultOf(name: string, { path, isEncrypted, method }: ZipEntry): Failure['error'] | undefined {
  const steps = path.split(/[/\\]/u)
  if (steps[0] === '' || /^[a-z]:$/iu.test(steps[0]) || steps.includes('..'))
    return apiError(
      'bad-answer',
      `${name} has a path that leads out of the zip; it was not read.`,
      'Check where the zip comes from.',
    )
  if (isEncrypted)
    return apiError(
      'bad-answer',
      `${name} is encrypted.`,
      'Unpack it with its password, then open what is inside.',
    )
  if (methods.has(method)) return undefined
  return apiError(
    'bad-answer',
    `${name} is packed with ${ZIP_METHODS.get(method) ?? `method ${method}`}, in a way that Clew does not unpack.`,
    'Unpack it first, then open what is inside.',
  )
}

/** Files whose bytes are part of another's: ten kilobytes can be made to unpack to terabytes that way. */
function overlaps(entries: readonly ZipEntry[]): ReadonlySet<ZipEntry> {
  const found = new Set<ZipEntry>()
  let end = 0
  for (const entry of entries.toSorted((a, b) => a.headerAt - b.headerAt)) {
    if (entry.headerAt < end) found.add(entry)
    end = Math.max(end, entry.headerAt + entry.packedBytes)
  }
  return found
}

function documentOf(name: string, zip: Blob, entry: ZipEntry, signal: AbortSignal): InputDocument {
  const bytes = (onBytes: (bytes: number) => void) => bytesOf(name, zip, entry, signal, onBytes)
  return {
    name,
    totalBytes: entry.packedBytes,
    isFinal: true,
    open: (onBytes) => ({
      chunks: unpacked(name, bytes(onBytes)),
      totalBytes: entry.packedBytes,
      note: undefined,
      isFile: true,
    }),
    bytes: () => Promise.resolve(bytes(() => undefined)),
    size: entry.unpackedBytes,
  }
}

/** The bytes of a file: never more than the list promises, which is what was reckoned with, and in the end with the checksum it names. */
async function* bytesOf(
  name: string,
  zip: Blob,
  entry: ZipEntry,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const readings = await readingsOf(zip, entry)
  if (readings.length === 0) throw new Failure(damaged(name))
  let reading = readings[0]
  if (readings.length > 1)
    for (const one of readings)
      // oxlint-disable-next-line no-await-in-loop -- the first that is whole is enough
      if (await isWhole(name, one, signal)) {
        reading = one
        break
      }
  yield* readBytes(name, reading, signal, onBytes)
}

async function isWhole(name: string, reading: ZipReading, signal: AbortSignal): Promise<boolean> {
  const bytes = readBytes(name, reading, signal, () => undefined)
  try {
    while ((await bytes.next()).done !== true);
    return true
  } catch (thrown) {
    signal.throwIfAborted()
    if (thrown instanceof Failure || thrown instanceof CutOff) return false
    throw thrown
  }
}

async function* readBytes(
  name: string,
  { method, unpackedBytes, checksum: promised, packed }: ZipReading,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const pieces = piecesOf(packed.stream(), signal, onBytes)
  const out =
    method === stored
      ? pieces
      : bounded(name, pieces, method === deflate ? inflate : (bytes) => unzstd(name, bytes))
  let came = 0
  let checksum = 0
  for await (const piece of out) {
    came += piece.length
    if (came > unpackedBytes) throw new Failure(damaged(name))
    checksum = crc32(piece, checksum)
    yield piece as Uint8Array<ArrayBuffer>
  }
  if (came < unpackedBytes || checksum !== promised) throw new Failure(damaged(name))
}

function damaged(name: string): Failure['error'] {
  return apiError(
    'bad-answer',
    `${name} is damaged: it is not what the zip’s list of files says.`,
    'Save or download it again.',
  )
}

function cutOff(name: string): Failure['error'] {
  return apiError(
    'bad-answer',
    `${name} is cut off or damaged: its list of files cannot be read. What stands before that is read.`,
    'Save or download it again.',
  )
}

function overlapped(name: string): Failure['error'] {
  return apiError(
    'bad-answer',
    `${name} shares its bytes with another file of the zip; it was not read.`,
    'Check where the zip comes from.',
  )
}
