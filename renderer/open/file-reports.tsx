import type { OpenedDocument } from '#shared/api/contract'
import { countOf, formatBytes } from '#shared/derive/quantities'
import type { FileLogs } from '../state/file-logs'
import type { InputReport } from '../state/opened-files'
import { Icon } from '../ui/icon'
import { toldProblems } from './told-problems'
import styles from './files-page.module.css'

interface Props {
  readonly reports: readonly InputReport[]
  /** Of the files that are logs. */
  readonly logs?: readonly FileLogs[]
  /** What was found in each by whoever can be asked for them. */
  readonly documents?: readonly OpenedDocument[] | undefined
}

/** What was found in each file: its format, how much, what is wrong with it. */
export function FileReports({ reports, logs, documents }: Props) {
  return (
    <ul className={styles.reports} aria-label="Files">
      {reports.map((report) => (
        <FileReport
          key={`${report.name} ${report.bytes} ${report.spans}`}
          report={report}
          log={logs?.find(({ name }) => name === report.name)}
          document={documents?.find(({ name }) => name === report.name)}
        />
      ))}
    </ul>
  )
}

interface ReportProps {
  readonly report: InputReport
  readonly log: FileLogs | undefined
  readonly document: OpenedDocument | undefined
}

function FileReport({ report, log, document }: ReportProps) {
  const { name, bytes, spans } = report
  const { series = 0, problems: others = [] } = document ?? {}
  // Also descriptions of metrics, which are no series.
  const holdsOthers = log !== undefined || (document?.format ?? '') !== ''
  // A log or metrics are no trace, which is no fault of theirs.
  const error = holdsOthers && spans === 0 ? undefined : report.error
  const formats = [report.format, log?.format ?? '', document?.format ?? '']
  const format = (holdsOthers && spans === 0 ? formats.slice(1) : formats.slice(0, 1))
    .filter((one) => one !== '')
    .join(', ')
  const problems = toldProblems(report, log?.unread ?? 0).filter(
    ({ kind }) => !(holdsOthers && kind === 'other-signal'),
  )
  const sentences = [log && wordsOf(log), ...others].filter((sentence) => sentence !== undefined)
  const logWords = sentences.length === 0 ? undefined : sentences.join(' ')
  const isWhole = !error && problems.length === 0 && logWords === undefined
  // A file that could not be opened has no format nor size to speak of.
  const wasRead = !error || bytes > 0 || error.kind === 'empty-answer'
  return (
    <li className={styles.report}>
      <Icon
        name={error ? 'error' : isWhole ? 'check' : 'warn'}
        size="s"
        className={error ? 'err' : isWhole ? 'okc' : 'wrn'}
      />
      <span className="m cut" title={name}>
        {name}
      </span>
      <span className="t2 nowrap">
        {wasRead ? format || (error ? 'not recognised' : 'read already') : 'not read'}
      </span>
      <span className="num t2">{wasRead && formatBytes(bytes)}</span>
      <span className="num t2">
        {wasRead && format !== '' && countsOf(spans, log?.batch.length ?? 0, series)}
      </span>
      <span className={styles.words}>
        {error && (
          <>
            <span className="err">{error.message}</span> {/* Some sentences quote it already. */}
            {error.detail && !error.message.includes(error.detail) && (
              <q className={styles.quoted}>{error.detail}</q>
            )}{' '}
            {error.advice}{' '}
          </>
        )}
        {logWords !== undefined && <span className="wrn">{logWords} </span>}
        {problems.map((problem) => (
          <span key={problem.message} className="wrn">
            {problem.message}{' '}
          </span>
        ))}
      </span>
    </li>
  )
}

/** How much of each signal there is, what comes first where there is none of the others. */
function countsOf(spans: number, lines: number, series: number): string {
  const counts = [
    spans > 0 && countOf(spans, 'span'),
    lines > 0 && countOf(lines, 'line'),
    series > 0 && countOf(series, 'series', 'series'),
  ].filter((count) => count !== false)
  return counts.length === 0 ? countOf(spans, 'span') : counts.join(', ')
}

/** What of a log was not understood, or not kept; undefined where nothing was. */
function wordsOf({ name, unread, unreadAt, garbled, isCut }: FileLogs): string | undefined {
  const sentences = []
  if (unread > 0) {
    const more = unread > unreadAt.length ? ` and ${unread - unreadAt.length} more` : ''
    const where = `${unreadAt.length > 1 ? 'lines' : 'line'} ${unreadAt.join(', ')}${more}`
    sentences.push(
      `${countOf(unread, 'line')} of ${name} could not be read and ${unread > 1 ? 'were' : 'was'} left out: ${where}.`,
    )
  }
  if (garbled > 0)
    sentences.push(
      `${countOf(garbled, 'line')} of ${name} ${garbled > 1 ? 'have' : 'has'} bytes that are no text in its encoding, shown as �.`,
    )
  if (isCut) sentences.push(`${name} has more lines than are kept.`)
  return sentences.length === 0 ? undefined : sentences.join(' ')
}
