import { countOf, formatBytes } from '#shared/derive/quantities'
import type { FileSaid } from '../state/file-said'
import { Icon } from '../ui/icon'
import styles from './files-page.module.css'

interface Props {
  readonly files: readonly FileSaid[]
  /** Names of those of which something is still being read: what they are is not known yet. */
  readonly coming?: ReadonlySet<string> | undefined
}

/** What was found in each file: its format, how much, what is wrong with it. */
export function FileReports({ files, coming }: Props) {
  return (
    <ul className={styles.reports} aria-label="Files">
      {files.map((file) =>
        coming?.has(file.name) === true ? (
          <li key={file.name} className={styles.report}>
            <Icon name="clock" size="s" className="t3" />
            <span className="m cut" title={file.name}>
              {file.name}
            </span>
            <span className="t2 nowrap">being read</span>
          </li>
        ) : (
          <FileReport key={`${file.name} ${file.bytes} ${file.spans}`} file={file} />
        ),
      )}
    </ul>
  )
}

function FileReport({ file }: { readonly file: FileSaid }) {
  const { name, format, bytes, wasRead, error, warnings } = file
  const isWhole = !error && warnings.length === 0
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
      <span className="num t2 nowrap">
        {wasRead && formatBytes(bytes)}
        {/* What is refused was not always read to its end. */}
        {wasRead && error && ' read'}
      </span>
      <span className="num t2">{wasRead && format !== '' && countsOf(file)}</span>
      <span className={styles.words}>
        {error && (
          <>
            <span className="err">{error.message}</span> {/* Some sentences quote it already. */}
            {error.detail !== '' && !error.message.includes(error.detail) && (
              <q className={styles.quoted}>{error.detail}</q>
            )}{' '}
            {error.advice}{' '}
          </>
        )}
        {warnings.map((sentence) => (
          <span key={sentence} className="wrn">
            {sentence}{' '}
          </span>
        ))}
      </span>
    </li>
  )
}

/** How much of each signal there is, what comes first where there is none of the others. */
function countsOf({ spans, lines, series, error }: FileSaid): string {
  const counts = [
    spans > 0 && countOf(spans, 'span'),
    lines > 0 && countOf(lines, 'line'),
    series > 0 && countOf(series, 'series', 'series'),
  ].filter((count) => count !== false)
  // What is wrong with it says more than that there are none.
  return counts.length === 0 && !error ? countOf(spans, 'span') : counts.join(', ')
}
