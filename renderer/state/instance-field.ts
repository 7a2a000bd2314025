/** By which field the lines of a source name an instance: one question, of at most two lines. */
import { namingField, namingQuery } from '#shared/correlate/instance-lines'
import type { LogQuestion } from '#shared/correlate/log-queries'
import type { FieldValue } from '#shared/query/logql/query'
import { nsText } from '#shared/derive/clock-times'
import { readLogPage } from '../client/log-reader'

/** Somebody waits for the page to change. */
const mostMs = 10_000

/** The field that names it in one of the lines that `question` is about; undefined where none does. Rejects with a ClewError. */
export async function askInstanceField(
  source: { readonly id: string; readonly name: string },
  { query, startMs, endMs }: LogQuestion,
  instance: string,
): Promise<FieldValue | undefined> {
  const window = { startNs: nsText(startMs), endNs: nsText(endMs) }
  const question = { source, query: namingQuery(query, instance), window, limit: 2, order: 'newest' } as const
  const { batch } = await readLogPage(question, AbortSignal.timeout(mostMs))
  return batch.length === 0 ? undefined : namingField({ batch, at: 0 }, instance)
}
