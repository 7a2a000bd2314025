/** Unpacks gzip piece by piece, losing nothing of what came before the packing breaks off. */
import { CutOff, type PackingFault } from './failures'
import { splitMembers } from './gzip-members'

/** So much packed is handed over at a time: ten times as much may come out of it at once. */
const mostAtOnce = 65_536

/** A busy machine may take seconds for what is under way; so much of it there may be: some writes, each a thousand times as long unpacked. */
const mostTurns = 250
const mostUnderWay = 2 ** 28

function mayStillCome({ unpackedBytes }: Member, length: number): boolean {
  const missing = (length - (unpackedBytes % 2 ** 32) + 2 ** 32) % 2 ** 32
  return missing > 0 && missing <= mostUnderWay
}

/**
 * Every member, one after the other: `cat a.gz b.gz` and pigz write several, and the platform reads only the first. Where the next one
 * begins is told by its first bytes, and by the length that stands before them, which must be that of what came out.
 */
export async function* gunzip(packed: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array> {
  let member = new Member()
  try {
    for await (const { bytes, lengthBefore } of splitMembers(packed)) {
      if (lengthBefore !== undefined) {
        yield* member.drain(aWhile())
        // Some platforms unpack on another thread, and say that they took what they have not unpacked yet.
        for (let turn = 0; turn < mostTurns && mayStillCome(member, lengthBefore); turn++)
          yield* member.drain(longer())
        if (member.unpackedBytes % 2 ** 32 === lengthBefore) {
          yield* member.finish()
          member.release()
          member = new Member()
        }
      }
      yield* member.write(bytes)
    }
    yield* member.finish()
  } finally {
    member.release()
  }
}

/** Unpacks bare deflate, as it stands in a zip, losing as little. */
export async function* inflate(packed: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array> {
  const member = new Member('deflate-raw')
  try {
    for await (const bytes of packed) yield* member.write(bytes)
    yield* member.finish()
  } finally {
    member.release()
  }
}

/**
 * One packed stream. A plain `pipeThrough` would drop what waits to be read when the stream fails, and the end of a file that was cut
 * off is just that. So everything that came out is read before more goes in, and before the end is declared.
 */
class Member {
  /** Bytes that came out. */
  unpackedBytes = 0
  readonly #writer: WritableStreamDefaultWriter<BufferSource>
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>
  #next: Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>>

  constructor(format: 'gzip' | 'deflate-raw' = 'gzip') {
    const stream = new DecompressionStream(format)
    this.#writer = stream.writable.getWriter()
    this.#reader = stream.readable.getReader()
    this.#next = this.#read()
  }

  async *write(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; from += mostAtOnce) {
      const taken = settled(this.#writer.write(bytes.subarray(from, from + mostAtOnce)))
      yield* this.#readUntil(taken, 'damaged')
    }
  }

  /** Reads what has come out already. */
  drain(over: Promise<undefined>): AsyncGenerator<Uint8Array> {
    return this.#readUntil(over, 'damaged')
  }

  /** Reads to the end; no more goes in. */
  async *finish(): AsyncGenerator<Uint8Array> {
    const closed = settled(this.#writer.close())
    for (;;) {
      const out = await readOrCutOff(this.#next, 'cut-off')
      if (out.done) break
      yield this.#took(out.value)
    }
    await closed
  }

  release(): void {
    void settled(this.#reader.cancel())
    void settled(this.#writer.abort())
  }

  /** Output is there before its input counts as taken: when `over` is first, nothing waits to be read. */
  async *#readUntil(over: Promise<undefined>, fault: PackingFault): AsyncGenerator<Uint8Array> {
    for (;;) {
      const out = await Promise.race([readOrCutOff(this.#next, fault), over])
      if (out === undefined || out.done) return
      yield this.#took(out.value)
    }
  }

  /** It may fail before anybody waits for it. */
  #read(): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
    const read = this.#reader.read()
    void settled(read)
    return read
  }

  #took(value: Uint8Array): Uint8Array {
    this.#next = this.#read()
    this.unpackedBytes += value.length
    return value
  }
}

/** When it is over, well or badly: what went badly is told by the read. */
function settled(promise: Promise<unknown>): Promise<undefined> {
  return promise.then(
    () => undefined,
    () => undefined,
  )
}

/** Long enough for a read of what is there to come first. */
async function aWhile(): Promise<undefined> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve()
  return undefined
}

function longer(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), 20))
}

async function readOrCutOff(
  read: Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>>,
  fault: PackingFault,
): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
  try {
    return await read
  } catch (cause) {
    throw new CutOff(cause, faultOf(cause, fault))
  }
}

/** Browsers say in words alone what was wrong. */
function faultOf(cause: unknown, otherwise: PackingFault): PackingFault {
  const words = cause instanceof Error ? cause.message : String(cause)
  if (/junk/iu.test(words)) return 'followed'
  return /not valid|invalid|incorrect/iu.test(words) ? 'damaged' : otherwise
}
