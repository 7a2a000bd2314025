/** How a trace id is written where it was not written by OpenTelemetry. */
export interface Spelling {
  readonly id: string
  /** How it differs: `short`, its lower 16 digits; `stripped` of its leading zeros. */
  readonly kind: 'whole' | 'short' | 'stripped'
}

/** Fewer digits are found in any text. */
const fewestDigits = 8

/** An id without its leading zeros, but for those that make it long enough to be told from other numbers. */
export const withoutZeros = (traceId: string): string =>
  traceId.replace(new RegExp(`^0+(?=.{${fewestDigits}})`), '')

/** The spellings of an id of 32 digits, the usual one first: 64-bit tracers write the lower half, numbers lose their leading zeros. */
export function spellingsOf(traceId: string): readonly Spelling[] {
  const all: readonly Spelling[] = [
    { id: traceId, kind: 'whole' },
    { id: traceId.replace(/^0+/, ''), kind: 'stripped' },
    { id: traceId.slice(-16), kind: 'short' },
  ]
  return all.filter(
    ({ id }, at) => id.length >= fewestDigits && !all.slice(0, at).some((one) => one.id === id),
  )
}

/** An expression that each of these spellings matches as a whole, in capitals and with more zeros too. */
export function anySpelling(traceId: string): string {
  const [high, low] = [traceId.slice(0, -16).replace(/^0+/, ''), traceId.slice(-16)]
  return high === '' ? `(?i)0*${withoutZeros(low)}` : `(?i)0*(${high})?${low}`
}
