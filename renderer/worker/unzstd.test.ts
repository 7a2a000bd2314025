import { constants, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { CutOff, Failure } from './failures'
import { unzstd } from './unzstd'

const text = Array.from({ length: 200_000 }, (_, at) => `${(at * 2_654_435_761) % 1_000_003},`).join('')
const packed = Uint8Array.from(zstdCompressSync(text))

async function* inPieces(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.slice(from, from + size)
}

async function unpack(bytes: Uint8Array<ArrayBuffer>, size: number) {
  const pieces: Uint8Array[] = []
  let thrown: unknown
  try {
    for await (const piece of unzstd('x.zst', inPieces(bytes, size))) pieces.push(piece)
  } catch (cause) {
    thrown = cause
  }
  return { out: Buffer.concat(pieces).toString(), thrown }
}

test.each([packed.length, 1_000, 7])('zstd in pieces of %i bytes comes out whole', async (size) => {
  const { out, thrown } = await unpack(packed, size)
  expect(thrown).toBeUndefined()
  expect(out === text).toBe(true)
})

test('one frame after another', async () => {
  const { out } = await unpack(
    Uint8Array.from([...zstdCompressSync('{"a":1}\n'), ...zstdCompressSync('{"b":2}\n')]),
    5,
  )
  expect(out).toBe('{"a":1}\n{"b":2}\n')
})

test('what came before a cut or damage is kept, and that it broke off is said', async () => {
  const cut = await unpack(packed.slice(0, packed.length >> 1), 10_000)
  expect(cut.thrown).toBeInstanceOf(CutOff)
  expect((cut.thrown as CutOff).packing).toBe('cut-off')
  expect(text.startsWith(cut.out)).toBe(true)
  expect(cut.out.length).toBeGreaterThan(text.length * 0.3)
  const followed = await unpack(
    Uint8Array.from([...zstdCompressSync('{"a":1}'), ...new Uint8Array(200).fill(0xff)]),
    50,
  )
  expect(followed.out).toBe('{"a":1}')
  expect(followed.thrown).toBeInstanceOf(CutOff)
})

const checked = (content: string): Uint8Array =>
  zstdCompressSync(content, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })

test.each([1, 30, 100_000])('frames with checksums in pieces of %i bytes come out whole', async (size) => {
  // A frame that is to be passed over lies between.
  const skippable = [0x51, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
  const frames = Uint8Array.from([...checked('{"a":1}\n'), ...skippable, ...checked('x'.repeat(1_000))])
  expect(await unpack(frames, size)).toEqual({ out: `{"a":1}\n${'x'.repeat(1_000)}`, thrown: undefined })
})

test('a byte that changed on the way is found by the checksum', async () => {
  // Too short to be compressed: it stands in the frame as it is.
  const frame = checked('{"a":1}')
  const at = Buffer.from(frame).indexOf('1')
  const { out, thrown } = await unpack(Uint8Array.from([...frame.with(at, 0x32), ...checked('{"b":2}')]), 5)
  expect(out).toBe('{"a":2}')
  expect(thrown).toBeInstanceOf(CutOff)
  expect((thrown as CutOff).packing).toBe('damaged')
})

test('a window that would fill memory is refused', async () => {
  const wide = Uint8Array.from(
    zstdCompressSync(text, {
      params: { [constants.ZSTD_c_windowLog]: 17, [constants.ZSTD_c_contentSizeFlag]: 0 },
    }),
  )
  // The descriptor of the window: 2 GB.
  wide[5] = 21 << 3
  expect((await unpack(wide, 50)).thrown).toBeInstanceOf(Failure)
})

test('little comes out at once of blocks that say `zeros` in four bytes', async () => {
  const header = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x58]
  // 128 KB of one byte, not the last block.
  const block = [(1 << 1) | ((131_072 << 3) & 0xff), (131_072 >> 5) & 0xff, (131_072 >> 13) & 0xff, 0]
  const bomb = Uint8Array.from([...header, ...Array.from({ length: 2_000 }, () => block).flat()])
  const heldBefore = process.memoryUsage().arrayBuffers
  const out = unzstd('bomb.zst', inPieces(bomb, bomb.length))
  expect((await out.next()).value).toHaveLength(131_072)
  // All of it is 260 MB.
  expect(process.memoryUsage().arrayBuffers - heldBefore).toBeLessThan(100_000_000)
  await out.return(undefined)
})
