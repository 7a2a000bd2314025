import { extraTextOf, joinTexts, keyOfLabels, type LogBatch, textOf } from '#shared/logs/batch'
import type { Order } from '#shared/logs/read-lines'
import { timeOrder } from '#shared/logs/time-order'

/** Which lines of which batches; as many numbers in both. */
interface Picked {
  /** Index of the batch. */
  readonly from: readonly number[]
  readonly at: readonly number[]
}

/**
 * Batches as one, in the given order; of each only the lines that are `kept`. What is in a line is not looked at. One batch of which all is
 * kept, and which is in order already, is returned as it is. What is of the same instant comes as it came, the other way round where its batch was
 * in the other order.
 */
export function mergeBatches(
  batches: readonly LogBatch[],
  order: Order,
  isKept?: (batch: LogBatch, at: number) => boolean,
): LogBatch {
  const sign = order === 'newest' ? -1 : 1
  const compare = (a: LogBatch, atA: number, b: LogBatch, atB: number): number =>
    sign * (a.ms[atA] - b.ms[atB] || a.subMs[atA] - b.subMs[atB]) || compareLabels(a, atA, b, atB)
  if (batches.length === 1 && isKept === undefined) {
    const [only] = batches
    let at = 1
    while (at < only.length && compare(only, at - 1, only, at) <= 0) at++
    if (at >= only.length) return only
  }
  const from: number[] = []
  const at: number[] = []
  for (const [index, batch] of batches.entries()) {
    const isTurned = isOpposite(batch, order)
    for (let step = 0; step < batch.length; step++) {
      const line = isTurned ? batch.length - 1 - step : step
      if (!(isKept?.(batch, line) ?? true)) continue
      from.push(index)
      at.push(line)
    }
  }
  const sorted = timeOrder(
    Float64Array.from(at, (line, index) => batches[from[index]].ms[line]),
    order,
    (a, b) => compare(batches[from[a]], at[a], batches[from[b]], at[b]),
  )
  return gathered(batches, {
    from: Array.from(sorted, (index) => from[index]),
    at: Array.from(sorted, (index) => at[index]),
  })
}

/** Whether it is in the other order: then what is of the same instant is turned round with the rest. */
function isOpposite({ length, ms, subMs }: LogBatch, order: Order): boolean {
  const last = length - 1
  const grows = length === 0 ? 0 : ms[last] - ms[0] || subMs[last] - subMs[0]
  return order === 'newest' ? grows > 0 : grows < 0
}

/** Batches one after the other, whatever their times. */
export function joinBatches(batches: readonly LogBatch[]): LogBatch {
  const from: number[] = []
  const at: number[] = []
  for (const [index, { length }] of batches.entries())
    for (let line = 0; line < length; line++) {
      from.push(index)
      at.push(line)
    }
  return gathered(batches, { from, at })
}

/** The order of lines of the same nanosecond: by the labels of their streams. */
export function compareLabels(a: LogBatch, atA: number, b: LogBatch, atB: number): number {
  const [one, other] = [a.streams[a.stream[atA]], b.streams[b.stream[atB]]]
  if (one === other) return 0
  const [keyOfOne, keyOfOther] = [keyOfLabels(one), keyOfLabels(other)]
  return keyOfOne < keyOfOther ? -1 : keyOfOne > keyOfOther ? 1 : 0
}

function gathered(batches: readonly LogBatch[], { from, at }: Picked): LogBatch {
  let streamsBefore = 0
  const bases = batches.map(({ streams }) => {
    const base = streamsBefore
    streamsBefore += streams.length
    return base
  })
  const { length } = at
  const batch = {
    length,
    ms: Float64Array.from(at, (line, index) => batches[from[index]].ms[line]),
    subMs: Int32Array.from(at, (line, index) => batches[from[index]].subMs[line]),
    stream: Int32Array.from(at, (line, index) => bases[from[index]] + batches[from[index]].stream[line]),
    streams: batches.flatMap(({ streams }) => streams),
    level: Uint8Array.from(at, (line, index) => batches[from[index]].level[line]),
  }
  const texts = joinTexts(at.map((line, index) => textOf({ batch: batches[from[index]], at: line })))
  const extras = joinTexts(at.map((line, index) => extraTextOf({ batch: batches[from[index]], at: line })))
  return { ...batch, text: texts.all, textEnd: texts.ends, extra: extras.all, extraEnd: extras.ends }
}
