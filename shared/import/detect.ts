/** What a document is, by its first bytes; names and content types lie too often. */
import { decodeUtf8 } from '#shared/base/byte-text'
import { malformed, needMore } from './json-scanner.ts'
import { ProtobufScanner, Wire } from './protobuf-scanner.ts'

/** How many bytes decide. */
export const HEAD_BYTES = 512

/** What is around OTLP's message: nothing, Tempo's answer, or lengths, as the collector's file exporter writes them. */
export type ProtobufWraps = 'nothing' | 'tempo' | 'lengths'

export type Detected =
  /** `skip` bytes come before the text: a byte order mark. */
  | { readonly kind: 'json'; readonly skip: number }
  | { readonly kind: 'protobuf'; readonly wraps: ProtobufWraps }
  | { readonly kind: 'html'; readonly title: string }
  | { readonly kind: 'compressed'; readonly by: string }
  /** `skip` bytes come before the text: a byte order mark. */
  | { readonly kind: 'utf-16'; readonly isLittle: boolean; readonly skip: number }
  | { readonly kind: 'text'; readonly beginning: string }
  | { readonly kind: 'binary' }
  | { readonly kind: 'empty' }

const MAGIC: readonly (readonly [string, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
]

/** Tells what begins with `head`: the first 512 bytes, or all there are. */
export function detect(head: Uint8Array): Detected {
  for (const [by, magic] of MAGIC) {
    if (magic.every((byte, index) => head[index] === byte)) return { kind: 'compressed', by }
  }
  const isLittle = tellUtf16(head)
  if (isLittle !== undefined) {
    const isMark = head[0] === 0xff || head[0] === 0xfe
    return { kind: 'utf-16', isLittle, skip: isMark ? 2 : 0 }
  }
  const skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  let at = skip
  while (at < head.length && isSpace(head[at])) at++
  if (at === head.length) return { kind: 'empty' }
  if (!isText(head)) {
    const wraps = tellProtobuf(head)
    if (wraps !== undefined) return { kind: 'protobuf', wraps }
    // Text with a broken character in it is still to be read as far as it goes.
    return looksLikeJson(head, at) ? { kind: 'json', skip } : { kind: 'binary' }
  }
  if (isBracket(head[at])) return { kind: 'json', skip }
  const text = decodeUtf8(head, at, head.length)
  if (head[at] === 0x3c) {
    return { kind: 'html', title: /<title[^>]*>([^<]*)/i.exec(text)?.[1].trim().slice(0, 100) ?? '' }
  }
  return { kind: 'text', beginning: text.split(/\r?\n/, 1)[0].slice(0, 80) }
}

/** Whether UTF-16 is little-endian, by its mark or by a bracket and zeros; undefined where it is something else. */
function tellUtf16(head: Uint8Array): boolean | undefined {
  const [first, second] = head
  if (first === 0xff && second === 0xfe) return true
  if (first === 0xfe && second === 0xff) return false
  if (second === 0 && isBracket(first) && head[3] === 0) return true
  return first === 0 && isBracket(second) && head[2] === 0 ? false : undefined
}

function isBracket(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}

/** Protobuf of a trace holds lengths and tags below 32 in its first bytes; text holds only white space there. */
function isText(head: Uint8Array): boolean {
  for (let at = 0; at < head.length; at++)
    if (head[at] < 0x20 && !isSpace(head[at]) && head[at] !== 0x1b) return false
  return true
}

function looksLikeJson(head: Uint8Array, at: number): boolean {
  let next = at + 1
  while (next < head.length && isSpace(head[next])) next++
  const byte = head[next]
  if (head[at] === 0x7b) return byte === 0x22 || byte === 0x7d
  return head[at] === 0x5b && (byte === 0x7b || byte === 0x5b || byte === 0x5d)
}

function tellProtobuf(head: Uint8Array): ProtobufWraps | undefined {
  const message = behindLength(head)
  if (message !== undefined) return isTempoMessage(message) === false ? 'lengths' : undefined
  const isTempo = isTempoMessage(head)
  return isTempo === undefined ? undefined : isTempo ? 'tempo' : 'nothing'
}

/** What comes after a length in four bytes, highest first: below 2^27, for the first byte would else be a tag of protobuf's. */
function behindLength(head: Uint8Array): Uint8Array | undefined {
  if (head.length < 5 || head[0] >= 8) return undefined
  const length = ((head[0] << 24) | (head[1] << 16) | (head[2] << 8) | head[3]) >>> 0
  return head.subarray(4, 4 + length)
}

/**
 * Whether the bytes are Tempo's TraceByIDResponse (true) or OTLP's TracesData (false); undefined when they are neither. Both begin with
 * field 1 inside of field 1 inside of field 1; the fourth one down is the key of a resource attribute in OTLP, and in Tempo's, which has
 * one message more around it, such an attribute.
 */
function isTempoMessage(head: Uint8Array): boolean | undefined {
  const path = firstFields(head)
  if (path.length === 0) return undefined
  // Outermost: 1 resource_spans or trace; of Tempo also 2 metrics, 3 status, 4 message.
  if (path[0] !== 1) return path[0] === 2 && path.length === 1 ? true : undefined
  // A trace without spans.
  if (path.length === 1) return true
  // ResourceSpans begins with 1 resource, 2 scope_spans, or 1000 its old name; Trace only with 1.
  if (path[1] === 2 || path[1] === 1_000) return false
  if (path[1] !== 1) return undefined
  if (path.length === 2) return false
  // Resource: 1 attributes, 2 dropped count (a varint, not gone into); ResourceSpans: as above.
  if (path[2] === 2 || path[2] === 1_000) return true
  if (path[2] !== 1) return undefined
  // An attribute of no bytes makes no sense; a resource of none does.
  return path.length === 3 || (path.length > 4 && path[3] === 1 && path[4] === 1)
}

/** Field numbers along the first field of the first field…, as long as they hold bytes that can be a message; 5 at most. */
function firstFields(head: Uint8Array): number[] {
  const scanner = new ProtobufScanner()
  const path: number[] = []
  let start = 0
  let end = head.length
  try {
    while (path.length < 5) {
      scanner.reset(head, start, head.length, 0)
      const field = scanner.readTag()
      if (scanner.wire !== Wire.bytes) break
      scanner.enterBytes()
      if (scanner.valueEnd > end && end < head.length) break
      path.push(field)
      start = scanner.valueStart
      end = scanner.valueEnd
      if (start >= end) break
    }
  } catch (thrown) {
    if (thrown !== needMore && thrown !== malformed) throw thrown
  }
  return path
}
