/**
 * Page after page of a log with neither loss nor duplicate. A full answer may have been cut within a nanosecond, so its last nanosecond is
 * left out and asked for again as the first of the next page:
 *
 *     asked for 5, newest first     9 8 8 7 7 | 7 6        shown: 9 8 8
 *     the next page ends after 7    7 7 7 6                shown: 7 7 7 6
 *
 * Where one nanosecond fills a page it is asked for alone, then stream by stream.
 */
import type { Labels, LogWindow } from '#shared/api/logs'
import { countOf } from '#shared/derive/quantities'
import { type LogBatch, nsTextOf, sliceBatch } from '#shared/logs/batch'
import { mergeBatches } from '#shared/logs/merge'
import type { Order, ReadLines } from '#shared/logs/read-lines'
import { selectorOf, withStream } from '#shared/query/logql/query'
import type { LogPage, PageQuestion } from './log-messages'

/** An answer of the server, and the limit that was kept to. */
export interface LinesAnswer extends ReadLines {
  readonly limit: number
  /** It was ended before all of it came. */
  readonly isCut?: boolean
}

/** How a server is asked. */
export interface LogServer {
  lines(query: string, window: LogWindow, limit: number, order: Order): Promise<LinesAnswer>
  series(selector: string, window: LogWindow): Promise<readonly Labels[]>
}

/** Loki's own limit where nobody has set another; a server with a lower one says so. */
const mostLines = 5_000

/** Reads the first page of a window; what comes after it is its `rest`. */
export async function readPage(question: PageQuestion, server: LogServer): Promise<LogPage> {
  const { query, window, limit, order } = question
  const notes = new Set<string>()
  let searchedBytes = 0
  let isCut = false
  async function ask(one: string, within: LogWindow, most: number): Promise<LinesAnswer> {
    const answer = await server.lines(one, within, most, order)
    searchedBytes += answer.searchedBytes
    isCut ||= answer.isCut === true
    for (const warning of answer.warnings) notes.add(`The server warns: ${warning}`)
    const { batch, strays } = withoutStrays(answer.batch, within)
    if (answer.unread > 0) notes.add(`${countOf(answer.unread, 'entry', 'entries')} had no time or no text.`)
    if (strays > 0) notes.add(`${countOf(strays, 'line')} lay outside the time range and were left out.`)
    return { ...answer, batch }
  }
  const page = (batch: LogBatch, rest: LogWindow | undefined): LogPage => ({
    batch,
    rest,
    searchedBytes,
    notes: [...notes],
    isCut,
  })

  const first = await ask(query, window, limit)
  if (isCut || first.batch.length < first.limit) return page(first.batch, undefined)
  const last = nsTextOf({ batch: first.batch, at: first.batch.length - 1 })
  const whole = lengthBefore(first.batch, last)
  const next = String(BigInt(last) + 1n)
  if (whole > 0) {
    const rest = order === 'newest' ? { ...window, endNs: next } : { ...window, startNs: last }
    return page(sliceBatch(first.batch, 0, whole), rest)
  }
  const moment = { startNs: last, endNs: next }
  const rest = order === 'newest' ? { ...window, endNs: last } : { ...window, startNs: next }
  const batch = await readMoment(moment)
  return page(batch, !isCut && BigInt(rest.startNs) < BigInt(rest.endNs) ? rest : undefined)

  /** All lines of one nanosecond, as far as the server can be made to give them. */
  async function readMoment(moment: LogWindow): Promise<LogBatch> {
    const all = await ask(query, moment, mostLines)
    if (isCut || all.batch.length < all.limit) return all.batch
    const batches: LogBatch[] = []
    for (const labels of await server.series(selectorOf(query), moment)) {
      const { batch, limit: most } = await ask(withStream(query, labels), moment, mostLines)
      if (batch.length >= most)
        notes.add(
          `More than ${most.toLocaleString('en')} lines of one stream share one nanosecond; the server gives no more of them.`,
        )
      batches.push(batch)
      if (isCut) break
    }
    return mergeBatches(batches, order)
  }
}

/** The lines that lie within the window; a server that sends others would be asked for ever. */
function withoutStrays(
  batch: LogBatch,
  { startNs, endNs }: LogWindow,
): { readonly batch: LogBatch; readonly strays: number } {
  const [start, end] = [BigInt(startNs), BigInt(endNs)]
  const isWithin = (at: number): boolean => {
    const ns = BigInt(nsTextOf({ batch, at }))
    return ns >= start && ns < end
  }
  // Sorted by time: strays are at the ends.
  let [from, to] = [0, batch.length]
  while (from < to && !isWithin(from)) from += 1
  while (to > from && !isWithin(to - 1)) to -= 1
  const strays = batch.length - (to - from)
  return { batch: strays === 0 ? batch : sliceBatch(batch, from, to), strays }
}

/** How many lines come before those of the last nanosecond. */
function lengthBefore(batch: LogBatch, last: string): number {
  let at = batch.length
  while (at > 0 && nsTextOf({ batch, at: at - 1 }) === last) at -= 1
  return at
}
