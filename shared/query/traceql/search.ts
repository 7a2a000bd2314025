/** Searching traces with a query. */
import { Breath, type BreathOptions } from '#shared/query/breath'
import { compileField } from './look-up.ts'
import { type Field, fieldText, type Stage, type TraceqlQuery } from './expression.ts'
import { compilePipeline, type Spanset } from './pipeline.ts'
import { TraceAtHand } from './trace-at-hand.ts'
import { TraceqlError } from './traceql-error.ts'
import type { TraceSpans } from './traces.ts'
import type { Value } from './value.ts'

/** A trace that matches, and which of its spans do, by group. */
export interface FoundTrace<Trace extends TraceSpans> {
  readonly trace: Trace
  readonly spansets: readonly Spanset[]
}

/** A span takes about as long as that many samples. */
export const samplesPerSpan = 10

/**
 * Looks for traces in the order given, and gives each as it is found: whoever has enough asks for no more. Throws TraceqlError for what the
 * data do not allow, and the signal's reason when it is given up.
 */
export async function* searchTraces<Trace extends TraceSpans>(
  { stages, metrics }: TraceqlQuery,
  traces: Iterable<Trace>,
  options: BreathOptions = {},
): AsyncGenerator<FoundTrace<Trace>> {
  if (metrics !== undefined)
    throw new TraceqlError(
      'type',
      metrics,
      `“${metrics.op}” answers with numbers over time, not with traces.`,
    )
  const evaluate = compilePipeline(stages)
  const breath = new Breath(options)
  breath.check()
  for (const trace of traces) {
    const pause = breath.work(trace.length * samplesPerSpan)
    if (pause !== undefined) await pause
    const spansets = evaluate(new TraceAtHand(trace, breath), [allSpans(trace)])
    if (spansets.length > 0) yield { trace, spansets }
  }
}

const countedUp: number[] = []

/** Numbers from 0, the same list for all that are no longer. */
export function allSpans({ length }: TraceSpans): Spanset {
  while (countedUp.length < length) countedUp.push(countedUp.length)
  return { spans: countedUp.length === length ? countedUp : countedUp.slice(0, length), attributes: [] }
}

/** What a query asks to be sent along with each span (`select`), by its name. */
export function selectedValues({
  stages,
}: TraceqlQuery): (
  trace: TraceSpans,
  span: number,
) => readonly (readonly [name: string, value: Value | undefined])[] {
  const fields = stages.flatMap((stage: Stage): readonly Field[] =>
    stage.kind === 'select' ? stage.fields : [],
  )
  const lookUps = fields.map((field) => [fieldText(field), compileField(field)] as const)
  return (trace, span) =>
    lookUps.map(([name, valueOf]) => [name, valueOf(new TraceAtHand(trace), span)] as const)
}
