import { countOf, formatBytes } from '#shared/derive/quantities'
import type { InputReport } from '../state/opened-files'
import { Icon } from '../ui/icon'
import { toldProblems } from './told-problems'
import styles from './files-page.module.css'

/** What was found in each file: its format, how much, what is wrong with it. */
export function FileReports({ reports }: { readonly reports: readonly InputReport[] }) {
  return (
    <ul className={styles.reports} aria-label="Files">
      {reports.map((report) => (
        <FileReport key={`${report.name} ${report.bytes} ${report.spans}`} report={report} />
      ))}
    </ul>
  )
}

function FileReport({ report }: { readonly report: InputReport }) {
  const { name, format, bytes, spans, error, problems } = report
  const isWhole = !error && problems.length === 0
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
      <span className="t2 nowrap">{wasRead ? format || 'not recognised' : 'not read'}</span>
      <span className="num t2">{wasRead && formatBytes(bytes)}</span>
      <span className="num t2">{wasRead && format !== '' && countOf(spans, 'span')}</span>
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
        {toldProblems(report).map((problem) => (
          <span key={problem.message} className="wrn">
            {problem.message}{' '}
          </span>
        ))}
      </span>
    </li>
  )
}
