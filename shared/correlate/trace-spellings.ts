/** How a trace id is written where it was not written by OpenTelemetry. */
export interface Spelling {
  readonly id: string
  /** How it differs: `short`, its lower 16 digits; `stripped` of its leading zeros. */
  readonly kind: 'whole' | 'short' | 'stripped'
}

/** The spellings of an id of 32 digits, the usual one first: 64-bit tracers write the lower half, numbers lose their leading zeros. */
export function spellingsOf(traceId: string): readonly Spelling[] {
  const all: readonly Spelling[] = [
    { id: traceId, kind: 'whole' },
    { id: traceId.replace(/^0+(?=.)/, ''), kind: 'stripped' },
    { id: traceId.slice(-16), kind: 'short' },
  ]
  return all.filter(({ id }, at) => !all.slice(0, at).some((one) => one.id === id))
}
