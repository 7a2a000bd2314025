import { formatBytes } from '#shared/derive/quantities'
import { useAppInfo } from '../state/app-info'
import { useChooseFiles, useOpenGiven } from '../state/use-open-files'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import styles from './start.module.css'

/** A saved trace, from a dialog or dropped; and the files named when Clew was started. */
export function OpenPanel() {
  const chooseFiles = useChooseFiles()
  const openGiven = useOpenGiven()
  const { data: info } = useAppInfo()
  const given = info?.files ?? []
  return (
    <section aria-labelledby="open">
      <h2 id="open">Open a file</h2>
      <p>Read here, sent nowhere.</p>
      <div className={styles.drop}>
        <Icon name="folder" className="t3" />
        <span className="grow t2">Drop what was saved anywhere on this window</span>
        <Button onClick={() => void chooseFiles()}>Choose file</Button>
      </div>
      {given.length > 0 && (
        <>
          <h3 className={styles.sub}>Given at the start</h3>
          <ul>
            {given.map((file) => (
              <li key={file.id} className={styles.server}>
                <Icon name={file.error ? 'error' : 'file'} size="s" className={file.error ? 'err' : 't3'} />
                <span className="m cut">{file.name}</span>
                <span
                  className={`small grow cut ${file.error ? 'err' : 't3'}`}
                  title={file.error && `${file.error.message} ${file.error.advice}`}
                >
                  {file.error ? file.error.message : formatBytes(file.size)}
                </span>
                {!file.error && (
                  <Button aria-label={`Open ${file.name}`} onClick={() => void openGiven([file.id])}>
                    Open
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <dl className={`kv small ${styles.formats}`}>
        <dt>traces</dt>
        <dd>Jaeger, OTLP and Tempo (JSON, protobuf), Zipkin, Chrome, what SDKs print</dd>
        <dt>logs</dt>
        <dd>OTLP, Loki, JSON lines, logfmt</dd>
        <dt>metrics</dt>
        <dd>OTLP, answers of Prometheus</dd>
        <dt>threads</dt>
        <dd>
          <code>.clew</code>, with everything inside
        </dd>
        <dt>also</dt>
        <dd>gzip, zstd, zip, folders, several at once</dd>
      </dl>
    </section>
  )
}
