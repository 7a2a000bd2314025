/** Files that hold the same bytes as another. */
import type { InputDocument } from './documents'

type Bytes = NonNullable<InputDocument['bytes']>

/**
 * Marks each that has the same bytes as one before it. Bytes are looked at only where there are as many of them: a hash tells almost all
 * apart with one reading each, and what it does not is compared.
 */
export async function sameAs(
  documents: readonly InputDocument[],
  signal: AbortSignal,
): Promise<readonly InputDocument[]> {
  const sizes = new Map<number, number>()
  for (const { size } of documents) if (size !== undefined) sizes.set(size, (sizes.get(size) ?? 0) + 1)
  const byHash = new Map<string, InputDocument[]>()
  const marked: InputDocument[] = []
  for (const document of documents) {
    const { size = 0, bytes } = document
    const same =
      size > 0 && (sizes.get(size) ?? 0) > 1 && bytes !== undefined
        ? await firstSame(document, bytes, byHash, signal)
        : undefined
    marked.push(same === undefined ? document : { ...document, sameAs: same.name })
  }
  return marked
}

async function firstSame(
  document: InputDocument,
  bytes: Bytes,
  byHash: Map<string, InputDocument[]>,
  signal: AbortSignal,
): Promise<InputDocument | undefined> {
  const { size = 0 } = document
  const isSmall = size <= smallBytes
  const hash = await (isSmall ? textOf(bytes) : hashOf(bytes))
  signal.throwIfAborted()
  if (hash === undefined) return undefined
  const key = `${size} ${hash}`
  const before = byHash.get(key) ?? []
  byHash.set(key, before)
  for (const other of before)
    if (isSmall || (other.bytes !== undefined && (await areSame(bytes, other.bytes)))) return other
  before.push(document)
  return undefined
}

/** Opening a file takes longer than reading so little: it is its own hash. */
const smallBytes = 1_024

/** A letter for each byte; undefined as in hashOf(), and where there are more of them than were promised. */
async function textOf(bytes: Bytes): Promise<string | undefined> {
  let text = ''
  try {
    for await (const piece of await bytes()) {
      text += String.fromCharCode(...piece.subarray(0, smallBytes + 1))
      if (text.length > smallBytes) return undefined
    }
    return text
  } catch {
    return undefined
  }
}

/** Undefined where reading breaks off: why is told when it is read. */
async function hashOf(bytes: Bytes): Promise<number | undefined> {
  let hash = 0x811c9dc5
  try {
    for await (const piece of await bytes())
      for (const byte of piece) hash = Math.imul(hash ^ byte, 0x01000193)
    return hash
  } catch {
    return undefined
  }
}

/** Reads both as far as they are the same; what breaks off is not the same as anything. */
async function areSame(a: Bytes, b: Bytes): Promise<boolean> {
  const left = reader(await a())
  const right = reader(await b())
  try {
    for (;;) {
      const one = await left.next()
      const other = await right.next()
      if (one === undefined || other === undefined) return one === other
      const length = Math.min(one.length, other.length)
      for (let at = 0; at < length; at++) if (one[at] !== other[at]) return false
      left.keep(one.subarray(length))
      right.keep(other.subarray(length))
    }
  } catch {
    // Why it cannot be read is told when it is.
    return false
  } finally {
    await left.close()
    await right.close()
  }
}

function reader(bytes: AsyncIterable<Uint8Array>) {
  const pieces = bytes[Symbol.asyncIterator]()
  let kept: Uint8Array = new Uint8Array(0)
  return {
    async next(): Promise<Uint8Array | undefined> {
      while (kept.length === 0) {
        const { done, value } = await pieces.next()
        if (done === true) return undefined
        kept = value
      }
      const piece = kept
      kept = new Uint8Array(0)
      return piece
    },
    keep(rest: Uint8Array): void {
      kept = rest
    },
    async close(): Promise<void> {
      await pieces.return?.(undefined)
    },
  }
}
