/** Writes a zip, so that any tool can look into what was saved. Format: APPNOTE.TXT of PKWARE, 4.3. */

import { crc32 } from '#shared/base/crc32'

export interface ZipFile {
  readonly path: string
  readonly content: Uint8Array<ArrayBuffer>
}

/** What 32 bits hold: larger needs fields that some tools do not read, and nobody saves an investigation of 4 GB. */
const mostBytes = 0xffffffff
const deflate = 8
/** Paths are UTF-8. */
const utf8 = 0x800
const versionNeeded = 20

async function deflated(content: Uint8Array<ArrayBuffer>): Promise<Blob> {
  return new Response(new Blob([content]).stream().pipeThrough(new CompressionStream('deflate-raw'))).blob()
}

/** The zip of these files, in their order. Throws RangeError where it would be larger than a plain zip can be. */
export async function writeZip(files: readonly ZipFile[]): Promise<Blob> {
  const parts: BlobPart[] = []
  const list: BlobPart[] = []
  let at = 0
  let listBytes = 0
  for (const { path, content } of files) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other: all at once would hold all of them twice
    const packed = await deflated(content)
    const name = new TextEncoder().encode(path)
    // What the header of a file and the list of files say alike.
    const common = new DataView(new ArrayBuffer(26))
    common.setUint16(0, versionNeeded, true)
    common.setUint16(2, utf8, true)
    common.setUint16(4, deflate, true)
    // Day 1 of month 1: 1980, for tools that refuse a day 0.
    common.setUint16(8, 0x21, true)
    common.setUint32(10, crc32(content), true)
    common.setUint32(14, packed.size, true)
    common.setUint32(18, content.length, true)
    common.setUint16(22, name.length, true)
    const place = new DataView(new ArrayBuffer(14))
    place.setUint32(10, at, true)
    parts.push(Uint8Array.of(0x50, 0x4b, 3, 4), common, name, packed)
    list.push(Uint8Array.of(0x50, 0x4b, 1, 2, versionNeeded, 0), common, place, name)
    at += 30 + name.length + packed.size
    listBytes += 46 + name.length
    if (at + listBytes > mostBytes || content.length > mostBytes)
      throw new RangeError('An investigation of more than 4 GB cannot be saved as one file.')
  }
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(8, files.length, true)
  end.setUint16(10, files.length, true)
  end.setUint32(12, listBytes, true)
  end.setUint32(16, at, true)
  return new Blob([...parts, ...list, end], { type: 'application/zip' })
}
