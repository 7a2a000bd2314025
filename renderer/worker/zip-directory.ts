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
  // A list that is shorter than the zip says would leave files out without a word. What 16 bits do not hold is counted elsewhere.
  const count = tail.getUint16(end + 10, true)
  return entriesOf(await viewOf(zip, at, at + bytes), most, count === 0xffff ? undefined : count)
}

function entriesOf(view: DataView, most: number, count: number | undefined): ZipDirectory | undefined {
  const entries: ZipEntry[] = []
  let more = 0
  let listed = 0
  let at = 0
  for (; at + entryBytes <= view.byteLength; listed++) {
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
  // Some writers count in 16 bits whatever there is.
  return count === undefined || count === listed % 0x10000 ? { entries, more } : undefined
}

/** A folder, or what systems put beside the files. */
const isNobodys = (path: string): boolean => /[/\\]$|(?:^|\/)(?:__MACOSX\/|\.DS_Store$)/u.test(path)

/** What stands before the bytes of a file. */
interface Header {
  readonly entry: ZipEntry
  /** Where its bytes begin. */
  readonly from: number
  /** It leaves its sizes open. */
  readonly isOpen: boolean
}

async function readHeader(zip: Blob, at: number): Promise<Header | undefined> {
  const view = await viewOf(zip, at, at + localBytes)
  if (view.byteLength < localBytes || view.getUint32(0, true) !== localSignature) return undefined
  const flags = view.getUint16(6, true)
  const packedBytes = view.getUint32(18, true)
  const pathEnd = at + localBytes + view.getUint16(26, true)
  return {
    entry: {
      path: await zip.slice(at + localBytes, pathEnd).text(),
      isEncrypted: (flags & 1) !== 0,
      method: view.getUint16(8, true),
      packedBytes,
      unpackedBytes: view.getUint32(22, true),
      checksum: view.getUint32(14, true),
      headerAt: at,
    },
    from: pathEnd + view.getUint16(28, true),
    isOpen: (flags & sizesComeLater) !== 0 || packedBytes === 0xffffffff,
  }
}

/**
 * What the headers before the files say, for a zip whose list is cut off or damaged. Ends at the first that leaves its size open; where no
 * header follows the bytes of a file, the next one is looked for. The last one may be of a file that is not whole.
 */
export async function readZipHeaders(zip: Blob, most: number): Promise<readonly ZipEntry[]> {
  const entries: ZipEntry[] = []
  /** Behind the beginning of the last one. */
  let seen = 0
  for (let at: number | undefined = 0; at !== undefined && entries.length < most;) {
    // oxlint-disable-next-line no-await-in-loop -- each tells where the next one is
    const header: Header | undefined = await readHeader(zip, at)
    if (header?.isOpen) break
    if (header) {
      if (!isNobodys(header.entry.path)) entries.push(header.entry)
      seen = at + localBytes
      at = header.from + header.entry.packedBytes
      // oxlint-disable-next-line no-await-in-loop -- as above
    } else at = (await isList(zip, at)) ? undefined : await nextHeader(zip, seen)
  }
  return entries
}

async function isList(zip: Blob, at: number): Promise<boolean> {
  const view = await viewOf(zip, at, at + 4)
  return view.byteLength === 4 && view.getUint32(0, true) === entrySignature
}

const soughtAtOnce = 2 ** 20

/** Where the next header begins, at `from` or behind it. */
async function nextHeader(zip: Blob, from: number): Promise<number | undefined> {
  // A signature may lie across two pieces.
  for (let at = from; at < zip.size; at += soughtAtOnce - 3) {
    // oxlint-disable-next-line no-await-in-loop -- piece by piece: the zip may be large
    const view = await viewOf(zip, at, at + soughtAtOnce)
    for (let byte = 0; byte + 4 <= view.byteLength; byte++)
      if (view.getUint8(byte) === 0x50 && view.getUint32(byte, true) === localSignature) return at + byte
  }
  return undefined
}

/** The header of a file: where the list says, or, where none is there, the one with its path. */
async function headerOf(zip: Blob, { headerAt, path }: ZipEntry): Promise<Header | undefined> {
  const header = await readHeader(zip, headerAt)
  if (header) return header
  const named = (await readZipHeaders(zip, mostSought)).find((one) => one.path === path)
  return named && readHeader(zip, named.headerAt)
}

const mostSought = 4_000

/** A file of the list by what its own header says, where there is one that says it all. */
export async function asItsHeaderSays(zip: Blob, entry: ZipEntry): Promise<ZipEntry> {
  const header = await headerOf(zip, entry)
  return header && !header.isOpen ? { ...header.entry, path: entry.path } : entry
}

/** How the bytes of a file may be read. */
export interface ZipReading extends Pick<ZipEntry, 'method' | 'packedBytes' | 'unpackedBytes' | 'checksum'> {
  readonly packed: Blob
}

/** By the list, and by the header of the file itself where that says something else: one of them is damaged. None where there is no header. */
export async function readingsOf(zip: Blob, entry: ZipEntry): Promise<readonly ZipReading[]> {
  const header = await headerOf(zip, entry)
  if (header === undefined) return []
  const { from, isOpen } = header
  const readingOf = ({ method, packedBytes, unpackedBytes, checksum }: ZipEntry, at: number): ZipReading => ({
    method,
    packedBytes,
    unpackedBytes,
    checksum,
    packed: zip.slice(at, at + packedBytes),
  })
  const readings = [readingOf(entry, from)]
  if (!isOpen && sayings.some((what) => header.entry[what] !== entry[what]))
    readings.push(readingOf(header.entry, from))
  // The length of the path is told twice too.
  const pathBytes = new TextEncoder().encode(entry.path).length
  const shift = pathBytes - (await pathBytesAt(zip, header.entry.headerAt))
  if (shift !== 0) readings.push(readingOf(entry, from + shift))
  return readings
}

const sayings = ['method', 'packedBytes', 'unpackedBytes', 'checksum'] as const

const pathBytesAt = async (zip: Blob, headerAt: number): Promise<number> =>
  (await viewOf(zip, headerAt, headerAt + localBytes)).getUint16(26, true)

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

async function viewOf(blob: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await blob.slice(from, to).arrayBuffer())
}

/** What a double cannot hold is no size. */
function size64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
}
