/** Reading JSON values as what they should be, whatever they are. */
import { encodeUtf8 } from '#shared/base/byte-text'
import type { Attribute, AttributeValue } from '#shared/trace/detail'
import { bytesOfBase64, IdReader } from './id-reader.ts'
import type { JsonObject, JsonValue } from './json-value.ts'
import { TimeReader } from './time-reader.ts'

/** The value as an object; one without keys when it is none. */
export function asObject(value: JsonValue): JsonObject {
  return typeof value === 'object' && !isList(value) ? value : {}
}

/** The value as a list; empty when it is none. */
export function asList(value: JsonValue): readonly JsonValue[] {
  return isList(value) ? value : []
}

/** `Array.isArray`, which does not know readonly arrays. */
export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** The value as text; undefined when there is none. */
export function asText(value: JsonValue): string | undefined {
  if (value === undefined || value === '') return undefined
  return typeof value === 'object' ? JSON.stringify(toAttributeValue(value), jsonSafe) : String(value)
}

/** For JSON.stringify: bigints and bytes have no JSON of their own. */
export function jsonSafe(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

/** The text of an attribute's value; lists and maps as JSON. */
export function valueText(value: AttributeValue): string {
  return typeof value === 'object' ? JSON.stringify(value, jsonSafe) : String(value)
}

/** The value as a count; 0 when it is none. */
export function asCount(value: JsonValue): number {
  const number = Number(value ?? 0)
  return Number.isFinite(number) && number > 0 ? Math.floor(number) : 0
}

/** Any JSON as an attribute's value. */
export function toAttributeValue(value: JsonValue): AttributeValue {
  if (value === undefined) return ''
  if (isList(value)) return value.map(toAttributeValue)
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toAttributeValue(inner)]))
  }
  return value
}

/** A whole number from a number or its text: a bigint where a double cannot hold it; the text itself when it is none. */
export function toInteger(value: JsonValue): AttributeValue {
  if (typeof value !== 'string') return toAttributeValue(value)
  if (!/^-?\d+$/.test(value)) return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : BigInt(value)
}

/** Bytes from base64; the text itself when it is none. */
export function toBytes(value: JsonValue): AttributeValue {
  if (typeof value !== 'string') return toAttributeValue(value)
  return bytesOfBase64(value) ?? value
}

/** Nanoseconds since 1970 from a decimal number of units of 10^-`digits` s; 0 when it is none. */
export function toNanoseconds(value: JsonValue, digits: number): bigint {
  if (value === undefined || typeof value === 'object') return 0n
  const bytes = encodeUtf8(String(value))
  const time = new TimeReader()
  time.read(bytes, 0, bytes.length, digits)
  return Number.isNaN(time.seconds) ? 0n : BigInt(time.seconds) * 1_000_000_000n + BigInt(time.nanos)
}

/** A trace id as 32 hex digits, a span id as 16; undefined when there is none. */
export function toId(value: JsonValue, digits: 16 | 32): string | undefined {
  if (value === undefined || typeof value === 'object') return undefined
  const bytes = encodeUtf8(String(value))
  const ids = new IdReader()
  if (digits === 32) ids.readTraceId(bytes, 0, bytes.length)
  else ids.readSpanId(bytes, 0, bytes.length)
  const words = digits === 32 ? [ids.w0, ids.w1, ids.w2, ids.w3] : [ids.w2, ids.w3]
  if (words.every((word) => word === 0)) return undefined
  return words.map((word) => word.toString(16).padStart(8, '0')).join('')
}

/** An attribute, unless its text is missing. */
export function attributeOf(key: string, value: JsonValue): Attribute[] {
  return value === undefined || value === '' ? [] : [{ key, value: toAttributeValue(value) }]
}
