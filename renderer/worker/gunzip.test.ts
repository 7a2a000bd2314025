import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { CutOff } from './failures'
import { gunzip } from './gunzip'

const text = Array.from({ length: 200_000 }, (_, at) => `${(at * 2_654_435_761) % 1_000_003},`).join('')
const packed = new Uint8Array(gzipSync(text))

async function* inPieces(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.slice(from, from + size)
}

/** What came out, and what it was thrown with. */
async function unpack(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
): Promise<{ out: string; thrown: unknown }> {
  const pieces: Uint8Array[] = []
  let thrown: unknown
  try {
    for await (const piece of gunzip(inPieces(bytes, size))) pieces.push(piece.slice())
  } catch (cause) {
    thrown = cause
  }
  return { out: Buffer.concat(pieces).toString(), thrown }
}

test.each([packed.length, 1_000, 77])('gzip in pieces of %i bytes comes out whole', async (size) => {
  const { out, thrown } = await unpack(packed, size)
  expect(thrown).toBeUndefined()
  expect(out === text).toBe(true)
})

test('what came before a cut is kept, and the cut is said', async () => {
  const { out, thrown } = await unpack(packed.slice(0, Math.floor(packed.length / 2)), 50_000)
  expect(thrown).toBeInstanceOf(CutOff)
  expect(text.startsWith(out)).toBe(true)
  expect(out.length).toBeGreaterThan(text.length * 0.4)
})

test('a small file that was cut off is not lost either', async () => {
  const small = new Uint8Array(gzipSync('x'.repeat(50) + 'The quick brown fox'.repeat(500)))
  const { out, thrown } = await unpack(small.slice(0, -9), 1_000_000)
  expect(thrown).toBeInstanceOf(CutOff)
  expect(out.length).toBeGreaterThan(0)
})

test('damage in the middle is said', async () => {
  const damaged = packed.slice()
  damaged.fill(0xff, packed.length >> 1, (packed.length >> 1) + 200)
  const { thrown } = await unpack(damaged, 10_000)
  expect(thrown).toBeInstanceOf(CutOff)
})

test('who stops reading stops the unpacking', async () => {
  let returned = false
  async function* watched(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    try {
      yield* inPieces(packed, 1_000)
    } finally {
      returned = true
    }
  }
  for await (const piece of gunzip(watched())) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  expect(returned).toBe(true)
})
