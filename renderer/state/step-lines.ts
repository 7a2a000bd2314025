import { cutText } from '#shared/base/cut-text'
import { visibleText } from '#shared/base/hidden-characters'
import { formatTime, nsText, type TimeZone } from '#shared/derive/clock-times'
import { type Level, levelOf, type LogLine, msOf, textOf } from '#shared/logs/batch'
import { tellingLines } from '#shared/logs/telling-lines'
import { kindOfQuery } from '#shared/query/logql/query'
import { readLogPage } from '../client/log-reader'
import type { StepQuestion } from './gather-question'
import { logLocation } from './log-location'

/** More of a line than this has no room in a row. */
const mostLetters = 300

/** A line as it is told: when, how grave (where that is known), and what it says, in one row. */
export function wordsOfLine(
  line: LogLine,
  zone: TimeZone,
): { readonly time: string; readonly level: Level | undefined; readonly text: string } {
  const level = levelOf(line)
  return {
    time: formatTime(msOf(line), zone),
    level: level === 'unknown' ? undefined : level,
    text: visibleText(cutText(textOf(line), mostLetters)).replaceAll(/\s+/g, ' '),
  }
}

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
