import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { gunzip } from './gunzip'
import { splitMembers } from './gzip-members'

type Bytes = Uint8Array<ArrayBuffer>

const text = (seed: number): string =>
  Array.from({ length: 10_000 }, (_, at) => `${((at + seed) * 2_654_435_761) % 1_000_003},`).join('')
const texts = [text(0), text(7), 'short', text(1)]
const members = texts.map((one) => new Uint8Array(gzipSync(one)))
const packed = new Uint8Array(Buffer.concat(members))

async function* inPieces(bytes: Bytes, size: number): AsyncGenerator<Bytes> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.slice(from, from + size)
}

async function unpack(bytes: Bytes, size: number): Promise<{ out: string; thrown: unknown }> {
  const pieces: Uint8Array[] = []
  let thrown: unknown
  try {
    for await (const piece of gunzip(inPieces(bytes, size))) pieces.push(piece.slice())
  } catch (cause) {
    thrown = cause
  }
  return { out: Buffer.concat(pieces).toString(), thrown }
}

test.each([packed.length, 70_000, 997])('members in pieces of %i bytes are all read', async (size) => {
  const { out, thrown } = await unpack(packed, size)
  expect(thrown).toBeUndefined()
  expect(out === texts.join('')).toBe(true)
})

test.each([packed.length, 997, 3])('pieces of %i bytes are parted where members begin', async (size) => {
  const given: Bytes[] = []
  const begins: number[] = []
  let at = 0
  for await (const { bytes, lengthBefore } of splitMembers(inPieces(packed, size))) {
    if (lengthBefore !== undefined) begins.push(at)
    given.push(bytes.slice())
    at += bytes.length
  }
  expect(Buffer.concat(given).equals(packed)).toBe(true)
  let end = 0
  for (const member of members.slice(0, -1)) expect(begins).toContain((end += member.length))
})

test('the last of several members cut off is said, and what came before is kept', async () => {
  const { out, thrown } = await unpack(packed.slice(0, -9), 10_000)
  expect(thrown).toMatchObject({ packing: 'cut-off' })
  expect(texts.join('').startsWith(out)).toBe(true)
  expect(out.length).toBeGreaterThan(texts[0].length)
})

test('something else after the end is said, and what came before is kept', async () => {
  const { out, thrown } = await unpack(new Uint8Array([...members[0], ...Buffer.from('and more')]), 1_000_000)
  expect(thrown).toMatchObject({ packing: 'followed' })
  expect(out === texts[0]).toBe(true)
})
