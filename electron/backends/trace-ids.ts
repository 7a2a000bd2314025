/**
 * The ways a server may know a trace: padded to 32 digits, with its leading zeros stripped (Tempo's search answers so), and as 16
 * digits when the upper half is zero (Zipkin, Jaeger before 128-bit ids). Most ids have one spelling only.
 */
export function spellings(traceId: string): readonly string[] {
  const stripped = traceId.replace(/^0+(?=.)/, '')
  const short = stripped.padStart(16, '0')
  return [...new Set([traceId, stripped, ...(stripped.length <= 16 ? [short] : [])])]
}

/** Said beside a trace that was found under another spelling than the padded one. */
export function spellingNote(name: string, spelling: string): string {
  return `${name} knows this trace as ${spelling}.`
}
