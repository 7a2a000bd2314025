/** OTLP protobuf messages as the JSON that OTLP prescribes for them, so that details are decoded in one way. */
import { decodeUtf8 } from '#shared/base/byte-text'
import { malformed, needMore } from './json-scanner.ts'
import type { JsonObject, JsonValue } from './json-value.ts'
import { ProtobufScanner, Wire } from './protobuf-scanner.ts'

/** How a field is read. */
type FieldType =
  | 'string'
  | 'bytes'
  | 'hex'
  | 'bool'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'sint32'
  | 'fixed64'
  | 'sfixed64'
  | 'fixed32'
  | 'double'
  | MessageType
  /** A field that may come several times. */
  | { readonly list: MessageType }
  /** Numbers, one behind the other in one field. */
  | { readonly packed: 'uint64' | 'fixed64' | 'double' }

export interface MessageType {
  readonly fields: Readonly<Record<number, readonly [string, FieldType]>>
}

export const anyValue: { fields: Record<number, readonly [string, FieldType]> } = { fields: {} }
export const keyValue: MessageType = { fields: { 1: ['key', 'string'], 2: ['value', anyValue] } }
anyValue.fields = {
  1: ['stringValue', 'string'],
  2: ['boolValue', 'bool'],
  3: ['intValue', 'int64'],
  4: ['doubleValue', 'double'],
  5: ['arrayValue', { fields: { 1: ['values', { list: anyValue }] } }],
  6: ['kvlistValue', { fields: { 1: ['values', { list: keyValue }] } }],
  7: ['bytesValue', 'bytes'],
}

/** opentelemetry.proto.resource.v1.Resource */
export const resourceMessage: MessageType = {
  fields: { 1: ['attributes', { list: keyValue }], 2: ['droppedAttributesCount', 'uint32'] },
}

/** opentelemetry.proto.common.v1.InstrumentationScope */
export const scopeMessage: MessageType = {
  fields: {
    1: ['name', 'string'],
    2: ['version', 'string'],
    3: ['attributes', { list: keyValue }],
    4: ['droppedAttributesCount', 'uint32'],
  },
}

/** opentelemetry.proto.trace.v1.Span */
export const spanMessage: MessageType = {
  fields: {
    1: ['traceId', 'hex'],
    2: ['spanId', 'hex'],
    3: ['traceState', 'string'],
    4: ['parentSpanId', 'hex'],
    5: ['name', 'string'],
    6: ['kind', 'uint32'],
    7: ['startTimeUnixNano', 'fixed64'],
    8: ['endTimeUnixNano', 'fixed64'],
    9: ['attributes', { list: keyValue }],
    10: ['droppedAttributesCount', 'uint32'],
    11: [
      'events',
      {
        list: {
          fields: {
            1: ['timeUnixNano', 'fixed64'],
            2: ['name', 'string'],
            3: ['attributes', { list: keyValue }],
            4: ['droppedAttributesCount', 'uint32'],
          },
        },
      },
    ],
    12: ['droppedEventsCount', 'uint32'],
    13: [
      'links',
      {
        list: {
          fields: {
            1: ['traceId', 'hex'],
            2: ['spanId', 'hex'],
            3: ['traceState', 'string'],
            4: ['attributes', { list: keyValue }],
            5: ['droppedAttributesCount', 'uint32'],
            6: ['flags', 'fixed32'],
          },
        },
      },
    ],
    14: ['droppedLinksCount', 'uint32'],
    15: ['status', { fields: { 2: ['message', 'string'], 3: ['code', 'uint32'] } }],
    16: ['flags', 'fixed32'],
  },
}

/** Messages nested deeper than this are given as their bytes: a stack has an end. */
const DEEPEST = 64

/** The message in [start, end) as JSON; fields that are not known, and what comes after a broken one, are left out. */
export function messageToJson(
  bytes: Uint8Array,
  start: number,
  end: number,
  type: MessageType,
  /** Told where a field begins that is broken. */
  onBroken?: (at: number) => void,
  depth = 0,
): JsonObject {
  const scanner = new ProtobufScanner()
  scanner.reset(bytes, start, end, 0)
  const entries = new Map<string, JsonValue>()
  let fieldAt = start
  try {
    while (scanner.pos < end) {
      fieldAt = scanner.pos
      const number = scanner.readTag()
      const { wire } = scanner
      const from = scanner.pos
      scanner.skipValue()
      const field = type.fields[number]
      if (field === undefined) continue
      const [name, fieldType] = field
      const to = wire === Wire.bytes ? scanner.valueEnd : scanner.pos
      const value = wire === Wire.bytes ? scanner.valueStart : from
      if (typeof fieldType === 'string') {
        entries.set(name, readScalar(bytes, value, to, fieldType, wire))
      } else if ('packed' in fieldType) {
        const list = entries.get(name)
        const before = Array.isArray(list) ? list : []
        entries.set(name, [...before, ...readPacked(bytes, value, to, fieldType.packed, wire)])
      } else if (wire === Wire.bytes) {
        const isList = 'list' in fieldType
        const inner = isList ? fieldType.list : fieldType
        const json =
          depth < DEEPEST
            ? messageToJson(bytes, value, to, inner, onBroken, depth + 1)
            : { bytesValue: base64Of(bytes, value, to) }
        if (!isList) entries.set(name, json)
        else {
          const list = entries.get(name)
          if (Array.isArray(list)) list.push(json)
          else entries.set(name, [json])
        }
      }
    }
  } catch (thrown) {
    if (thrown !== malformed && thrown !== needMore) throw thrown
    onBroken?.(fieldAt)
  }
  return Object.fromEntries(entries)
}

/** An encoder may also write them one by one, each with its tag. */
function readPacked(bytes: Uint8Array, start: number, end: number, type: string, wire: number): JsonValue[] {
  if (wire !== Wire.bytes) return [readScalar(bytes, start, end, type, wire)]
  const scanner = new ProtobufScanner()
  scanner.reset(bytes, start, end, 0)
  const numbers: JsonValue[] = []
  while (scanner.pos < end) {
    const from = scanner.pos
    if (type === 'uint64') scanner.readVarint()
    else scanner.readFixed64()
    numbers.push(readScalar(bytes, from, scanner.pos, type, type === 'uint64' ? Wire.varint : Wire.fixed64))
  }
  return numbers
}

function readScalar(bytes: Uint8Array, start: number, end: number, type: string, wire: number): JsonValue {
  if (wire === Wire.bytes) {
    if (type === 'hex') return hexOf(bytes, start, end)
    return type === 'bytes' ? base64Of(bytes, start, end) : decodeUtf8(bytes, start, end)
  }
  const scanner = new ProtobufScanner()
  scanner.reset(bytes, start, end, 0)
  if (wire === Wire.fixed32) return new DataView(bytes.buffer, bytes.byteOffset + start, 4).getUint32(0, true)
  if (wire === Wire.fixed64) scanner.readFixed64()
  else scanner.readVarint()
  if (type === 'double') return doubleOf(scanner.high, scanner.low)
  if (type === 'bool') return scanner.low !== 0
  if (type === 'uint32') return scanner.low
  // Zigzag: the sign is the lowest bit.
  if (type === 'sint32') return (scanner.low >>> 1) ^ -(scanner.low & 1)
  // 64-bit numbers are strings in JSON, by the rules of protobuf.
  const number = (BigInt(scanner.high) << 32n) | BigInt(scanner.low)
  return String(type === 'int64' || type === 'sfixed64' ? BigInt.asIntN(64, number) : number)
}

const doubleBits = new DataView(new ArrayBuffer(8))

/** The double that has these bits. */
export function doubleOf(high: number, low: number): number {
  doubleBits.setUint32(0, high)
  doubleBits.setUint32(4, low)
  return doubleBits.getFloat64(0)
}

function hexOf(bytes: Uint8Array, start: number, end: number): string {
  let hex = ''
  for (let at = start; at < end; at++) hex += bytes[at].toString(16).padStart(2, '0')
  return hex
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function base64Of(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end; at += 3) {
    const left = end - at
    const bits = (bytes[at] << 16) | ((left > 1 ? bytes[at + 1] : 0) << 8) | (left > 2 ? bytes[at + 2] : 0)
    text += BASE64[bits >> 18] + BASE64[(bits >> 12) & 63]
    text += left > 1 ? BASE64[(bits >> 6) & 63] : '='
    text += left > 2 ? BASE64[bits & 63] : '='
  }
  return text
}
