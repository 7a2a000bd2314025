/** The list of what is in a zip, which stands at its end. Format: APPNOTE.TXT of PKWARE, 4.3.12 to 4.3.16. */

/** A file in a zip. */
export interface ZipEntry {
  readonly path: string
  readonly isEncrypted: boolean
  /** 0 stored, 8 deflate, 93 zstd; others as in `ZIP_METHODS`. */
  readonly method: number
  readonly packedBytes: number
  readonly unpackedBytes: number
  /** CRC-32 of what is unpacked. */
  readonly checksum: number
  /** Where its own header begins, which repeats this and comes before its bytes. */
  readonly headerAt: number
}

/** Ways of packing that are told by name, and not unpacked. */
export const ZIP_METHODS: ReadonlyMap<number, string> = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [95, 'xz'],
  [98, 'PPMd'],
])

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[]
  /** Files past the most that are listed. */
  readonly more: number
}

const endSignature = 0x06054b50
const end64Signature = 0x06064b50
const locator64Signature = 0x07064b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
const endBytes = 22
const locator64Bytes = 20
const entryBytes = 46
const localBytes = 30
/** A flag of a file's header: its sizes stand behind its bytes. */
const sizesComeLater = 8
/** A comment is at most this long, and stands behind the end. */
const longestComment = 65_535
/** The list of 100,000 files is 10 MB. */
const longestDirectory = 2 ** 26

/** Reads the list; undefined where there is none that makes sense. `most` entries are listed, the others counted. */
export async function readZipDirectory(zip: Blob, most: number): Promise<ZipDirectory | undefined> {
  const tailAt = Math.max(0, zip.size - endBytes - longestComment - locator64Bytes)
  const tail = await viewOf(zip, tailAt, zip.size)
  let end = tail.byteLength - endBytes
  while (end >= 0 && tail.getUint32(end, true) !== endSignature) end--
  if (end < 0) return undefined
  let bytes = tail.getUint32(end + 12, true)
  let at = tail.getUint32(end + 16, true)
  if (bytes === 0xffffffff || at === 0xffffffff || tail.getUint16(end + 10, true) === 0xffff) {
    const locator = end - locator64Bytes
    if (locator >= 0 && tail.getUint32(locator, true) === locator64Signature) {
      const end64At = size64(tail, locator + 8)
      const end64 = await viewOf(zip, end64At, end64At + 56)
      if (end64.byteLength < 56 || end64.getUint32(0, true) !== end64Signature) return undefined
      bytes = size64(end64, 40)
      at = size64(end64, 48)
    }
  }
  if (at + bytes > zip.size || bytes > longestDirectory) return undefined
  return entriesOf(await viewOf(zip, at, at + bytes), most)
}

function entriesOf(view: DataView, most: number): ZipDirectory | undefined {
  const entries: ZipEntry[] = []
  let more = 0
  let at = 0
  while (at + entryBytes <= view.byteLength) {
    if (view.getUint32(at, true) !== entrySignature) return undefined
    const pathBytes = view.getUint16(at + 28, true)
    const extraAt = at + entryBytes + pathBytes
    const extraBytes = view.getUint16(at + 30, true)
    const next = extraAt + extraBytes + view.getUint16(at + 32, true)
    if (next > view.byteLength) return undefined
    const path = new TextDecoder().decode(
      new Uint8Array(view.buffer, view.byteOffset + at + entryBytes, pathBytes),
    )
    const [unpackedBytes, packedBytes, headerAt] = sizesOf(view, at, extraAt, extraAt + extraBytes)
    if (!isNobodys(path)) {
      if (entries.length >= most) more++
      else
        entries.push({
          path,
          isEncrypted: (view.getUint16(at + 8, true) & 1) !== 0,
          method: view.getUint16(at + 10, true),
          packedBytes,
          unpackedBytes,
          checksum: view.getUint32(at + 16, true),
          headerAt,
        })
    }
    at = next
  }
  return { entries, more }
}

/** A folder, or what systems put beside the files. */
const isNobodys = (path: string): boolean => /[/\\]$|(?:^|\/)(?:__MACOSX\/|\.DS_Store$)/u.test(path)

/**
 * What the headers before the files say, for a zip that was cut off before its list. Ends at the first that leaves its size open; the last
 * one may be of a file that is not whole.
 */
export async function readZipHeaders(zip: Blob, most: number): Promise<readonly ZipEntry[]> {
  const entries: ZipEntry[] = []
  for (let at = 0; entries.length < most;) {
    // oxlint-disable-next-line no-await-in-loop -- each tells where the next one is
    const header = await viewOf(zip, at, at + localBytes)
    if (header.byteLength < localBytes || header.getUint32(0, true) !== localSignature) break
    const flags = header.getUint16(6, true)
    const packedBytes = header.getUint32(18, true)
    if ((flags & sizesComeLater) !== 0 || packedBytes === 0xffffffff) break
    const pathEnd = at + localBytes + header.getUint16(26, true)
    // oxlint-disable-next-line no-await-in-loop -- as above
    const path = await zip.slice(at + localBytes, pathEnd).text()
    if (!isNobodys(path))
      entries.push({
        path,
        isEncrypted: (flags & 1) !== 0,
        method: header.getUint16(8, true),
        packedBytes,
        unpackedBytes: header.getUint32(22, true),
        checksum: header.getUint32(14, true),
        headerAt: at,
      })
    at = pathEnd + header.getUint16(28, true) + packedBytes
  }
  return entries
}

/** Sizes of 32 bits, and of 64 where those do not fit: in a field of their own, each only if it is needed. */
function sizesOf(view: DataView, at: number, extraAt: number, extraEnd: number): [number, number, number] {
  const sizes: [number, number, number] = [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ]
  for (let field = extraAt; field + 4 <= extraEnd; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue
    const fieldEnd = Math.min(extraEnd, field + 4 + view.getUint16(field + 2, true))
    let from = field + 4
    for (const [index, size] of sizes.entries()) {
      if (size !== 0xffffffff || from + 8 > fieldEnd) continue
      sizes[index] = size64(view, from)
      from += 8
    }
  }
  return sizes
}

/** The packed bytes of a file; undefined where they are not where the list says. */
export async function packedBytesOf(zip: Blob, entry: ZipEntry): Promise<Blob | undefined> {
  const { headerAt, packedBytes } = entry
  const header = await viewOf(zip, headerAt, headerAt + localBytes)
  if (header.byteLength < localBytes || header.getUint32(0, true) !== localSignature) return undefined
  const from = headerAt + localBytes + header.getUint16(26, true) + header.getUint16(28, true)
  return zip.slice(from, from + packedBytes)
}

async function viewOf(blob: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await blob.slice(from, to).arrayBuffer())
}

/** What a double cannot hold is no size. */
function size64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
}
