import { extraOf, type LogBatch, textOf } from '#shared/logs/batch'
import { batchOf, type Order } from '#shared/logs/read-lines'

/** Batches as one, in the given order. */
export function mergeBatches(batches: readonly LogBatch[], order: Order): LogBatch {
  const drafts = batches.flatMap((batch, index) => {
    const streamsBefore = batches.slice(0, index).reduce((sum, { streams }) => sum + streams.length, 0)
    return Array.from({ length: batch.length }, (_, at) => ({
      ms: batch.ms[at],
      subMs: batch.subMs[at],
      stream: streamsBefore + batch.stream[at],
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
