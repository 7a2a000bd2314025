/** Unpacks what is packed, by its first bytes: names and content types are often wrong. */
import { apiError, Failure } from './failures'
import { gunzip } from './gunzip'
import { unzstd } from './unzstd'

/** From here on what comes out is compared with what went in: real traces come out ten to fifty times as long. */
const harmlessBytes = 2 ** 26
const mostGrowth = 500
/** So much packed goes in at a time: of a bomb that is read whole, as much as that allows would come out. */
const mostAtOnce = 65_536

const isGzip = (head: Uint8Array): boolean => head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b
const isZstd = (head: Uint8Array): boolean =>
  head.length >= 4 && head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd

/** The bytes themselves, or what comes out of them where they are gzip or zstd. */
export async function* unpacked(
  name: string,
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array> {
  try {
    const head = await headOf(pieces)
    const all = startingWith(head, pieces)
    if (isGzip(head)) yield* bounded(name, all, gunzip)
    else if (isZstd(head)) yield* bounded(name, all, (packed) => unzstd(name, packed))
    else yield* all
  } finally {
    await pieces.return(undefined)
  }
}

/** What comes out, as long as it stands in some proportion to what goes in: a bomb of a megabyte would fill memory. */
export async function* bounded(
  name: string,
  packed: AsyncIterable<Uint8Array<ArrayBuffer>>,
  unpack: (packed: AsyncIterable<Uint8Array<ArrayBuffer>>) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let wentIn = 0
  let cameOut = 0
  async function* counted(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for await (const piece of packed) {
      for (let from = 0; from < piece.length; from += mostAtOnce) {
        const part = piece.subarray(from, from + mostAtOnce)
        wentIn += part.length
        yield part
      }
    }
  }
  for await (const piece of unpack(counted())) {
    cameOut += piece.length
    if (cameOut > harmlessBytes && cameOut > wentIn * mostGrowth)
      throw new Failure(
        apiError(
          'too-large',
          `${name} unpacks to more than ${mostGrowth} times its size: reading stopped there.`,
          'No real trace does that. Check where it comes from.',
        ),
      )
    yield piece
  }
}

async function* startingWith<Piece extends Uint8Array>(
  head: Piece,
  rest: AsyncIterable<Piece>,
): AsyncGenerator<Piece> {
  if (head.length > 0) yield head
  yield* rest
}

/** The first four bytes or more, of however small pieces. */
export async function headOf(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  let head = new Uint8Array(0)
  while (head.length < 4) {
    const { done, value } = await pieces.next()
    if (done === true) break
    if (head.length === 0) head = value
    else {
      const joined = new Uint8Array(head.length + value.length)
      joined.set(head)
      joined.set(value, head.length)
      head = joined
    }
  }
  return head
}
