import { extraOf, type LogBatch, textOf } from '#shared/logs/batch'
import { batchOf, type Order } from '#shared/logs/read-lines'

/** Batches as one, in the given order; of each only the lines that are `kept`. */
export function mergeBatches(
  batches: readonly LogBatch[],
  order: Order,
  isKept: (batch: LogBatch, at: number) => boolean = () => true,
): LogBatch {
  let streamsBefore = 0
  const drafts = batches.flatMap((batch) => {
    const base = streamsBefore
    streamsBefore += batch.streams.length
    return Array.from({ length: batch.length }, (_, at) => at)
      .filter((at) => isKept(batch, at))
      .map((at) => ({
        ms: batch.ms[at],
        subMs: batch.subMs[at],
        stream: base + batch.stream[at],
        text: textOf({ batch, at }),
        extra: extraOf({ batch, at }),
      }))
  })
  return batchOf(
    drafts,
    batches.flatMap(({ streams }) => streams),
    order,
  )
}
