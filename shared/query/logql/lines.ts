/** The lines that a query finds. */
import { Breath, type BreathOptions } from '#shared/query/breath'
import type { LogqlQuery } from './expression.ts'
import { LineLabels, type SortedLabels } from './line-labels.ts'
import type { StreamStore } from './log-streams.ts'
import { LogqlError } from './logql-error.ts'
import { workOf } from './samples.ts'
import { joinStages } from './stage.ts'
import { type LineRange, TimeOrder } from './time-order.ts'

/** A line as the stages left it. */
export interface FoundLine extends SortedLabels {
  /** From the epoch of the store. */
  readonly timeNs: number
  readonly text: string
}

/**
 * Looks through the lines of a range in order of time, and gives each as it is found: whoever has enough asks for no more. Throws LogqlError for
 * a query that counts, and the signal's reason when it is given up.
 */
export async function* findLines(
  query: LogqlQuery,
  store: StreamStore,
  range: LineRange,
  options: BreathOptions = {},
): AsyncGenerator<FoundLine> {
  if (query.kind !== 'lines')
    throw new LogqlError(
      'type',
      { from: 0, to: query.text.length },
      'This query answers with numbers, not with lines.',
    )
  const { matchers, stages } = query.selector
  const run = joinStages(stages)
  const labels = new LineLabels(undefined)
  const breath = new Breath(options)
  breath.check()
  const order = new TimeOrder(store.select(matchers), range)
  while (order.next !== undefined) {
    const { stream, row } = order.next
    order.advance()
    const line = stream.text(row)
    const pause = breath.work(workOf(line, stages))
    if (pause !== undefined) await pause
    labels.begin(stream, row)
    const text = run(line, labels)
    if (text !== undefined) yield { timeNs: stream.times[row], text, ...labels.sorted() }
  }
}
