/** OTLP's JSON, written as text at once: objects for each attribute would cost several times as much. https://opentelemetry.io/docs/specs/otlp/ */
import type { Attributes, AttributeValue, RecordedTrace, Span } from '../parts/record.ts'
import type { Instance } from '../parts/service.ts'

// oxlint-disable-next-line no-control-regex -- these are what JSON wants escaped
const needsEscape = /["\\\u0000-\u001f]/

/** A text between quotes. */
export function quoted(text: string): string {
  return needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`
}

/** An `AnyValue`. Whole numbers are 64-bit integers, which JSON has as text. */
function valueText(value: AttributeValue): string {
  if (typeof value === 'string') return `{"stringValue":${quoted(value)}}`
  if (typeof value === 'boolean') return `{"boolValue":${value}}`
  return Number.isInteger(value) ? `{"intValue":"${value}"}` : `{"doubleValue":${value}}`
}

/** Key values with commas between them, without the brackets around. */
export function attributesText(attributes: Attributes): string {
  let text = ''
  for (const key in attributes)
    text += `${text === '' ? '' : ','}{"key":"${key}","value":${valueText(attributes[key])}}`
  return text
}

const commonTexts = new WeakMap<Attributes, string>()

/** As `attributesText`, for attributes that many spans share. */
export function commonAttributesText(attributes: Attributes): string {
  let text = commonTexts.get(attributes)
  if (text === undefined) commonTexts.set(attributes, (text = attributesText(attributes)))
  return text
}

/** Two lists of key values as one. */
export function joined(one: string, other: string): string {
  return one === '' ? other : other === '' ? one : `${one},${other}`
}

/** What every span, line and point says of the instance it comes from. */
export function resourceAttributes(instance: Instance): Attributes {
  return {
    'service.name': instance.service.name,
    'service.version': instance.version,
    'service.instance.id': instance.name,
    'deployment.environment.name': 'production',
    'k8s.namespace.name': 'shop',
    'k8s.pod.name': instance.name,
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.version': '2.6.0',
  }
}

/** The same as a `Resource`. */
export function resourceText(instance: Instance): string {
  return `{"attributes":[${attributesText(resourceAttributes(instance))}]}`
}

/** The hex digits of each byte. */
const hexBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hexWord(word: number): string {
  return (
    hexBytes[word >>> 24] +
    hexBytes[(word >>> 16) & 255] +
    hexBytes[(word >>> 8) & 255] +
    hexBytes[word & 255]
  )
}

/** 32 hex digits. */
export function traceIdText({ id }: RecordedTrace): string {
  return id.map(hexWord).join('')
}

/** 16 hex digits. */
export function spanIdText({ idHigh, idLow }: Span): string {
  return hexWord(idHigh) + hexWord(idLow)
}

/** Writes virtual times as nanoseconds since 1970. Seconds and the rest apart: a double does not hold both. */
export class Clock {
  readonly #seconds: number
  readonly #restNs: number

  constructor(epochNs: bigint) {
    this.#seconds = Number(epochNs / 1_000_000_000n)
    this.#restNs = Number(epochNs % 1_000_000_000n)
  }

  /** What the clock of that instance showed. */
  text(atNs: number, instance: Instance): string {
    const ns = instance.clock(atNs) + this.#restNs
    const seconds = Math.floor(ns / 1e9)
    return String(this.#seconds + seconds) + String(ns - seconds * 1e9).padStart(9, '0')
  }
}
