/** Where a gzip file may go on with another member. */

/** A stretch of packed bytes. */
export interface Stretch {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where `bytes` look like the beginning of a further member: the unpacked length that the one before it would have ended with. */
  readonly lengthBefore: number | undefined
}

/** A header is known by four bytes; a member ends with the length of what is in it, in four bytes. */
const headBytes = 4
const lengthBytes = 4

/** The same bytes, parted before each possible beginning of a further member. */
export async function* splitMembers(packed: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<Stretch> {
  /** The last bytes given out. */
  let given = new Uint8Array(0)
  /** Bytes that may be the beginning of a header, and are too few to say. */
  let held = new Uint8Array(0)
  let lengthBefore: number | undefined
  const stretch = (bytes: Uint8Array<ArrayBuffer>): Stretch => {
    const result = { bytes, lengthBefore }
    given = join(given, bytes.subarray(Math.max(0, bytes.length - lengthBytes))).slice(-lengthBytes)
    lengthBefore = undefined
    return result
  }
  for await (const piece of packed) {
    const bytes = held.length === 0 ? piece : join(held, piece)
    let from = 0
    let at = nextHead(bytes, 0)
    for (; at >= 0 && at + headBytes <= bytes.length; at = nextHead(bytes, at + 1)) {
      if (at > from) yield stretch(bytes.subarray(from, at))
      lengthBefore = lengthIn(given)
      from = at
    }
    held = at < 0 ? new Uint8Array(0) : bytes.slice(at)
    const to = at < 0 ? bytes.length : at
    if (to > from) yield stretch(bytes.subarray(from, to))
  }
  if (held.length > 0) yield stretch(held)
}

/** The first header from there on, or what the end leaves of one; -1 = none. */
function nextHead(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x1f, from); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    const isHead =
      fits(bytes, at + 1, (byte) => byte === 0x8b) &&
      fits(bytes, at + 2, (byte) => byte === 0x08) &&
      fits(bytes, at + 3, (byte) => byte < 0x20)
    if (isHead) return at
  }
  return -1
}

function fits(bytes: Uint8Array, at: number, test: (byte: number) => boolean): boolean {
  return at >= bytes.length || test(bytes[at])
}

function lengthIn(last: Uint8Array<ArrayBuffer>): number | undefined {
  return last.length < lengthBytes ? undefined : new DataView(last.buffer, last.byteOffset).getUint32(0, true)
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
