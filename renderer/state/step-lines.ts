import { nsText } from '#shared/derive/clock-times'
import type { LogLine } from '#shared/logs/batch'
import { tellingLines } from '#shared/logs/telling-lines'
import { kindOfQuery } from '#shared/query/logql/query'
import { readLogPage } from '../client/log-reader'
import type { StepQuestion } from './gather-question'
import { logLocation } from './log-location'

/** Of so many lines those are taken that tell most. */
const linesRead = 500

/** The most telling lines of a step of lines, at most `most`, in its order; undefined where it has none. */
export async function stepLines(
  { path, params, sources, window }: StepQuestion,
  most: number,
  signal: AbortSignal,
): Promise<readonly LogLine[] | undefined> {
  if (path !== '/logs') return undefined
  const { query, order } = logLocation.parse(params)
  const source = sources.find(({ capabilities }) => capabilities.logs)
  if (!source || query === '' || kindOfQuery(query) !== 'lines') return undefined
  const asked = { startNs: nsText(window.startMs), endNs: nsText(window.endMs) }
  const { batch } = await readLogPage({ source, query, window: asked, limit: linesRead, order }, signal)
  return tellingLines(batch, most).map((at) => ({ batch, at }))
}
