/** What spans have and queries write: values with a type, which decides what they may be compared with. Undefined is no value (`nil`). */

export type StatusName = 'error' | 'ok' | 'unset'
export type KindName = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer'

export type Value =
  | { readonly type: 'int' | 'float'; readonly value: number }
  /** Nanoseconds. */
  | { readonly type: 'duration'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'status'; readonly value: StatusName }
  | { readonly type: 'kind'; readonly value: KindName }
  | { readonly type: 'list'; readonly value: readonly Value[] }

export type ValueType = Value['type']

export function isNumeric(type: ValueType): boolean {
  return type === 'int' || type === 'float' || type === 'duration'
}

/** The number of a value that is one; a duration in nanoseconds. NaN for any other. */
export function numberOf(value: Value | undefined): number {
  return value !== undefined && (value.type === 'int' || value.type === 'float' || value.type === 'duration')
    ? value.value
    : NaN
}

export const noBoolean: Value = { type: 'boolean', value: false }
export const yesBoolean: Value = { type: 'boolean', value: true }

/** As Tempo writes a value where it becomes a text: in labels of groups, `nil` for none. */
export function valueText(value: Value | undefined): string {
  if (value === undefined) return 'nil'
  if (value.type === 'duration') return durationText(value.value)
  if (value.type === 'list')
    return `[${value.value.map((item) => (item.type === 'string' ? `"${item.value}"` : valueText(item))).join(', ')}]`
  if (value.type === 'float' && Number.isInteger(value.value)) return `${value.value}.0`
  return String(value.value)
}

/** Two values have the same key when they are the same, type and all. A text is its own: there are many, and few of anything else. */
export function valueKey(value: Value | undefined): string {
  if (value?.type === 'string') return value.value
  return value === undefined ? '\0' : `\0${value.type} ${valueText(value)}`
}

/** A duration as Go writes it: `1h2m0.5s`, `1.5ms`. */
export function durationText(ns: number): string {
  const size = Math.abs(ns)
  const sign = ns < 0 ? '-' : ''
  if (size === 0) return '0s'
  if (size < 1e3) return `${sign}${size}ns`
  if (size < 1e6) return `${sign}${size / 1e3}µs`
  if (size < 1e9) return `${sign}${size / 1e6}ms`
  const minutes = Math.floor(size / 60e9)
  const hours = Math.floor(minutes / 60)
  // In whole nanoseconds: taken as a fraction, the rest would not be the number that was written.
  const seconds = `${(size - minutes * 60e9) / 1e9}s`
  return `${sign}${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes % 60}m` : ''}${seconds}`
}
