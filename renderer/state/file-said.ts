/** What is said of each opened file: its form, how much there is of what, and what is wrong with it. */
import type { ApiError, OpenedDocument } from '#shared/api/contract'
import { countOf } from '#shared/derive/quantities'
import type { SavedFile } from '#shared/investigation/manifest'
import type { LinePlaces } from '#shared/logs/file-lines'
import { deepest } from '#shared/logs/otlp-lines'
import type { Problem } from '#shared/trace/table'
import type { FileLogs, InputReport } from '../worker/messages'

/** As it is shown, and kept in a saved investigation. */
export type FileSaid = SavedFile

/** One for each file. `logs`: those that are logs; `documents`: what was found in each by whoever can be asked for them. */
export const filesSaid = (
  reports: readonly InputReport[],
  logs: readonly FileLogs[] = [],
  documents: readonly OpenedDocument[] = [],
): readonly FileSaid[] =>
  reports.map((report) =>
    fileSaid(
      report,
      logs.find(({ name }) => name === report.name),
      documents.find(({ name }) => name === report.name),
    ),
  )

/** What is said of one file. */
export function fileSaid(
  report: InputReport,
  read: FileLogs | undefined,
  document: OpenedDocument | undefined,
): FileSaid {
  const { name, bytes, spans } = report
  const log = read && read.batch.length > 0 ? read : undefined
  const { series = 0, problems: others = [] } = document ?? {}
  // Also descriptions of metrics, which are no series.
  const holdsOthers = log !== undefined || (document?.format ?? '') !== ''
  // A log or metrics are no trace, which is no fault of theirs.
  const isTimeless = report.error !== undefined && read !== undefined && !log
  const fault = isTimeless ? { ...report.error, ...withoutTimes(read) } : report.error
  const error = holdsOthers && spans === 0 ? undefined : fault
  const formats = [isTimeless ? read.format : report.format, log?.format ?? '', document?.format ?? '']
  const format = (holdsOthers && spans === 0 ? formats.slice(1) : formats.slice(0, 1))
    .filter((one) => one !== '')
    .join(', ')
  const problems = toldProblems(report, log?.unread.count ?? 0).filter(
    ({ kind }) =>
      !(holdsOthers && kind === 'other-signal') &&
      // Looked through for lines, it may have been one; where not, that is told of the line.
      !(log !== undefined && kind === 'unknown-object'),
  )
  return {
    name,
    format,
    bytes,
    spans,
    lines: log?.batch.length ?? 0,
    series,
    // A file that could not be opened has no format nor size to speak of.
    wasRead: !error || bytes > 0 || error.kind === 'empty-answer',
    error: error && { message: error.message, detail: error.detail ?? '', advice: error.advice },
    warnings: [...(log ? wordsOf(log) : []), ...others, ...problems.map(({ message }) => message)],
  }
}

/** What is wrong with a log of which nothing has a time. */
function withoutTimes({ name, timeless, unreadEntries }: FileLogs): Pick<ApiError, 'message' | 'advice'> {
  if (timeless.count > 0)
    return {
      message: `${name} holds log records, and none of them has a time.`,
      advice:
        'Lines stand by their times: check what wrote it. A record has “timeUnixNano” or “observedTimeUnixNano”.',
    }
  if (unreadEntries > 0)
    return {
      message: `${name} is an answer of Loki, and none of its entries has a time and a text.`,
      advice:
        'Lines stand by their times: check what wrote it. An entry is a list of nanoseconds and a text, both in quotes.',
    }
  return {
    message: `${name} looks like a log of JSON, and none of its lines has a time.`,
    advice: 'Lines stand by their times: they are read from “time”, “timestamp”, “ts” or “@timestamp”.',
  }
}

/**
 * What is told of a file besides its error, and besides the lines of a log that could not be read: an error that it is cut off says what
 * the problem of that kind would say again, and a line of a log is no span.
 */
function toldProblems(
  { error, problems, spans }: Pick<InputReport, 'error' | 'problems' | 'spans'>,
  unreadLines: number,
): readonly Problem[] {
  const isToldOf = (kind: Problem['kind']): boolean =>
    (kind === 'cut-off' && error?.kind === 'cut-off') ||
    (kind === 'unreadable-span' && spans === 0 && unreadLines > 0)
  return problems.filter(({ kind }) => !isToldOf(kind))
}

/** Where they are: `lines 3, 9 and 2 more`. */
function whereOf({ count, first }: LinePlaces, what = 'line'): string {
  const more = count > first.length ? ` and ${count - first.length} more` : ''
  return `${what}${first.length > 1 ? 's' : ''} ${first.join(', ')}${more}`
}

/** What of a log was not understood, or not kept. */
function wordsOf(log: FileLogs): readonly string[] {
  const { name, unread, garbled, joined, deep, timeless, unreadEntries, isCut } = log
  const sentences = []
  const linesOf = ({ count }: LinePlaces): string => `${countOf(count, 'line')} of ${name}`
  if (unread.count > 0)
    sentences.push(
      `${linesOf(unread)} could not be read and ${unread.count > 1 ? 'were' : 'was'} left out: ${whereOf(unread)}.`,
    )
  if (garbled.count > 0)
    sentences.push(
      `${linesOf(garbled)} ${garbled.count > 1 ? 'have' : 'has'} bytes that are no text in its encoding, shown as �: ${whereOf(garbled)}.`,
    )
  if (joined.count > 0)
    sentences.push(
      `${linesOf(joined)} ${joined.count > 1 ? 'have' : 'has'} no time and ${joined.count > 1 ? 'stand' : 'stands'} with the line before: ${whereOf(joined)}.`,
    )
  if (deep.count > 0)
    sentences.push(
      `${countOf(deep.count, 'record')} of ${name} ${deep.count > 1 ? 'hold' : 'holds'} values nested more than ${deepest} deep, of which the rest was left out: ${whereOf(deep, 'record')}.`,
    )
  if (timeless.count > 0)
    sentences.push(
      `${countOf(timeless.count, 'record')} of ${name} ${timeless.count > 1 ? 'have' : 'has'} no time and ${timeless.count > 1 ? 'were' : 'was'} left out: ${whereOf(timeless, 'record')}.`,
    )
  if (unreadEntries > 0)
    sentences.push(
      `${countOf(unreadEntries, 'entry', 'entries')} of ${name} ${unreadEntries > 1 ? 'have' : 'has'} no time or no text and ${unreadEntries > 1 ? 'were' : 'was'} left out.`,
    )
  if (isCut) sentences.push(`${name} has more lines than are kept.`)
  return sentences
}
