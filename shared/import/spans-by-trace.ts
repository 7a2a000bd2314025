/** Single spans of what came, by trace: those that a search means, of servers that answer it with whole traces. */
import { getOrSet } from '#shared/base/get-or-set'
import { type MatchedSpan, SpanFlag, SpanKind, type SpanKindName } from '#shared/trace/table'
import type { Intake } from './intake.ts'

/** Which spans are meant; an empty service or operation is any. */
export interface SpansMeant {
  readonly service: string
  readonly operation: string
  readonly kind: SpanKindName
  readonly minDurationNs: number | undefined
  readonly maxDurationNs: number | undefined
  readonly errorsOnly: boolean
}

/** Up to `most` of each trace, in the order they came. O(spans). */
export function spansByTrace(
  { spans, scopes, services, names, traceIds }: Intake,
  { service, operation, kind, minDurationNs = 0, maxDurationNs = Infinity, errorsOnly }: SpansMeant,
  most: number,
): ReadonlyMap<string, readonly MatchedSpan[]> {
  const found = new Map<string, MatchedSpan[]>()
  const isOperation = called(operation, names.texts)
  const isService = called(service, services.texts)
  for (let row = 0; row < spans.length; row++) {
    if (spans.kind[row] !== SpanKind[kind]) continue
    if (errorsOnly && (spans.flags[row] & SpanFlag.error) === 0) continue
    const durationNs = spans.duration[row]
    // Nor those that came without one.
    if (!(durationNs >= minDurationNs && durationNs <= maxDurationNs)) continue
    if (!isOperation(spans.name[row]) || !isService(scopes[spans.scope[row]].service)) continue
    const name = names.texts[spans.name[row]]
    const ofTrace = getOrSet(found, traceIds.texts[spans.trace[row]], () => [])
    if (ofTrace.length < most)
      ofTrace.push({ spanId: idText(spans.idHigh[row]) + idText(spans.idLow[row]), name, durationNs })
  }
  return found
}

/** Which of some names are the one that is meant, any for none; Zipkin writes all of them in lower case. */
function called(name: string, texts: readonly string[]): (index: number) => boolean {
  if (name === '') return () => true
  const all = new Set(texts.flatMap((text, at) => (text.toLowerCase() === name.toLowerCase() ? [at] : [])))
  return (index) => all.has(index)
}

const idText = (half: number): string => half.toString(16).padStart(8, '0')
