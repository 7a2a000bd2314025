/** Writes zips, also such as nobody should. */
import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib'

/** A file for a zip. */
export interface Packed {
  readonly path: string
  readonly content: Uint8Array
  readonly method?: number
  readonly flags?: number
  /** Lies about the size. */
  readonly size?: number
  /** Points to the header of another. */
  readonly at?: number
}

/** A zip as APPNOTE.TXT has it; `wide` puts the place of the list where 64 bits are. */
export function zipOf(files: readonly Packed[], wide = false): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const list: Uint8Array<ArrayBuffer>[] = []
  let at = 0
  const put = (into: Uint8Array<ArrayBuffer>[], bytes: Uint8Array): void => {
    into.push(Uint8Array.from(bytes))
    if (into === parts) at += bytes.length
  }
  for (const { path, content, method = 8, flags = 0x800, size, at: elsewhere } of files) {
    const packed =
      method === 8 ? deflateRawSync(content) : method === 93 ? zstdCompressSync(content) : content
    const name = Uint8Array.from(Buffer.from(path))
    const headerAt = elsewhere ?? at
    const common = new DataView(new ArrayBuffer(26))
    common.setUint16(0, 20, true)
    common.setUint16(2, flags, true)
    common.setUint16(4, method, true)
    common.setUint32(10, crc32(content), true)
    common.setUint32(14, packed.length, true)
    common.setUint32(18, size ?? content.length, true)
    common.setUint16(22, name.length, true)
    if (elsewhere === undefined) {
      put(parts, Uint8Array.of(0x50, 0x4b, 3, 4, ...new Uint8Array(common.buffer)))
      put(parts, name)
      put(parts, packed)
    }
    const more = new DataView(new ArrayBuffer(14))
    more.setUint32(10, headerAt, true)
    put(
      list,
      Uint8Array.of(
        0x50,
        0x4b,
        1,
        2,
        20,
        0,
        ...new Uint8Array(common.buffer),
        ...new Uint8Array(more.buffer),
      ),
    )
    put(list, name)
  }
  const bytes = list.reduce((sum, part) => sum + part.length, 0)
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(10, wide ? 0xffff : files.length, true)
  end.setUint32(12, wide ? 0xffffffff : bytes, true)
  end.setUint32(16, wide ? 0xffffffff : at, true)
  if (!wide) return joined([...parts, ...list, bytesOf(end)])
  const end64 = new DataView(new ArrayBuffer(56))
  end64.setUint32(0, 0x06064b50, true)
  end64.setUint32(40, bytes, true)
  end64.setUint32(48, at, true)
  const locator = new DataView(new ArrayBuffer(20))
  locator.setUint32(0, 0x07064b50, true)
  locator.setUint32(8, at + bytes, true)
  return joined([...parts, ...list, bytesOf(end64), bytesOf(locator), bytesOf(end)])
}

const bytesOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer)

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.concat(parts))
