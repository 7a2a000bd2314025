/** Unpacks gzip piece by piece, losing nothing of what came before the packing breaks off. */
import { CutOff } from './failures'

/** So much packed is handed over at a time: ten times as much may come out of it at once. */
const mostAtOnce = 65_536

/**
 * A plain `pipeThrough` would drop what waits to be read when the stream fails, and the end of a file that was cut off is just that.
 * So everything that came out is read before more goes in, and before the end is declared.
 */
export async function* gunzip(packed: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('gzip')
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  let next = reader.read()
  try {
    for await (const piece of packed) {
      for (let from = 0; from < piece.length; from += mostAtOnce) {
        const taken = settled(writer.write(piece.subarray(from, from + mostAtOnce)))
        // Output is there before its input counts as taken: when `taken` is first, nothing waits to be read.
        for (;;) {
          const out = await Promise.race([readOrCutOff(next), taken])
          if (out === undefined) break
          if (out.done) return
          next = reader.read()
          yield out.value
        }
      }
    }
    const closed = settled(writer.close())
    for (let out = await readOrCutOff(next); !out.done; out = await readOrCutOff(reader.read()))
      yield out.value
    await closed
  } finally {
    void settled(next)
    void settled(reader.cancel())
    void settled(writer.abort())
  }
}

/** When it is over, well or badly: what went badly is told by the read. */
function settled(promise: Promise<unknown>): Promise<undefined> {
  return promise.then(
    () => undefined,
    () => undefined,
  )
}

async function readOrCutOff(
  read: Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>>,
): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
  try {
    return await read
  } catch (cause) {
    throw new CutOff(cause)
  }
}
