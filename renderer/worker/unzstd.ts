/** Unpacks zstd piece by piece: no browser has it built in yet. */
import { Decompress } from 'fzstd'
import { Xxh64 } from '#shared/base/xxh64'
import { apiError, CutOff, Failure } from './failures'
import { splitFrames } from './zstd-frames'

/** What `zstd` itself unpacks unless told otherwise: the window is kept in memory. */
const longestWindow = 2 ** 27
const headerBytes = 14
/** So much packed is handed over at a time: four bytes may say `128 KB of zeros`, so 16 MB may come out of it at once. */
const mostAtOnce = 512

/** All frames of zstd, one after the other, held against their checksums; what came out before it broke off is given out. */
export async function* unzstd(
  name: string,
  packed: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array> {
  let out: Uint8Array[] = []
  const take = (bytes: Uint8Array): void => {
    out.push(bytes.slice())
    hash.push(bytes)
  }
  let hash = new Xxh64()
  /** Not between two frames, nor behind the last. */
  let isWithin = false
  let stream = new Decompress(take)
  let head = new Uint8Array(0)
  for await (const { bytes, isEnd, checksum } of splitFrames(packed)) {
    if (head.length < headerBytes) {
      head = joined(head, bytes)
      if (windowOf(head) > longestWindow) throw new Failure(tooWide(name))
    }
    for (let from = 0; from < bytes.length; from += mostAtOnce) {
      const fault = push(stream, bytes.subarray(from, from + mostAtOnce), false)
      yield* out
      out = []
      if (fault !== undefined) throw new CutOff(fault, 'damaged')
    }
    isWithin = !isEnd
    if (isWithin) continue
    // Only now comes what is in its last block.
    const fault = push(stream, new Uint8Array(0), true)
    yield* out
    out = []
    if (fault !== undefined) throw new CutOff(fault, 'damaged')
    if (checksum !== undefined && checksum !== hash.digest().low)
      throw new CutOff(new Error('The checksum of zstd is another.'), 'damaged')
    hash = new Xxh64()
    stream = new Decompress(take)
    head = new Uint8Array(0)
  }
  if (!isWithin) return
  const fault = push(stream, new Uint8Array(0), true)
  yield* out
  if (fault !== undefined) throw new CutOff(fault, 'cut-off')
}

function push(stream: Decompress, bytes: Uint8Array, isLast: boolean): unknown {
  try {
    stream.push(bytes, isLast)
    return undefined
  } catch (cause) {
    return cause
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/** Bytes that a frame may refer back to; 0 while that is not known. RFC 8878, 3.1.1.1. */
function windowOf(head: Uint8Array): number {
  if (head.length < headerBytes || !isFrame(head)) return 0
  const flags = head[4]
  const isSingle = (flags & 0x20) !== 0
  if (!isSingle) {
    const base = 2 ** (10 + (head[5] >> 3))
    return base + (base / 8) * (head[5] & 7)
  }
  // The whole content is the window; its size stands behind the id of the dictionary.
  const at = 5 + [0, 1, 2, 4][flags & 3]
  const bytes = [1, 2, 4, 8][flags >> 6]
  let size = 0
  for (let i = bytes - 1; i >= 0; i--) size = size * 256 + head[at + i]
  return size
}

const isFrame = ([a, b, c, d]: Uint8Array): boolean => a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd

function tooWide(name: string) {
  return apiError(
    'too-large',
    `${name} is compressed with zstd over more than 128 MB at once, for which there may not be enough memory.`,
    'Unpack it with `zstd --decompress --long=31`, then open what is inside.',
  )
}
