import { nsText } from '#shared/derive/clock-times'
import type { LogBatch } from '#shared/logs/batch'
import { kindOfQuery } from '#shared/query/logql/query'
import { readLogPage } from '../client/log-reader'
import type { StepQuestion } from './gather-question'
import { logLocation } from './log-location'

/** The first lines of a step of lines, `most` of them, in its order; undefined where it has none. */
export async function stepLines(
  { path, params, sources, window }: StepQuestion,
  most: number,
  signal: AbortSignal,
): Promise<LogBatch | undefined> {
  if (path !== '/logs') return undefined
  const { query, order } = logLocation.parse(params)
  const source = sources.find(({ capabilities }) => capabilities.logs)
  if (!source || query === '' || kindOfQuery(query) !== 'lines') return undefined
  const asked = { startNs: nsText(window.startMs), endNs: nsText(window.endMs) }
  const page = await readLogPage({ source, query, window: asked, limit: most, order }, signal)
  return page.batch
}
