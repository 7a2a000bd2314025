/** Unpacks zstd piece by piece: no browser has it built in yet. */
import { Decompress } from 'fzstd'
import { apiError, CutOff, Failure } from './failures'

/** What `zstd` itself unpacks unless told otherwise: the window is kept in memory. */
const longestWindow = 2 ** 27
const headerBytes = 14
/** So much packed is handed over at a time: a thousand times as much may come out of it at once. */
const mostAtOnce = 16_384

/** All frames of zstd, one after the other; what came out before it broke off is given out. */
export async function* unzstd(
  name: string,
  packed: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array> {
  let out: Uint8Array[] = []
  const stream = new Decompress((bytes) => void out.push(bytes.slice()))
  let head = new Uint8Array(0)
  for await (const piece of packed) {
    if (head.length < headerBytes) {
      head = joined(head, piece)
      if (windowOf(head) > longestWindow) throw new Failure(tooWide(name))
    }
    for (let from = 0; from < piece.length; from += mostAtOnce) {
      const fault = push(stream, piece.subarray(from, from + mostAtOnce), false)
      yield* out
      out = []
      if (fault !== undefined) throw new CutOff(fault, 'damaged')
    }
  }
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

/** Bytes that the first frame may refer back to; 0 while that is not known. RFC 8878, 3.1.1.1. */
function windowOf(head: Uint8Array): number {
  if (head.length < headerBytes) return 0
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

function tooWide(name: string) {
  return apiError(
    'too-large',
    `${name} is compressed with zstd over more than 128 MB at once, for which there may not be enough memory.`,
    'Unpack it with `zstd --decompress --long=31`, then open what is inside.',
  )
}
